// The timer wheel, and sleeping by it.
#include "axon/timer_wheel.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Duration;
using axon::Task;
using axon::Time;
using axon::testing::Rig;

struct Note final : axon::Timer {
    explicit Note(std::vector<Time>& list) : fired{list} {}
    void fire() override { fired.push_back(due()); }
    std::vector<Time>& fired;
};

constexpr Time start{1h};

TEST(TimerWheel, FiresAtItsTimeAndNeverBefore) {
    for (const Duration wait : {Duration{1}, Duration{131'071}, Duration{1ms}, Duration{10ms}, Duration{1s},
                                Duration{1h}, Duration{10'000h}}) {
        axon::TimerWheel wheel{start};
        std::vector<Time> fired;
        Note timer{fired};
        wheel.start(timer, start + wait);
        ASSERT_TRUE(wheel.next().has_value());
        EXPECT_LE(*wheel.next(), start + wait);
        wheel.expire(start + wait - Duration{1});
        EXPECT_TRUE(fired.empty());
        EXPECT_TRUE(timer.pending());
        wheel.expire(start + wait);
        EXPECT_EQ(fired.size(), 1U);
        EXPECT_FALSE(timer.pending());
        EXPECT_EQ(wheel.next(), std::nullopt);
    }
}

TEST(TimerWheel, FiresAThousandTimersOfAnyDistanceInOrderWhateverTheSteps) {
    for (const Duration step : {Duration{100us}, Duration{7ms}, Duration{900ms}, Duration{3h}}) {
        axon::TimerWheel wheel{start};
        std::mt19937 random{42};
        std::vector<Time> fired;
        std::vector<std::unique_ptr<Note>> timers;
        std::vector<Time> expected;
        for (int i = 0; i < 1000; ++i) {
            const auto due = start + Duration{static_cast<std::int64_t>(random()) % (step.count() * 300)};
            timers.push_back(std::make_unique<Note>(fired));
            wheel.start(*timers.back(), due);
            expected.push_back(due);
        }
        std::ranges::sort(expected);
        for (auto now = start; fired.size() < 1000; now += step) {
            wheel.expire(now);
            ASSERT_TRUE(std::ranges::all_of(fired, [&](Time due) { return due <= now; }));
            const auto due_by_now =
                static_cast<std::size_t>(std::ranges::upper_bound(expected, now) - expected.begin());
            ASSERT_EQ(fired.size(), due_by_now) << "none is late";
        }
        const auto tick = [](Time due) { return due.time_since_epoch().count() >> 17; };
        EXPECT_TRUE(std::ranges::is_sorted(fired, {}, tick));
    }
}

TEST(TimerWheel, NextNamesATimeBeforeWhichNothingIsDueAndGetsThereInFewSteps) {
    axon::TimerWheel wheel{start};
    std::vector<Time> fired;
    Note timer{fired};
    wheel.start(timer, start + 100h + 12345us);
    int steps = 0;
    while (fired.empty()) {
        const auto next = wheel.next();
        ASSERT_TRUE(next.has_value());
        ASSERT_LE(*next, timer.due());
        wheel.expire(*next);
        ASSERT_LT(++steps, 10);
    }
}

TEST(TimerWheel, ACancelledTimerDoesNotFireAndOneStartedAnewFiresOnce) {
    axon::TimerWheel wheel{start};
    std::vector<Time> fired;
    Note cancelled{fired};
    Note moved{fired};
    wheel.start(cancelled, start + 1s);
    wheel.start(moved, start + 1s);
    wheel.start(moved, start + 2s);
    cancelled.cancel();
    cancelled.cancel();
    {
        Note gone{fired};
        wheel.start(gone, start + 1s);
    }
    wheel.expire(start + 1s);
    EXPECT_TRUE(fired.empty());
    wheel.expire(start + 3s);
    EXPECT_EQ(fired, (std::vector{start + 2s}));
}

TEST(TimerWheel, TimersMayStartAndCancelTimersWhileTheyFire) {
    struct Chain final : axon::Timer {
        explicit Chain(axon::TimerWheel& of) : wheel{of} {}
        void fire() override {
            if (victim) victim->cancel();
            if (++times < 3) wheel.start(*this, due()); // in the past by now
        }
        axon::TimerWheel& wheel;
        axon::Timer* victim = nullptr;
        int times = 0;
    };
    axon::TimerWheel wheel{start};
    std::vector<Time> fired;
    Note victim{fired};
    Chain chain{wheel};
    chain.victim = &victim;
    wheel.start(chain, start + 1s);
    wheel.start(victim, start + 1s);
    for (int i = 0; i < 5; ++i) wheel.expire(start + 2s);
    EXPECT_EQ(chain.times, 3);
    EXPECT_TRUE(fired.empty());
}

TEST(TimerWheel, DoesAsAListWouldWhateverIsStartedMovedAndCancelled) {
    axon::TimerWheel wheel{start};
    std::mt19937_64 random{7};
    std::vector<Time> fired;
    std::vector<std::unique_ptr<Note>> timers;
    timers.reserve(300);
    for (int i = 0; i < 300; ++i) timers.push_back(std::make_unique<Note>(fired));
    auto now = start;
    for (int step = 0; step < 20'000; ++step) {
        auto& timer = *timers[random() % timers.size()];
        // Distances that lie in the first ring and in those above.
        if (random() % 4 == 0)
            timer.cancel();
        else
            wheel.start(timer, now + Duration{static_cast<std::int64_t>(random() >> (24 + random() % 24))});
        if (random() % 8 != 0) continue;
        now += Duration{static_cast<std::int64_t>(random() >> (32 + random() % 16))};
        std::vector<Time> expected;
        for (const auto& each : timers)
            if (each->pending() && each->due() <= now) expected.push_back(each->due());
        fired.clear();
        wheel.expire(now);
        std::ranges::sort(expected);
        std::ranges::sort(fired);
        ASSERT_EQ(fired, expected) << "at step " << step;
        const auto next = wheel.next();
        for (const auto& each : timers) ASSERT_TRUE(!each->pending() || (next && *next <= each->due()));
    }
}

TEST(TimerWheel, HasWhatManyTimersTouchFetchedBeforeTheFirstOfThemFires) {
    struct Fetching final : axon::Timer {
        explicit Fetching(std::string& list) : did{list} {}
        void fetch() noexcept override { did += 'f'; }
        void fetch_more() noexcept override { did += 'm'; }
        void fire() override { did += '!'; }
        std::string& did;
    };
    axon::TimerWheel wheel{start};
    std::string did;
    std::array<Fetching, 3> timers{Fetching{did}, Fetching{did}, Fetching{did}};
    for (auto& timer : timers) wheel.start(timer, start + 1s);
    timers.front().cancel();
    wheel.expire(start + 1s);
    EXPECT_EQ(did, "ffmm!!");
}

struct Sleeper final : axon::Component {
    Sleeper(Duration time, std::vector<Duration>& list) : wait{time}, woke{list} {}
    Task<> main() override {
        const auto before = now();
        co_await sleep_for(wait);
        woke.push_back(now() - before);
    }
    Duration wait;
    std::vector<Duration>& woke;
};

TEST(Sleep, LastsExactlyAsLongAsTheClockSays) {
    Rig rig;
    std::vector<Duration> woke;
    for (const auto wait : {Duration{3s}, Duration{1ms}, Duration{0}, Duration{-5s}, Duration{1h}})
        rig.add<Sleeper>(wait, woke);
    rig.run();
    EXPECT_EQ(woke, (std::vector<Duration>{0s, 0s}));
    rig.advance(2h);
    EXPECT_EQ(woke, (std::vector<Duration>{0s, 0s, 1ms, 3s, 1h}));
}

TEST(Sleep, EndsWithACallToFetchWhatTheTurnWillTouch) {
    struct Fetching final : axon::Component {
        explicit Fetching(std::string& list) : did{list} {}
        void fetch() const noexcept override { did += "fetched "; }
        Task<> main() override {
            did += "sleeps ";
            co_await sleep_for(1s);
            did += "goes on";
        }
        std::string& did;
    };
    Rig rig;
    std::string did;
    rig.add<Fetching>(did);
    rig.advance(1s);
    EXPECT_EQ(did, "sleeps fetched goes on");
}

TEST(Sleep, TenThousandSleepersAllWakeInTheirOrder) {
    Rig rig;
    std::vector<Duration> woke;
    for (int i = 0; i < 10'000; ++i) rig.add<Sleeper>(((i * 7919) % 10'000) * 1ms, woke);
    rig.advance(10s);
    EXPECT_EQ(woke.size(), 10'000U);
    EXPECT_TRUE(std::ranges::is_sorted(woke));
}

} // namespace
