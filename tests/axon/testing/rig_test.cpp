// The Rig itself: feeding, reading, time, repeatability, and that it notices what is left over.
#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(Rig, FeedsMoreThanABoxHoldsAsRoomComes) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    for (int i = 0; i < 1000; ++i) rig.feed(echo.inbox, i);
    rig.end(echo.inbox);
    EXPECT_EQ(rig.refused(echo.inbox), 1000U - 64U);
    rig.run();
    EXPECT_EQ(rig.refused(echo.inbox), 0U);
    EXPECT_EQ(rig.sent(echo.outbox), counting(0, 1000));
    EXPECT_TRUE(rig.closed(echo.outbox));
    EXPECT_TRUE(rig.ended(echo));
}

TEST(Rig, KeepsWhatWasSentSinceItWasAskedLast) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    rig.feed(echo.inbox, 1);
    rig.run();
    EXPECT_EQ(rig.sent(echo.outbox), (Ints{1}));
    EXPECT_TRUE(rig.sent(echo.outbox).empty());
    rig.feed(echo.inbox, 2);
    rig.run();
    EXPECT_EQ(rig.sent(echo.outbox), (Ints{2}));
    EXPECT_FALSE(rig.closed(echo.outbox));
}

TEST(Rig, RefusesToReadAnOutboxThatIsLinkedElsewhere) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    auto& collect = rig.add<Collect>();
    link(echo.outbox, collect.inbox);
    EXPECT_THROW((void)rig.sent(echo.outbox), std::logic_error);
}

TEST(Rig, TimeStandsUntilItIsAdvancedAndNoRealTimePasses) {
    Rig rig;
    struct Ticks final : axon::Source<int> {
        Task<> main() override {
            for (int i = 0; i < 1000; ++i) {
                co_await sleep_for(1h);
                co_await outbox.send(i);
            }
        }
    };
    auto& ticks = rig.add<Ticks>();
    const auto before = rig.now();
    rig.run();
    EXPECT_TRUE(rig.sent(ticks.outbox).empty());
    EXPECT_EQ(rig.now(), before);
    rig.advance(10h);
    EXPECT_EQ(rig.sent(ticks.outbox).size(), 10U);
    EXPECT_EQ(rig.now() - before, 10h);
    rig.advance(2000h);
    EXPECT_EQ(rig.sent(ticks.outbox).size(), 990U);
}

TEST(Rig, SaysWhenComponentsDoNotComeToRest) {
    struct Restless final : axon::Component {
        Task<> main() override {
            while (true) co_await yield();
        }
    };
    Rig rig;
    rig.add<Restless>();
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(rig.step());
}

TEST(Rig, EqualSeedsGiveEqualRuns) {
    const auto run = [](const RigOptions& options) {
        Rig rig{options};
        auto& to = rig.add<Collect>();
        for (int i = 0; i < 5; ++i) link(rig.add<Count>(i * 100, 20).outbox, to.inbox);
        rig.run();
        return to.heard;
    };
    bool differ = false;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        EXPECT_EQ(run({.shuffle = seed, .quota = 3}), run({.shuffle = seed, .quota = 3}));
        differ = differ || run({.shuffle = seed}) != run({.shuffle = seed + 1});
    }
    EXPECT_TRUE(differ) << "other seeds give other orders";
}

TEST(Rig, KeepsTheLog) {
    struct Talks final : axon::Component {
        Task<> main() override {
            log(axon::LogLevel::info, "hello");
            co_return;
        }
    };
    Rig rig;
    rig.add<Talks>();
    rig.run();
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].path, "/Talks");
    EXPECT_EQ(rig.log()[0].text, "hello");
}

Task<int> left_over() { co_return 1; }

TEST(RigDeathTest, AbortsWhenACoroutineFrameIsLeftOver) {
    EXPECT_DEATH(
        {
            Rig rig;
            (void)left_over().release();
        },
        "1 coroutine frames are left over");
}

#ifdef AXON_DEV
TEST(CheckDeathTest, ABrokenInvariantNamesTheRunningComponentAndAborts) {
    struct Broken final : axon::Component {
        Task<> main() override {
            stop(*this); // not its own child
            co_return;
        }
    };
    EXPECT_DEATH(
        {
            Rig rig;
            rig.add<Broken>();
            rig.run();
        },
        "check failed: child.parent_ == this \\(in /Broken\\)");
}
#endif

} // namespace
