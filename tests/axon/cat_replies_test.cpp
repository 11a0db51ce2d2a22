// Services that answer: a request carries the way back.
#include "axon/cat.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Inbox;
using axon::Outbox;
using axon::Sender;
using axon::Task;
using axon::testing::Rig;

struct Request {
    int number = 0;
    Sender<int> answer;
};

struct Doubles final : axon::Sink<Request> {
    Task<> main() override {
        cat().offer("doubles", inbox);
        while (auto request = co_await inbox.receive()) (void)request->answer.try_send(request->number * 2);
    }
};

// Asks the service "doubles", and has the answers sent to itself or to a service.
struct Asks final : axon::Component {
    explicit Asks(std::string service = "") : to{std::move(service)} {}
    Task<> main() override {
        cat().link("doubles", requests);
        for (int number = 1; number <= 3; ++number) {
            auto answer = to.empty() ? Sender<int>{answers} : Sender<int>{cat().service<int>(to)};
            co_await requests.send(Request{number, std::move(answer)});
            if (to.empty()) heard.push_back(*co_await answers.receive());
        }
    }
    Inbox<int> answers{*this, "answers"};
    Outbox<Request> requests{*this, "requests"};
    std::string to;
    Ints heard;
};

TEST(CatReplies, AnswersComeBackToWhoAsked) {
    Rig rig;
    rig.add<Doubles>();
    rig.step();
    auto& one = rig.add<Asks>();
    auto& two = rig.add<Asks>();
    for (auto* asks : {&one, &two}) rig.leave_unlinked(asks->requests);
    rig.run();
    EXPECT_EQ(one.heard, (Ints{2, 4, 6}));
    EXPECT_EQ(two.heard, one.heard);
}

TEST(CatReplies, AServiceIsSentAService) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    rig.scheduler().cat().offer("sums", collect.inbox);
    rig.add<Doubles>();
    rig.step();
    rig.leave_unlinked(rig.add<Asks>("sums").requests);
    rig.run();
    EXPECT_EQ(collect.heard, (Ints{2, 4, 6}));
    EXPECT_FALSE(collect.saw_the_end) << "a reply's end ends nothing";
}

TEST(CatReplies, WhoAskedAndEndedIsNotAnswered) {
    Rig rig;
    auto& idle = rig.add<Idle<Request>>();
    rig.scheduler().cat().offer("doubles", idle.inbox);
    auto& asks = rig.add<Asks>();
    rig.leave_unlinked(asks.requests);
    rig.run();
    auto request = idle.inbox.try_receive();
    ASSERT_TRUE(request && request->answer.linked());
    rig.stop(asks);
    EXPECT_FALSE(request->answer.linked());
}

} // namespace
