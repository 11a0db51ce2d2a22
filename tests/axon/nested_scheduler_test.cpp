// Nested schedulers: who is next among many, and how much those below one have together.
#include "axon/nested_scheduler.hpp"

#include "axon/handle.hpp"
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::NestedScheduler;
using axon::Task;
using axon::testing::KeptLog;
using axon::testing::Rig;
using axon::testing::RigOptions;
using axon::testing::VirtualClock;

constexpr int ever = 1'000'000;

std::unique_ptr<NestedScheduler> nested(std::uint32_t share, std::string_view names, std::string& out) {
    auto made = std::make_unique<NestedScheduler>(share);
    for (const char name : names) made->child<Turns>(name, ever, out);
    return made;
}

// What each of "abcX" has had of so many passes, after the one in which they begin.
std::map<char, int> shares_of(Rig& rig, int passes, std::string& out) {
    rig.step();
    rig.step();
    out.clear();
    for (int i = 0; i < passes; ++i) rig.step();
    std::map<char, int> counts;
    for (const char name : out) ++counts[name];
    return counts;
}

using Counts = std::map<char, int>;

TEST(NestedScheduler, AllBelowItTogetherHaveWhatOneBesideItHas) {
    Rig rig;
    std::string out;
    rig.add(nested(1, "abc", out));
    rig.add<Turns>('X', ever, out);
    EXPECT_EQ(shares_of(rig, 30, out), (Counts{{'a', 10}, {'b', 10}, {'c', 10}, {'X', 30}}));
}

TEST(NestedScheduler, HasAsManyTurnsAsItsShare) {
    Rig rig;
    std::string out;
    auto& group = rig.add(nested(6, "abc", out));
    rig.add<Turns>('X', ever, out);
    EXPECT_EQ(shares_of(rig, 30, out), (Counts{{'a', 60}, {'b', 60}, {'c', 60}, {'X', 30}}));
    group.set_share(2);
    EXPECT_EQ(shares_of(rig, 30, out), (Counts{{'a', 20}, {'b', 20}, {'c', 20}, {'X', 30}}));
    group.set_share(0); // nobody is without turns, and nobody takes them all
    EXPECT_EQ(group.share(), 1U);
    group.set_share(1'000'000);
    EXPECT_EQ(group.share(), NestedScheduler::most_share);
}

TEST(NestedScheduler, SharesAreFairInEveryOrder) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        std::string out;
        rig.add(nested(4, "ab", out));
        rig.add(nested(1, "cd", out));
        rig.add<Turns>('X', ever, out);
        auto had = shares_of(rig, 40, out);
        EXPECT_EQ(had['X'], 40);
        EXPECT_EQ(had['a'] + had['b'], 160);
        EXPECT_EQ(had['c'] + had['d'], 40);
        EXPECT_EQ(had['a'], 80);
    });
}

TEST(NestedScheduler, SchedulesSchedulers) {
    Rig rig;
    std::string out;
    auto outer = std::make_unique<NestedScheduler>();
    outer->child<Turns>('a', ever, out);
    outer->adopt(nested(2, "bc", out));
    rig.add(std::move(outer));
    rig.add<Turns>('X', ever, out);
    EXPECT_EQ(shares_of(rig, 40, out), (Counts{{'a', 20}, {'b', 20}, {'c', 20}, {'X', 40}}));
}

TEST(NestedScheduler, WhoIsBelowSpawnsBelow) {
    struct Spawns final : axon::Component {
        explicit Spawns(std::string& text) : out{text} {}
        Task<> main() override {
            for (const char name : {'a', 'b', 'c'}) spawn<Turns>(name, ever, out);
            co_await children_ended();
        }
        std::string& out;
    };
    Rig rig;
    std::string out;
    auto group = std::make_unique<NestedScheduler>();
    group->child<Spawns>(out);
    rig.add(std::move(group));
    rig.add<Turns>('X', ever, out);
    rig.step();
    EXPECT_EQ(shares_of(rig, 30, out), (Counts{{'a', 10}, {'b', 10}, {'c', 10}, {'X', 30}}));
}

TEST(NestedScheduler, MessagesGoInAndOutAndItEndsWithThoseBelow) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto group = std::make_unique<NestedScheduler>();
        auto& inner = group->child<Echo>();
        auto& other = group->child<Echo>();
        auto& scheduler = rig.add(std::move(group));
        auto& source = rig.add<Count>(0, 200);
        auto& sink = rig.add<Collect>();
        source | inner | other | sink;
        rig.run();
        EXPECT_EQ(sink.heard, counting(0, 200));
        EXPECT_TRUE(rig.ended(inner));
        EXPECT_TRUE(rig.ended(scheduler));
        EXPECT_TRUE(rig.ended(sink));
    });
}

TEST(NestedScheduler, IsFreedWithThoseBelowWhoseTurnIsStillDue) {
    struct Parent final : axon::Component {
        explicit Parent(std::string& text) : out{text} {}
        Task<> main() override {
            auto group = spawn<NestedScheduler>(2);
            auto spawned = group.get()->spawn<Turns>('a', ever, out);
            group.get()->spawn<Turns>('b', ever, out);
            for (int i = 0; i < 4; ++i) co_await yield();
            group.get()->stop(spawned);
            co_await yield();
            EXPECT_EQ(spawned.get(), nullptr);
            group.get()->spawn<Turns>('c', ever, out);
            co_await yield();
            stop(group);
            EXPECT_EQ(group.get(), nullptr);
        }
        std::string& out;
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        std::string out;
        rig.add<Parent>(out);
        rig.run();
        EXPECT_EQ(rig.scheduler().live(), 0U);
        EXPECT_TRUE(rig.scheduler().idle());
        EXPECT_NE(std::ranges::find(out, 'a'), out.end());
    });
}

