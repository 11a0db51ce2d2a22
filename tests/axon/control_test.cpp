// control and signal: ends, shutdowns, errors, and their order after the data.
#include <gtest/gtest.h>

#include "axon/bytes.hpp"
#include "axon/combine.hpp"
#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Sends so many numbers, then a Shutdown by its signal as it is shut down itself.
struct CountThenWait final : axon::Source<int> {
    explicit CountThenWait(int n) : count{n} {}
    Task<> main() override {
        for (int i = 0; i < count; ++i) co_await outbox.send(i);
        co_await sleep_for(1000h);
    }
    int count;
};

TEST(Control, AShutdownComesAfterAllTheDataOfItsSender) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<CountThenWait>(50);
        auto& a = rig.add<Echo>();
        auto& b = rig.add<Echo>();
        auto& to = rig.add<Collect>();
        to.inbox.set_options({.capacity = 3});
        b.inbox.set_options({.capacity = 0});
        from | a;
        a | b;
        b | to;
        while (from.outbox.sent() < 50) rig.step();
        rig.shut_down(from);
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 50));
        EXPECT_FALSE(to.saw_the_end) << "it was shut down, it did not come to its end";
        EXPECT_TRUE(rig.ended(to));
    });
}

TEST(Control, DataThatComesAfterAShutdownIsNotWaitedFor) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    for (int i = 0; i < 3; ++i) rig.feed(collect.inbox, i);
    rig.shut_down(collect);
    for (int i = 3; i < 6; ++i) rig.feed(collect.inbox, i);
    rig.run();
    EXPECT_EQ(collect.heard, counting(0, 3));
    EXPECT_TRUE(rig.ended(collect));
}

// Takes what is there each second.
class TakesASecond final : public axon::Sink<axon::Bytes> {
public:
    TakesASecond() { inbox.set_options({.bytes = 10, .overflow = axon::Overflow::drop_oldest}); }
    Strings heard;

private:
    Task<> main() override {
        do {
            co_await sleep_for(1s);
            while (auto message = inbox.try_receive()) heard.emplace_back(message->view());
        } while (co_await axon::first_of(inbox.receive(), sleep_for(1h)) == 0);
    }
};

TEST(Control, AShutdownDoesNotWaitForWhatWasDisplaced) {
    Rig rig;
    auto& slow = rig.add<TakesASecond>();
    rig.run();
    for (const auto* text : {"1", "2", "3"}) rig.feed(slow.inbox, axon::Bytes{text});
    rig.shut_down(slow);
    rig.feed(slow.inbox, axon::Bytes{"ten bytes!"});
    rig.advance(2s);
    EXPECT_EQ(slow.heard, Strings{"ten bytes!"});
    EXPECT_TRUE(rig.ended(slow));
    EXPECT_EQ(slow.inbox.received(), 4U);
    EXPECT_EQ(slow.inbox.dropped(), 3U);
}

TEST(Control, AShutdownEndsWhoWaitsForInputAndASourceAtOnce) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& for_ever = rig.add<CountForEver>();
    auto& full = rig.add<Idle<int>>();
    link(for_ever.outbox, full.inbox);
    rig.run();
    rig.shut_down(collect);
    rig.shut_down(for_ever);
    rig.run();
    EXPECT_TRUE(rig.ended(collect));
    EXPECT_TRUE(rig.ended(for_ever));
}

TEST(Control, WhatAComponentMadeOfTheLastMessageIsSentOnBeforeItsShutdown) {
    struct Late final : axon::Filter<int, int> {
        Task<> main() override {
            while (auto number = co_await inbox.receive()) {
                co_await sleep_for(1s);
                co_await outbox.send(*number);
            }
        }
    };
    Rig rig;
    auto& late = rig.add<Late>();
    auto& to = rig.add<Collect>();
    late | to;
    rig.feed(late.inbox, 1);
    rig.feed(late.inbox, 2);
    rig.run();
    rig.shut_down(late);
    rig.run();
    EXPECT_FALSE(rig.ended(late));
    rig.advance(3s);
    EXPECT_EQ(to.heard, (Ints{1, 2}));
    EXPECT_TRUE(rig.ended(late));
}

