// Components: boxes, back-pressure, ends, faults.
#include "axon/ended.hpp"
#include "axon/filter.hpp"
#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace {

using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using Strings = std::vector<std::string>;

class Echo final : public axon::Filter<std::string, std::string> {
    Task<> main() override {
        while (auto data = co_await inbox.receive()) co_await outbox.send(std::move(*data));
    }
};

TEST(Component, EchoesWhatItHearsAndEndsWithItsInput) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    rig.feed<std::string>(echo.inbox, "one");
    rig.feed<std::string>(echo.inbox, "two");
    rig.run();
    EXPECT_EQ(rig.sent(echo.outbox), (Strings{"one", "two"}));
    EXPECT_FALSE(rig.ended(echo));
    rig.end(echo.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(echo));
    EXPECT_TRUE(rig.closed(echo.outbox));
}

TEST(Component, RunsNoInstructionBeforeItIsGivenATurn) {
    struct Starts final : axon::Component {
        explicit Starts(bool& flag) : started{flag} {}
        Task<> main() override {
            started = true;
            co_return;
        }
        bool& started;
    };
    Rig rig;
    bool started = false;
    rig.add<Starts>(started);
    EXPECT_FALSE(started);
    rig.run();
    EXPECT_TRUE(started);
}

template <class... Ts>
class Wraps final : public axon::Component {
public:
    class Inner final : public axon::Component {
        Task<> main() override { co_return; }
    };

private:
    Task<> main() override { co_return; }
};

TEST(Component, IsNamedForItsClassWithoutNamespacesAndTemplateArguments) {
    EXPECT_EQ(Echo{}.name(), "Echo");
    EXPECT_EQ((Wraps<std::vector<std::string>, Wraps<int>>{}.name()), "Wraps");
    EXPECT_EQ(Wraps<std::vector<std::string>>::Inner{}.name(), "Inner");
}

} // namespace
