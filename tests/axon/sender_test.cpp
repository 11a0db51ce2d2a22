// Sender: an answer's way back, in the request.
#include "axon/outbox.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Sender;
using axon::Task;
using axon::testing::Rig;

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
    Rig rig;
    auto& asks = rig.add<Asks>();
    auto& doubles = rig.add<Doubles>();
    link(asks.requests, doubles.inbox);
    rig.run();
    EXPECT_EQ(asks.heard, 42);
    EXPECT_TRUE(asks.waits_again);
    EXPECT_FALSE(asks.came_back) << "its going away ends nothing";
}

TEST(Sender, IsCutWhenTheOwnerOfTheInboxEnds) {
    Rig rig;
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
    Rig rig;
    auto& idle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    Sender<int> sender{idle.inbox};
    EXPECT_TRUE(sender.try_send(1));
    EXPECT_FALSE(sender.try_send(2));
    auto moved = std::move(sender);
    EXPECT_FALSE(sender.linked()); // NOLINT: that is what is tested
    EXPECT_EQ(idle.inbox.try_receive(), 1);
    EXPECT_TRUE(moved.try_send(3));
    EXPECT_FALSE(Sender<int>{}.try_send(4));
}

} // namespace
