// A Shutdown takes effect after the data that came before it, and no later.
#include <gtest/gtest.h>

#include "axon/bytes.hpp"
#include "axon/combine.hpp"
#include "tests/axon/parts.hpp"

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

TEST(Shutdown, AShutdownComesAfterAllTheDataOfItsSender) {
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

TEST(Shutdown, DataThatComesAfterAShutdownIsNotWaitedFor) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& collect = rig.add<Collect>();
        for (int i = 0; i < 3; ++i) rig.feed(collect.inbox, i);
        rig.shut_down(collect);
        for (int i = 3; i < 6; ++i) rig.feed(collect.inbox, i);
        rig.run();
        EXPECT_EQ(collect.heard, counting(0, 3));
        EXPECT_TRUE(rig.ended(collect));
    });
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

TEST(Shutdown, AShutdownDoesNotWaitForWhatWasDisplaced) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
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
    });
}

TEST(Shutdown, AShutdownEndsWhoWaitsForInputAndASourceAtOnce) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
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
    });
}

TEST(Shutdown, WhatAComponentMadeOfTheLastMessageIsSentOnBeforeItsShutdown) {
    in_every_order([](const RigOptions& options) {
        struct Late final : axon::Filter<int, int> {
            Task<> main() override {
                while (auto number = co_await inbox.receive()) {
                    co_await sleep_for(1s);
                    co_await outbox.send(*number);
                }
            }
        };
        Rig rig{options};
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
    });
}

TEST(Shutdown, AShutdownReachesOneThatLooksIntoItsInboxBetweenSleeps) {
    in_every_order([](const RigOptions& options) {
        struct Tick final : axon::Filter<int, int> {
            Task<> main() override {
                while (true) {
                    while (auto number = inbox.try_receive()) sum += *number;
                    co_await sleep_for(1s);
                }
            }
            int sum = 0;
        };
        Rig rig{options};
        auto& tick = rig.add<Tick>();
        rig.feed(tick.inbox, 1);
        rig.run();
        rig.feed(tick.inbox, 2);
        rig.shut_down(tick);
        rig.advance(10s);
        EXPECT_EQ(tick.sum, 3);
        EXPECT_TRUE(rig.ended(tick));
    });
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

TEST(Shutdown, WhatAComponentHasInHandWhenItGivesWayIsSentOnBeforeItsShutdown) {
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

TEST(Shutdown, WhatAComponentHasAskedForIsSentOnBeforeItsShutdown) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
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
    });
}

TEST(Shutdown, AShutdownReachesOneThatReadsItsInboxesInTurn) {
    in_every_order([](const RigOptions& options) {
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
        Rig rig{options};
        auto& adds = rig.add<Adds>();
        for (int i = 0; i < 3; ++i) {
            rig.feed(adds.a, i);
            rig.feed(adds.b, 10);
        }
        rig.shut_down(adds);
        rig.run();
        EXPECT_EQ(adds.sums, counting(10, 3));
        EXPECT_TRUE(rig.ended(adds));
    });
}

TEST(Shutdown, AnInboxThatIsNeverReadHoldsUpNoShutdown) {
    struct ReadsOne final : axon::Sink<int> {
        axon::Inbox<int> never{*this, "never"};
        Task<> main() override {
            while (co_await inbox.receive()) {
            }
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& reads = rig.add<ReadsOne>();
        auto& idle = rig.add<Idle<int>>();
        auto& from = rig.add<Idle<int>>();
        link(from.outbox, idle.inbox);
        for (int i = 0; i < 3; ++i) rig.feed(reads.never, i);
        rig.run();
        rig.shut_down(reads);
        rig.shut_down(idle);
        rig.run();
        EXPECT_TRUE(rig.ended(reads));
        EXPECT_TRUE(rig.ended(idle)) << "nothing had come there";
    });
}

TEST(Shutdown, WhatCameBeforeAComponentFirstLooksIsNotLost) {
    struct PreparesFirst final : axon::Filter<int, int> {
        Task<> main() override {
            co_await sleep_for(1s);
            while (auto number = co_await inbox.receive()) co_await outbox.send(*number);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& prepares = rig.add<PreparesFirst>();
        for (int i = 0; i < 5; ++i) rig.feed(prepares.inbox, i);
        rig.run();
        rig.shut_down(prepares);
        rig.advance(1s);
        EXPECT_EQ(rig.sent(prepares.outbox), counting(0, 5));
        EXPECT_TRUE(rig.ended(prepares));
    });
}

TEST(Shutdown, OneThatWaitsElsewhereIsToldThatWhatHeldItUpHasGone) {
    struct Alternates final : axon::Filter<int, int> {
        axon::Inbox<int> other{*this, "other"};
        Task<> main() override {
            while (co_await inbox.receive() && co_await other.receive()) {
            }
        }
    };
    for (const bool displaced : {true, false}) {
        in_every_order([=](const RigOptions& options) {
            Rig rig{options};
            auto& alternates = rig.add<Alternates>();
            auto& collect = rig.add<Collect>();
            alternates.inbox.set_options({.capacity = 2, .overflow = axon::Overflow::drop_oldest});
            rig.feed(alternates.inbox, 0);
            rig.run();
            for (int i = 1; i < 3; ++i) rig.feed(alternates.inbox, i);
            rig.shut_down(alternates);
            rig.run();
            EXPECT_FALSE(rig.ended(alternates)) << "two that came before wait";
            if (displaced) {
                for (int i = 3; i < 5; ++i) rig.feed(alternates.inbox, i);
            } else {
                link(alternates.inbox, collect.inbox);
            }
            rig.run();
            EXPECT_TRUE(rig.ended(alternates));
        });
    }
}

TEST(Shutdown, AShutdownOutlivesUnreadNewsOfEndedChildren) {
    in_every_order([](const RigOptions& options) {
        struct Parent final : axon::Sink<int> {
            axon::EndedBox ended{*this};
            Task<> main() override {
                while (auto count = co_await inbox.receive()) {
                    for (int i = 0; i < *count; ++i) spawn<Take>(0);
                    (void)ended.try_receive();
                }
            }
        };
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.feed(parent.inbox, 3);
        rig.run();
        rig.feed(parent.inbox, 0);
        rig.run();
        EXPECT_GT(parent.ended.box.size(), 0U);
        rig.shut_down(parent);
        rig.run();
        EXPECT_TRUE(rig.ended(parent));
    });
}

} // namespace
