// Sender: an answer's way back, in the request.
#include "axon/outbox.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <optional>

namespace {

using namespace parts;
using axon::Sender;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

struct Request {
    int number = 0;
    Sender<int> answer;
};

struct Doubles final : axon::Sink<Request> {
    Task<> main() override {
        while (auto request = co_await inbox.receive()) {
            answered += request->answer.try_send(request->number * 2) ? 1 : 0;
        }
    }
    int answered = 0;
};

struct Asks final : axon::Component {
    axon::Inbox<int> answers{*this, "answers"};
    axon::Outbox<Request> requests{*this, "requests"};
    Task<> main() override {
        co_await requests.send(Request{21, Sender<int>{answers}});
        heard = co_await answers.receive();
        waits_again = true;
        (void)co_await answers.receive();
        came_back = true;
    }
    std::optional<int> heard;
    bool waits_again = false, came_back = false;
};

TEST(Sender, CarriesTheAnswerBackToWhoAsked) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& asks = rig.add<Asks>();
        auto& doubles = rig.add<Doubles>();
        link(asks.requests, doubles.inbox);
        rig.run();
        EXPECT_EQ(asks.heard, 42);
        EXPECT_TRUE(asks.waits_again);
        EXPECT_FALSE(asks.came_back) << "its going away ends nothing";
    });
}

TEST(Sender, IsCutWhenTheOwnerOfTheInboxEnds) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& asks = rig.add<Asks>();
        auto& idle = rig.add<Idle<Request>>();
        link(asks.requests, idle.inbox);
        rig.run();
        auto request = idle.inbox.try_receive();
        ASSERT_TRUE(request.has_value());
        EXPECT_TRUE(request->answer.linked());
        rig.stop(asks);
        EXPECT_FALSE(request->answer.linked());
        EXPECT_TRUE(request->answer.try_send(1)) << "to nobody";
    });
}

TEST(Sender, MayOutliveItsSystem) {
    std::optional<Request> request;
    {
        Rig rig;
        auto& asks = rig.add<Asks>();
        auto& idle = rig.add<Idle<Request>>();
        link(asks.requests, idle.inbox);
        rig.run();
        request = idle.inbox.try_receive();
        EXPECT_TRUE(request->answer.linked());
    }
    EXPECT_FALSE(request->answer.linked());
}

TEST(Sender, NeverWaitsAndSaysSoWhenTheBoxIsFull) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& idle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
        Sender<int> sender{idle.inbox};
        EXPECT_TRUE(sender.try_send(1));
        EXPECT_FALSE(sender.try_send(2));
        auto moved = std::move(sender);
        EXPECT_FALSE(sender.linked()); // NOLINT: that is what is tested
        EXPECT_EQ(idle.inbox.try_receive(), 1);
        EXPECT_TRUE(moved.try_send(3));
        EXPECT_FALSE(Sender<int>{}.try_send(4));
    });
}

// Hears numbers by a linkage and by a Sender that it has given away.
struct Lent {
    Rig& rig;
    Collect& collect = rig.add<Collect>();
    Echo& producer = rig.add<Echo>();
    Sender<int> sender{collect.inbox};
    explicit Lent(Rig& on) : rig{on} {
        link(producer.outbox, collect.inbox);
        rig.feed(producer.inbox, 1);
        rig.run();
    }
};

TEST(Sender, AnInboxEndsWhenItsProducersHaveAndItsSendersAreGoneInWhicheverOrder) {
    in_every_order([](const RigOptions& options) {
        for (const bool producer_first : {true, false}) {
            Rig rig{options};
            Lent lent{rig};
            if (!producer_first) lent.sender = {};
            rig.end(lent.producer.inbox);
            rig.run();
            EXPECT_TRUE(rig.ended(lent.producer));
            EXPECT_EQ(lent.collect.saw_the_end, !producer_first) << "who has a Sender may send yet";
            if (producer_first) {
                EXPECT_TRUE(lent.sender.try_send(2));
                rig.run();
                EXPECT_FALSE(lent.collect.saw_the_end);
                lent.sender = {};
                rig.run();
            }
            EXPECT_TRUE(lent.collect.saw_the_end);
            EXPECT_EQ(lent.collect.heard.size(), producer_first ? 2U : 1U);
        }
    });
}

TEST(Sender, ItsGoingDoesNotEndAnInboxWhoseProducerWasUnlinkedToBeReplaced) {
    in_every_order([](const RigOptions& options) {
        for (const bool unlink_first : {true, false}) {
            Rig rig{options};
            Lent lent{rig};
            auto& closes = rig.add<Count>(5, 1);
            link(closes.outbox, lent.collect.inbox);
            rig.run();
            EXPECT_TRUE(rig.ended(closes));
            if (unlink_first) axon::unlink(lent.producer.outbox);
            lent.sender = {};
            if (!unlink_first) axon::unlink(lent.producer.outbox);
            rig.run();
            EXPECT_FALSE(lent.collect.saw_the_end);
            link(lent.producer.outbox, lent.collect.inbox);
            rig.end(lent.producer.inbox);
            rig.run();
            EXPECT_TRUE(lent.collect.saw_the_end);
        }
    });
}

TEST(Sender, OneThatIsMadeAfterTheEndPutsItOffAndDoesNotUndoIt) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& idle = rig.add<Idle<int>>();
        auto& shell = rig.add<Idle<int>>();
        link(shell.inbox, idle.inbox);
        auto& count = rig.add<Count>(0, 0);
        link(count.outbox, shell.inbox);
        rig.run();
        EXPECT_TRUE(idle.inbox.ended());
        for (auto* inbox : {&idle.inbox, &shell.inbox}) { // directly, and through another's inbox
            std::optional<Sender<int>> sender{*inbox};
            EXPECT_FALSE(idle.inbox.ended());
            EXPECT_TRUE(sender->try_send(1));
            sender.reset();
            EXPECT_FALSE(idle.inbox.ended());
            EXPECT_EQ(idle.inbox.try_receive(), 1);
            EXPECT_TRUE(idle.inbox.ended());
        }
    });
}

TEST(Sender, OfAnInboxInTheMiddleOfAChainPutsOffTheEndAtItsEnd) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& collect = rig.add<Collect>();
        auto& shell = rig.add<Idle<int>>();
        auto& producer = rig.add<Echo>();
        link(producer.outbox, shell.inbox);
        link(shell.inbox, collect.inbox);
        Sender<int> sender{shell.inbox};
        rig.end(producer.inbox);
        rig.run();
        EXPECT_FALSE(collect.saw_the_end);
        EXPECT_TRUE(sender.try_send(3));
        sender = {};
        rig.run();
        EXPECT_EQ(collect.heard, (Ints{3}));
        EXPECT_TRUE(collect.saw_the_end);
    });
}

} // namespace