TEST(Control, AShutdownReachesOneThatLooksIntoItsInboxBetweenSleeps) {
    struct Tick final : axon::Filter<int, int> {
        Task<> main() override {
            while (true) {
                while (auto number = inbox.try_receive()) sum += *number;
                co_await sleep_for(1s);
            }
        }
        int sum = 0;
    };
    Rig rig;
    auto& tick = rig.add<Tick>();
    rig.feed(tick.inbox, 1);
    rig.run();
    rig.feed(tick.inbox, 2);
    rig.shut_down(tick);
    rig.advance(10s);
    EXPECT_EQ(tick.sum, 3);
    EXPECT_TRUE(rig.ended(tick));
}

// Gives way between taking a message and sending it on.
struct Yields final : axon::Filter<int, int> {
    Task<> main() override {
        while (auto number = co_await inbox.receive()) {
            co_await yield();
            co_await outbox.send(*number);
        }
    }
};

struct Question {
    int number;
    axon::Sender<int> answer;
};

// Answers after a second.
struct Doubles final : axon::Sink<Question> {
    Task<> main() override {
        while (auto question = co_await inbox.receive()) {
            co_await sleep_for(1s);
            (void)question->answer.try_send(question->number * 2);
        }
    }
};

// Has a service work on each message.
struct Asks final : axon::Filter<int, int> {
    axon::Outbox<Question> questions{*this, "questions"};
    axon::Inbox<int> answers{*this, "answers"};
    Task<> main() override {
        while (auto number = co_await inbox.receive()) {
            co_await questions.send({*number, axon::Sender<int>{answers}});
            co_await outbox.send(*co_await answers.receive());
        }
    }
};

TEST(Control, WhatAComponentHasInHandWhenItGivesWayIsSentOnBeforeItsShutdown) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<CountThenWait>(20);
        auto& yields = rig.add<Yields>();
        auto& to = rig.add<Collect>();
        to.inbox.set_options({.capacity = 2});
        from | yields;
        yields | to;
        while (from.outbox.sent() < 20) rig.step();
        rig.shut_down(from);
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 20));
        EXPECT_TRUE(rig.ended(to));
    });
}

TEST(Control, WhatAComponentHasAskedForIsSentOnBeforeItsShutdown) {
    Rig rig;
    auto& asks = rig.add<Asks>();
    auto& doubles = rig.add<Doubles>();
    auto& to = rig.add<Collect>();
    link(asks.questions, doubles.inbox);
    asks | to;
    for (int i = 1; i <= 3; ++i) rig.feed(asks.inbox, i);
    rig.run();
    rig.shut_down(asks);
    rig.advance(10s);
    EXPECT_EQ(to.heard, (Ints{2, 4, 6}));
    EXPECT_TRUE(rig.ended(asks));
}

TEST(Control, AShutdownReachesOneThatReadsItsInboxesInTurn) {
    struct Adds final : axon::Component {
        axon::Inbox<int> a{*this, "a"};
        axon::Inbox<int> b{*this, "b"};
        Task<> main() override {
            while (auto left = co_await a.receive()) {
                const auto right = co_await b.receive();
                sums.push_back(*left + right.value_or(0));
            }
        }
        Ints sums;
    };
    Rig rig;
    auto& adds = rig.add<Adds>();
    for (int i = 0; i < 3; ++i) {
        rig.feed(adds.a, i);
        rig.feed(adds.b, 10);
    }
    rig.shut_down(adds);
    rig.run();
    EXPECT_EQ(adds.sums, counting(10, 3));
    EXPECT_TRUE(rig.ended(adds));
}

TEST(Control, AnInboxThatIsNeverReadHoldsUpNoShutdown) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>();
    for (int i = 0; i < 3; ++i) rig.feed(idle.inbox, i);
    rig.run();
    rig.shut_down(idle);
    rig.run();
    EXPECT_TRUE(rig.ended(idle));
}

