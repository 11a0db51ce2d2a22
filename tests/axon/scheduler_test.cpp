// The scheduler: fairness, the order of turns, slow turns.
#include "axon/scheduler.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::KeptLog;
using axon::testing::Rig;
using axon::testing::RigOptions;
using axon::testing::VirtualClock;

std::string turns(const RigOptions& options) {
    Rig rig{options};
    std::string out;
    for (const char name : {'a', 'b', 'c', 'd'}) rig.add<Turns>(name, 4, out);
    rig.run();
    return out;
}

TEST(Scheduler, GivesTurnsRoundRobinInTheOrderInWhichTheyBecameReady) {
    EXPECT_EQ(turns({}), "abcdabcdabcdabcd");
}

TEST(Scheduler, ShufflesWithinAPassAndTheSameWayForTheSameSeed) {
    bool differ = false;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto once = turns({.shuffle = seed});
        EXPECT_EQ(once, turns({.shuffle = seed}));
        differ = differ || once != turns({.shuffle = seed + 1});
        for (std::size_t pass = 0; pass < 4; ++pass) {
            auto letters = once.substr(pass * 4, 4);
            std::ranges::sort(letters);
            EXPECT_EQ(letters, "abcd") << "each has one turn in each pass";
        }
    }
    EXPECT_TRUE(differ);
}

TEST(Scheduler, AComponentGivesWayAfterItsQuotaEvenWhenItNeverHasToWait) {
    for (const std::uint32_t asked : {0U, 1U, 3U, 64U}) {
        const auto quota = std::max(asked, 1U); // with none, nobody would get anywhere
        Rig rig{{.quota = asked}};
        auto& greedy = rig.add<CountForEver>();
        auto& wide = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 0});
        link(greedy.outbox, wide.inbox);
        for (std::uint32_t pass = 1; pass <= 4; ++pass) {
            rig.step();
            EXPECT_EQ(wide.inbox.size(), pass * quota);
        }
        rig.stop(greedy);
    }
}

TEST(Scheduler, ReceivingUsesUpQuotaToo) {
    Rig rig{{.quota = 4}};
    auto& collect = rig.add<Collect>();
    for (int i = 0; i < 20; ++i) rig.feed(collect.inbox, i);
    rig.step();
    EXPECT_EQ(collect.heard.size(), 3U) << "beginning counts as one";
    rig.step();
    EXPECT_EQ(collect.heard.size(), 7U);
}

TEST(Scheduler, TwoThatKeepEachOtherBusyDoNotStarveAThirdNorTheTimers) {
    Rig rig{{.quota = 64}};
    auto& a = rig.add<Echo>();
    auto& b = rig.add<Echo>();
    link(a.outbox, b.inbox);
    link(b.outbox, a.inbox);
    rig.feed(a.inbox, 1);
    std::string out;
    rig.add<Turns>('x', 10, out);
    for (int i = 0; i < 20; ++i) rig.step();
    EXPECT_EQ(out.size(), 10U);
    EXPECT_GT(a.inbox.taken(), 3U);
    rig.stop(a);
}

// Lets time pass during its turn, as one that computes for long does.
struct Slow final : axon::Component {
    Slow(VirtualClock& time, axon::Duration duration) : clock{time}, takes{duration} {}
    Task<> main() override {
        co_await yield();
        clock.set(clock.now() + takes);
        co_await yield();
    }
    VirtualClock& clock;
    axon::Duration takes;
};

// Always ready, and each of its turns takes that long.
struct Busy final : axon::Component {
    Busy(VirtualClock& time, axon::Duration turn, int& count) : clock{time}, takes{turn}, turns{count} {}
    Task<> main() override {
        while (true) {
            clock.set(clock.now() + takes);
            ++turns;
            co_await yield();
        }
    }
    VirtualClock& clock;
    axon::Duration takes;
    int& turns;
};

struct StopsThemAll final : axon::Component {
    StopsThemAll(axon::Duration duration) : after{duration} {}
    Task<> main() override {
        co_await sleep_for(after);
        system().stop_all();
    }
    axon::Duration after;
};

TEST(Scheduler, TimersDoNotWaitForManyTurnsThatTakeLong) {
    VirtualClock clock;
    axon::System system{{.clock = &clock}};
    int turns = 0;
    system.spawn<StopsThemAll>(6ms);
    for (int i = 0; i < 10; ++i) system.spawn<Busy>(clock, 1ms, turns);
    system.run();
    EXPECT_GE(turns, 6);
    EXPECT_LE(turns, 6 + 2 + 10) << "one round of the others at most";
}

TEST(Scheduler, ReportsATurnThatTakesTooLongWithThePathOfTheComponent) {
    VirtualClock clock;
    KeptLog log;
    axon::System system{{.clock = &clock, .log = &log, .scheduler = {.slow_turn = 10ms}}};
    system.spawn<Slow>(clock, 10ms);
    clock.set(clock.now() + 1h); // before run(): nobody's fault
    system.run();
    EXPECT_TRUE(log.lines.empty());
    system.spawn<Slow>(clock, 11ms);
    system.run();
    ASSERT_EQ(log.lines.size(), 1U);
    EXPECT_EQ(log.lines[0].path, "/Slow#2");
    EXPECT_EQ(log.lines[0].text, "kept the others waiting for 11 ms");
    EXPECT_EQ(system.scheduler().slow_turns(), 1U);
}

TEST(Scheduler, NamesBothOfTwoTurnsOfWhichOneTookTooLong) {
    VirtualClock clock;
    KeptLog log;
    axon::System system{{.clock = &clock, .log = &log, .scheduler = {.slow_turn = 10ms}}};
    system.spawn<Slow>(clock, 11ms);
    system.spawn<Slow>(clock, 0ms);
    system.run();
    ASSERT_EQ(log.lines.size(), 1U);
    EXPECT_EQ(log.lines[0].path, "/Slow#2");
    EXPECT_EQ(log.lines[0].text, "and /Slow#1 before it kept the others waiting for 11 ms");
}

TEST(Scheduler, RunReturnsWhenNobodyIsLeftAndCanBeCalledAgain) {
    axon::System system;
    system.run();
    std::string out;
    system.spawn<Turns>('a', 2, out);
    system.run();
    EXPECT_EQ(out, "aa");
    system.spawn<Turns>('b', 2, out);
    const auto stopped = system.spawn<Turns>('c', 2, out);
    system.stop(stopped);
    system.run();
    EXPECT_EQ(out, "aabb");
    system.stop(system.spawn<Turns>('d', 2, out));
    system.run();
    EXPECT_EQ(system.scheduler().root().first_child(), nullptr) << "the ended are freed";
}

TEST(Scheduler, StopAllEndsEverythingThatWasSpawned) {
    axon::System system;
    for (int i = 0; i < 10; ++i) system.spawn<Collect>();
    system.scheduler().pass();
    EXPECT_EQ(system.scheduler().live(), 10U);
    system.stop_all();
    system.run();
    EXPECT_EQ(system.scheduler().live(), 0U);
}

} // namespace