TEST(NestedScheduler, ASystemMayGoWhileThoseBelowAreReady) {
    for (int passes = 0; passes < 20; ++passes) {
        std::string out;
        axon::System system;
        auto group = nested(1, "abc", out);
        group->child<Count>(0, ever) | group->child<Echo>() | group->child<Collect>();
        auto inner = nested(1, "d", out); // whose ends wake the others on their way
        inner->child<Count>(0, ever) | inner->child<Take>(3) | inner->child<Collect>();
        group->adopt(std::move(inner));
        system.adopt(std::move(group));
        for (int i = 0; i < passes; ++i) system.scheduler().pass();
        EXPECT_FALSE(system.scheduler().idle());
    }
}

// Lets time pass in its second turn, as one that computes for long does.
struct Slow final : axon::Component {
    explicit Slow(VirtualClock& time) : clock{time} {}
    Task<> main() override {
        co_await yield();
        clock.set(clock.now() + 11ms);
        co_await yield();
    }
    VirtualClock& clock;
};

TEST(NestedScheduler, TheOneBelowThatTakesTooLongIsReported) {
    VirtualClock clock;
    KeptLog log;
    axon::System system{{.clock = &clock, .log = &log, .scheduler = {.slow_turn = 10ms}}};
    std::string out;
    auto group = std::make_unique<NestedScheduler>(8);
    group->child<Turns>('a', 10, out);
    group->child<Slow>(clock);
    group->child<Turns>('b', 10, out);
    system.adopt(std::move(group));
    system.run();
    ASSERT_EQ(log.lines.size(), 1U);
    EXPECT_EQ(log.lines[0].path, "/NestedScheduler#1/Slow");
    EXPECT_EQ(log.lines[0].text, "kept the others waiting for 11 ms");
}

TEST(NestedScheduler, OneThatTakesTooLongAfterItIsReportedWithTheLastBelowItWhichWasNotTimed) {
    VirtualClock clock;
    KeptLog log;
    axon::System system{{.clock = &clock, .log = &log, .scheduler = {.slow_turn = 10ms}}};
    std::string out;
    system.adopt(nested(3, "ab", out));
    const auto slow = system.spawn<Slow>(clock);
    while (slow) system.scheduler().pass();
    ASSERT_EQ(log.lines.size(), 1U);
    EXPECT_EQ(log.lines[0].path, "/Slow#2");
    EXPECT_TRUE(log.lines[0].text.starts_with("and /NestedScheduler#1/Turns")) << log.lines[0].text;
}

TEST(NestedScheduler, SocketsAndTimersDoNotWaitForAWholeShare) {
    struct CountingPoller final : axon::Poller {
        bool poll() override {
            ++polls;
            return false;
        }
        void wait(std::optional<axon::Duration>) override {}
        void wake() noexcept override {}
        int polls = 0;
    };
    std::string out;
    axon::System system;
    CountingPoller poller;
    system.scheduler().set_poller(&poller);
    system.adopt(nested(1000, "abc", out));
    for (int i = 0; i < 20; ++i) system.scheduler().pass();
    EXPECT_GT(out.size(), 18'000U);
    EXPECT_GE(poller.polls, 18'000 / 64);
    system.scheduler().set_poller(nullptr);
}

TEST(NestedScheduler, ThoseWhoAreStoppedTakeNoTurnsFromTheOthersAndAreFreedAtOnce) {
    std::string out;
    axon::System system;
    auto made = nested(1, "a", out);
    auto& group = *made;
    system.adopt(std::move(made));
    system.scheduler().pass();
    std::vector<axon::Handle<Turns>> many;
    many.reserve(1000);
    for (int i = 0; i < 1000; ++i) many.push_back(group.spawn<Turns>('b', ever, out));
    for (const auto& each : many) group.stop(each);
    out.clear();
    for (int i = 0; i < 10; ++i) system.scheduler().pass();
    EXPECT_GE(out.size(), 9U);
    EXPECT_EQ(group.first_child()->next_sibling(), nullptr) << "only a is left";
    for (int i = 0; i < 100; ++i) group.spawn<Turns>('c', ever, out);
    system.stop_all();
    system.run();
    EXPECT_TRUE(system.scheduler().idle());
    EXPECT_EQ(system.scheduler().root().first_child(), nullptr) << "all are freed";
}

TEST(NestedScheduler, WhoIsMadeBelowItAfterItsShutdownHearsOfIt) {
    struct Closes final : axon::Component {
        Task<> main() override { co_await sleep_for(1h); }
        Task<> close() override { co_await sleep_for(1s); }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto made = std::make_unique<NestedScheduler>();
        made->child<Closes>();
        auto& group = rig.add(std::move(made));
        rig.run();
        rig.shut_down(group);
        const auto late = group.spawn<Collect>();
        rig.run();
        EXPECT_FALSE(late);
        rig.advance(1s);
        EXPECT_TRUE(rig.ended(group));
    });
}

} // namespace
