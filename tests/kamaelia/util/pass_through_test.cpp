#include "kamaelia/util/pass_through.hpp"

#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::PassThrough;

/// Stands below: keeps what comes, data and signals, in the order in which it came.
class Below final : public axon::Component {
public:
    Below() : Component{axon::handles_control} {}
    axon::Inbox<Bytes> inbox{*this, "inbox", {.capacity = 1}};
    std::vector<std::string> heard;

private:
    axon::Task<> main() override {
        for (bool open = true; open;) {
            while (auto data = inbox.try_receive()) heard.emplace_back(data->view());
            if (has_signal()) {
                open = false;
                const auto signal = next_signal();
                if (const auto* failure = std::get_if<axon::Failure>(&signal)) heard.push_back(failure->what);
                if (std::holds_alternative<axon::Shutdown>(signal)) heard.emplace_back("(shutdown)");
                if (std::holds_alternative<axon::ProducerFinished>(signal)) heard.emplace_back("(finished)");
            }
            co_await yield();
        }
    }
};

struct PassThroughTest : testing::Test {
    PassThroughTest() {
        link(stage.outbox, below.inbox);
        link(stage.signal, below.control);
        rig.feed(stage.inbox, Bytes{"one"});
        rig.feed(stage.inbox, Bytes{"two"});
        rig.feed(stage.inbox, Bytes{"three"});
    }

    Rig rig;
    PassThrough& stage = rig.add<PassThrough>();
    Below& below = rig.add<Below>();
};

TEST_F(PassThroughTest, PassesMessagesOnAndThenTheEnd) {
    rig.end(stage.inbox);
    rig.run();
    EXPECT_EQ(below.heard, (std::vector<std::string>{"one", "two", "three", "(finished)"}));
    EXPECT_TRUE(rig.ended(stage));
}

TEST_F(PassThroughTest, PassesAShutdownOnAfterTheMessagesBeforeIt) {
    rig.shut_down(stage);
    rig.run();
    EXPECT_EQ(below.heard, (std::vector<std::string>{"one", "two", "three", "(shutdown)"}));
    EXPECT_TRUE(rig.ended(stage));
}

TEST_F(PassThroughTest, PassesAnErrorOnAfterTheMessagesBeforeIt) {
    stage.control.deliver(axon::Failure{"/above", "the disk is full", nullptr});
    rig.end(stage.inbox);
    rig.run();
    EXPECT_EQ(below.heard, (std::vector<std::string>{"one", "two", "three", "the disk is full"}));
    EXPECT_TRUE(rig.ended(stage));
}

TEST(PassThrough, HoldsNothingBackAndTakesNothingInStock) {
    struct Idle final : axon::Component {
        Idle() : Component{axon::handles_control} {}
        axon::Inbox<Bytes> inbox{*this, "inbox", {.capacity = 1}};
        axon::Task<> main() override { co_await control.receive(); }
    };
    Rig rig;
    auto& stage = rig.add<PassThrough>();
    auto& idle = rig.add<Idle>();
    link(stage.outbox, idle.inbox);
    for (int i = 0; i < 10; ++i) rig.feed(stage.inbox, Bytes{"x"});
    rig.run();
    EXPECT_EQ(idle.inbox.size(), 1U);
    EXPECT_EQ(stage.inbox.size(), 8U) << "one below, one in its hand, the others wait";
}

} // namespace
