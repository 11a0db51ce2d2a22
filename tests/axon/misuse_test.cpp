// What cannot be told by the compiler is told when it happens: a component that uses what is not its own.
#include "axon/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace {

using namespace parts;
using axon::Task;
using axon::testing::Rig;
using ::testing::HasSubstr;

// Dev builds abort, the others end the component that did it.
void expect_told(const std::function<axon::Component&(Rig&)>& misuse, const std::string& condition) {
#ifdef AXON_DEV
    EXPECT_DEATH(
        {
            Rig rig;
            misuse(rig);
            rig.run();
        },
        condition);
#else
    Rig rig;
    const auto& culprit = misuse(rig);
    rig.run();
    EXPECT_TRUE(rig.ended(culprit));
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_THAT(rig.log()[0].text, HasSubstr(condition));
#endif
}

TEST(MisuseDeathTest, AComponentAwaitsItsOwnBoxesOnly) {
    struct Reader final : axon::Sink<int> {
        Task<> main() override {
            while (co_await inbox.receive()) {
            }
        }
    };
    struct Thief final : axon::Component {
        explicit Thief(axon::Inbox<int>& from) : theirs{from} {}
        Task<> main() override { (void)co_await theirs.receive(); }
        axon::Inbox<int>& theirs;
    };
    expect_told([](Rig& rig) -> auto& { return rig.add<Thief>(rig.add<Reader>().inbox); }, "State::running");
}

TEST(MisuseDeathTest, ATaskIsAwaitedOnce) {
    struct Twice final : axon::Component {
        Task<int> answer() { co_return 42; }
        Task<> main() override {
            auto task = answer();
            (void)co_await task;
            (void)co_await task;
        }
    };
    expect_told([](Rig& rig) -> auto& { return rig.add<Twice>(); }, "done");
}

TEST(MisuseDeathTest, ATaskThatDoesNothingIsNotAwaited) {
    struct Nothing final : axon::Component {
        Task<> nothing() { return {}; }
        Task<> main() override { co_await nothing(); }
    };
    expect_told([](Rig& rig) -> auto& { return rig.add<Nothing>(); }, "handle_");
}

TEST(MisuseDeathTest, ASendIsAwaitedOnce) {
    struct Twice final : axon::Source<int> {
        Task<> main() override {
            const int one = 1;
            auto send = outbox.send(one);
            co_await send;
            co_await send;
        }
    };
    expect_told([](Rig& rig) -> auto& { return rig.add<Twice>(); }, "message_");
}

TEST(MisuseDeathTest, AComponentStopsItsOwnChildrenOnly) {
    struct Stops final : axon::Component {
        explicit Stops(axon::Component& other) : theirs{other} {}
        Task<> main() override {
            stop(theirs);
            co_return;
        }
        axon::Component& theirs;
    };
    expect_told([](Rig& rig) -> auto& { return rig.add<Stops>(rig.add<Collect>()); }, "parent_ == this");
}

TEST(MisuseDeathTest, AComponentKnowsNoValuesBeforeItHasSurroundings) {
    struct TooEarly final : axon::Component {
        TooEarly() { (void)own_cat().values(); }
        Task<> main() override { return {}; }
    };
    struct Makes final : axon::Component {
        Task<> main() override {
            spawn<TooEarly>();
            co_return;
        }
    };
    expect_told([](Rig& rig) -> auto& { return rig.add<Makes>(); }, "values_");
}

#ifdef AXON_DEV // each message would pay for the question
TEST(MisuseDeathTest, ABoxIsUsedOnItsOwnWorker) {
    struct Leaks final : axon::Filter<int, int> {
        explicit Leaks(std::function<void(Leaks&)> use) : elsewhere{std::move(use)} {}
        Task<> main() override {
            std::jthread{[this] { elsewhere(*this); }}.join();
            co_return;
        }
        std::function<void(Leaks&)> elsewhere;
    };
    const auto run = [](std::function<void(Leaks&)> use) {
        axon::System system;
        system.spawn<Leaks>(std::move(use));
        system.run();
    };
    EXPECT_DEATH(run([](Leaks& leaks) { (void)leaks.outbox.try_send(1); }), "used_on_its_own_worker");
    EXPECT_DEATH(run([](Leaks& leaks) { (void)leaks.inbox.try_receive(); }), "used_on_its_own_worker");
    int message = 1;
    EXPECT_DEATH(run([&](Leaks& leaks) { (void)leaks.inbox.accept(message); }), "used_on_its_own_worker");
    EXPECT_DEATH(run([](Leaks& leaks) { link(leaks.outbox, leaks.inbox); }), "used_on_its_own_worker");
    EXPECT_DEATH(run([](Leaks& leaks) { leaks.outbox.send_displacing(1); }), "used_on_its_own_worker");
    EXPECT_DEATH(run([](Leaks& leaks) { leaks.control.deliver(axon::Shutdown{}); }), "runs_here");
}
#endif

} // namespace
