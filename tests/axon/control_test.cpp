// control and signal: ends, errors, and how a component takes them.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(Control, ProducerFinishedEndsOnlyInboxesWithoutAnOpenLinkageAfterDraining) {
    in_every_order([](const RigOptions& options) {
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
        Rig rig{options};
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
    });
}

TEST(Control, WhoIsUnlinkedAfterItsProducersHaveFinishedHasItsEnd) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Echo>();
        auto& unlinked = rig.add<Collect>();
        auto& lent = rig.add<Collect>();
        link(from.outbox, unlinked.inbox);
        {
            const axon::Sender<int> sender{lent.inbox};
            rig.finish(unlinked);
            rig.finish(lent);
            rig.run();
            EXPECT_FALSE(rig.ended(unlinked)) << "more may come";
            EXPECT_FALSE(rig.ended(lent));
            axon::unlink(from.outbox);
        }
        rig.run();
        EXPECT_TRUE(unlinked.saw_the_end);
        EXPECT_TRUE(lent.saw_the_end);
    });
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
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
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
    });
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
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
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
    });
}

TEST(Control, AtItsEndAComponentSaysHowItEnded) {
    in_every_order([](const RigOptions& options) {
        const auto heard_after = [&](auto end) {
            Rig rig{options};
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
    });
}

TEST(Control, WhoHandlesControlGetsItAsMessagesAndIsNotEndedByIt) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& log = rig.add<ControlLog>();
        rig.run();
        rig.shut_down(log);
        rig.finish(log);
        log.control.deliver(axon::Failure{"/x", "broken", nullptr});
        rig.run();
        EXPECT_EQ(log.heard, (Strings{"shutdown", "finished", "failure: broken"}));
        EXPECT_FALSE(rig.ended(log));
    });
}

TEST(Control, WhoHandledAShutdownPassesItOn) {
    in_every_order([](const RigOptions& options) {
        struct Handles final : axon::Component {
            Handles() : Component{axon::handles_control} {}
            Task<> main() override { (void)co_await control.receive(); }
        };
        Rig rig{options};
        auto& handles = rig.add<Handles>();
        auto& log = rig.add<ControlLog>();
        link(handles.signal, log.control);
        rig.shut_down(handles);
        rig.run();
        ASSERT_FALSE(log.heard.empty());
        EXPECT_EQ(log.heard.front(), "shutdown");
    });
}

// Each is taken in the time of one: if all that wait were moved up for it, this would last for minutes.
TEST(Control, NothingThatComesByControlIsLostHoweverMuchItIs) {
    in_every_order(2, [](const RigOptions& options) {
        constexpr std::size_t many = 100'000;
        Rig rig{options};
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
    });
}

TEST(Control, WhoIsLinkedToOneThatHasEndedIsToldHowItEnded) {
    in_every_order([](const RigOptions& options) {
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
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.advance(3s);
        EXPECT_TRUE(rig.ended(parent));
        ASSERT_FALSE(parent.late.heard.empty());
        EXPECT_EQ(parent.late.heard[0], "finished");
    });
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

} // namespace