TEST(Control, ProducerFinishedEndsOnlyInboxesWithoutAnOpenLinkageAfterDraining) {
    struct Two final : axon::Component {
        axon::Inbox<int> open{*this, "open"};
        axon::Inbox<int> loose{*this, "loose"};
        Task<> main() override {
            while (auto number = co_await loose.receive()) heard.push_back(*number);
            heard.push_back(-1);
            while (auto number = co_await open.receive()) heard.push_back(*number);
            heard.push_back(-2);
        }
        Ints heard;
    };
    Rig rig;
    auto& two = rig.add<Two>();
    auto& from = rig.add<Echo>();
    link(from.outbox, two.loose);
    rig.feed(from.inbox, 1);
    rig.feed(from.inbox, 2);
    rig.feed(two.open, 10);
    rig.run();
    axon::unlink(from.outbox);
    rig.finish(two);
    rig.run();
    EXPECT_EQ(two.heard.front(), 1);
    EXPECT_EQ(two.heard.back(), 10) << "one inbox has ended, the other is linked";
    rig.end(two.open);
    rig.run();
    EXPECT_EQ(two.heard.back(), -2);
}

TEST(Control, FinishesCountPerLinkage) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        Collect* producers[3];
        auto& log = rig.add<ControlLog>();
        for (auto*& producer : producers) {
            producer = &rig.add<Collect>();
            link(producer->signal, log.control);
        }
        for (auto* producer : producers) {
            rig.run();
            EXPECT_TRUE(log.heard.empty());
            rig.end(producer->inbox);
        }
        rig.run();
        EXPECT_EQ(log.heard, (Strings{"finished"}));
    });
}

TEST(Control, OneFinishTwiceIsNotTwoProducersFinished) {
    Rig rig;
    auto& first = rig.add<ControlLog>();
    auto& second = rig.add<Collect>();
    auto& log = rig.add<ControlLog>();
    link(first.signal, log.control);
    link(second.signal, log.control);
    rig.run();
    first.signal.send(axon::ProducerFinished{});
    first.signal.send(axon::ProducerFinished{});
    rig.run();
    EXPECT_TRUE(log.heard.empty());
}

struct Fail final : axon::Component {
    explicit Fail(std::string text) : what{std::move(text)} {}
    Task<> main() override {
        co_await yield();
        throw std::runtime_error{what};
    }
    std::string what;
};

TEST(Control, TheFirstErrorIsKeptAndPassedOnAtTheEnd) {
    Rig rig;
    auto& one = rig.add<Fail>("one");
    auto& middle = rig.add<Collect>();
    auto& log = rig.add<ControlLog>();
    link(one.signal, middle.control);
    link(middle.signal, log.control);
    rig.feed(middle.inbox, 1);
    rig.run();
    auto& two = rig.add<Fail>("two");
    link(two.signal, middle.control);
    rig.run();
    EXPECT_TRUE(log.heard.empty()) << "an error ends nobody else";
    rig.end(middle.inbox);
    rig.run();
    EXPECT_EQ(middle.heard, (Ints{1}));
    ASSERT_FALSE(log.heard.empty());
    EXPECT_EQ(log.heard.front(), "failure: one");
}

TEST(Control, AtItsEndAComponentSaysHowItEnded) {
    const auto heard_after = [](auto end) {
        Rig rig;
        auto& echo = rig.add<Collect>();
        auto& log = rig.add<ControlLog>();
        link(echo.signal, log.control);
        rig.run();
        end(rig, echo);
        rig.run();
        return log.heard.empty() ? "" : log.heard.front();
    };
    EXPECT_EQ(heard_after([](Rig& rig, Collect& c) { rig.end(c.inbox); }), "finished");
    EXPECT_EQ(heard_after([](Rig& rig, Collect& c) { rig.shut_down(c); }), "shutdown");
    EXPECT_EQ(heard_after([](Rig& rig, Collect& c) { rig.stop(c); }), "shutdown");
}

TEST(Control, WhoHandlesControlGetsItAsMessagesAndIsNotEndedByIt) {
    Rig rig;
    auto& log = rig.add<ControlLog>();
    rig.run();
    rig.shut_down(log);
    rig.finish(log);
    log.control.deliver(axon::Failure{"/x", "broken", nullptr});
    rig.run();
    EXPECT_EQ(log.heard, (Strings{"shutdown", "finished", "failure: broken"}));
    EXPECT_FALSE(rig.ended(log));
}

TEST(Control, WhoHandledAShutdownPassesItOn) {
    struct Handles final : axon::Component {
        Handles() : Component{axon::handles_control} {}
        Task<> main() override { (void)co_await control.receive(); }
    };
    Rig rig;
    auto& handles = rig.add<Handles>();
    auto& log = rig.add<ControlLog>();
    link(handles.signal, log.control);
    rig.shut_down(handles);
    rig.run();
    ASSERT_FALSE(log.heard.empty());
    EXPECT_EQ(log.heard.front(), "shutdown");
}

// Each is taken in the time of one: if all that wait were moved up for it, this would last for minutes.
TEST(Control, NothingThatComesByControlIsLostHoweverMuchItIs) {
    constexpr std::size_t many = 100'000;
    Rig rig;
    auto& log = rig.add<ControlLog>();
    rig.run();
    for (std::size_t i = 0; i < many; ++i) {
        if (i % 2 == 0) {
            rig.shut_down(log);
        } else {
            rig.finish(log);
        }
    }
    rig.run();
    ASSERT_EQ(log.heard.size(), many);
    for (std::size_t i = 0; i < many; ++i) {
        ASSERT_EQ(log.heard[i], i % 2 == 0 ? "shutdown" : "finished") << "in their order";
    }
}

TEST(Control, WhoIsLinkedToOneThatHasEndedIsToldHowItEnded) {
    struct Parent final : axon::Composite {
        Count& count = child<Count>(0, 1);
        ControlLog& late = child<ControlLog>();
        Task<> main() override {
            co_await sleep_for(1s);
            link(count.signal, late.control);
            co_await sleep_for(1s);
            EXPECT_FALSE(count.signal.linked());
            EXPECT_TRUE(late.control.finished());
            stop(late);
        }
    };
    Rig rig;
    auto& parent = rig.add<Parent>();
    rig.advance(3s);
    EXPECT_TRUE(rig.ended(parent));
    ASSERT_FALSE(parent.late.heard.empty());
    EXPECT_EQ(parent.late.heard[0], "finished");
}

TEST(Control, ASecondDestinationOfASignalIsRefused) {
    Rig rig;
    auto& a = rig.add<Echo>();
    auto& b = rig.add<Echo>();
    link(a.signal, b.control);
    EXPECT_THROW(link(a.signal, b.control), axon::LinkError);
}

TEST(Control, ASignalLeavesByItsParentsOnlySoThatNoneCanGoRoundInALoop) {
    struct Parent final : axon::Composite {
        Echo& inner = child<Echo>();
        Parent() { link(inner.signal, signal); }
    };
    Rig rig;
    auto& parent = rig.add<Parent>();
    auto& other = rig.add<Echo>();
    EXPECT_THROW(link(other.signal, other.signal), axon::LinkError);
    EXPECT_THROW(link(other.signal, parent.signal), axon::LinkError);
    EXPECT_THROW(link(parent.signal, parent.inner.signal), axon::LinkError);
}

TEST(Control, AShutdownOutlivesUnreadNewsOfEndedChildren) {
    struct Parent final : axon::Sink<int> {
        axon::EndedBox ended{*this};
        Task<> main() override {
            while (auto count = co_await inbox.receive()) {
                for (int i = 0; i < *count; ++i) spawn<Take>(0);
                (void)ended.try_receive();
            }
        }
    };
    Rig rig;
    auto& parent = rig.add<Parent>();
    rig.feed(parent.inbox, 3);
    rig.run();
    rig.feed(parent.inbox, 0);
    rig.run();
    EXPECT_GT(parent.ended.box.size(), 0U);
    rig.shut_down(parent);
    rig.run();
    EXPECT_TRUE(rig.ended(parent));
}

} // namespace
