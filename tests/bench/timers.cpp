// Timers: what one costs, and what a million pending ones cost those that have nothing to do with them.
#include "axon/component.hpp"
#include "axon/sleep.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/messages.hpp"

#include <algorithm>
#include <deque>
#include <limits>
#include <random>

namespace bench {
namespace {

using axon::Task;
using axon::Time;
using namespace std::chrono_literals;

struct Alarm final : axon::Timer {
    explicit Alarm(int& count) noexcept : rung{count} {}
    void fire() override { ++rung; }
    int& rung;
};

// Due within the second hour from `now`.
void start_many(axon::TimerWheel& wheel, std::deque<Alarm>& alarms, Time now, int& rung) {
    std::minstd_rand random;
    std::uniform_int_distribution<std::int64_t> later{0, axon::Duration{1h}.count()};
    for (int i = 0; i < pending_timers; ++i) {
        wheel.start(alarms.emplace_back(rung), now + 1h + axon::Duration{later(random)});
    }
}

// The least that a tick has cost in one of many short stretches, which disturbs the other wheel as well.
class Ticking {
public:
    explicit Ticking(Time now) : now_{now}, wheel_{now} {}
    [[nodiscard]] axon::TimerWheel& wheel() noexcept { return wheel_; }
    [[nodiscard]] double least() const noexcept { return least_; }

    void stretch() {
        constexpr int ticks = 10'000;
        constexpr auto width = axon::Duration{1 << 17}; // the wheel's tick
        Stopwatch watch;
        watch.start();
        for (int i = 0; i < ticks; ++i) wheel_.expire(now_ += width);
        watch.stop();
        least_ = std::min(least_, watch.ns() / ticks);
    }

private:
    Time now_;
    axon::TimerWheel wheel_;
    double least_ = std::numeric_limits<double>::max();
};

class Expiry final : public axon::Component {
public:
    explicit Expiry(Stopwatch& watch) : watch_{watch} {}

private:
    Task<> main() override {
        std::minstd_rand random;
        std::uniform_int_distribution<std::int64_t> later{axon::Duration{50ms}.count(),
                                                          axon::Duration{60ms}.count()};
        int rung = 0;
        std::deque<Alarm> alarms;
        for (int i = 0; i < crowd; ++i) alarms.emplace_back(rung);
        watch_.start();
        for (auto& alarm : alarms) scheduler().timers().start(alarm, now() + axon::Duration{later(random)});
        while (rung < crowd) co_await sleep_for(60ms);
        watch_.stop();
    }

    Stopwatch& watch_;
};

} // namespace

double timer_cancel() {
    axon::System system{quiet};
    auto& scheduler = system.scheduler();
    std::deque<Alarm> alarms;
    int rung = 0;
    start_many(scheduler.timers(), alarms, scheduler.now(), rung);
    Alarm alarm{rung};
    Stopwatch watch;
    watch.start();
    for (int i = 0; i < pending_timers; ++i) {
        scheduler.timers().start(alarm, scheduler.now() + 5s);
        alarm.cancel();
    }
    watch.stop();
    return watch.ns() / pending_timers;
}

double timer_expire() {
    Stopwatch watch;
    axon::System system{quiet};
    system.spawn<Expiry>(watch);
    system.run();
    return watch.ns() / crowd;
}

double tick_added() {
    Ticking alone{Time{1h}};
    Ticking crowded{Time{1h}};
    std::deque<Alarm> alarms;
    int rung = 0;
    start_many(crowded.wheel(), alarms, Time{1h}, rung);
    for (int i = 0; i < 20; ++i) {
        alone.stretch();
        crowded.stretch();
    }
    return std::max(0.0, crowded.least() - alone.least());
}

} // namespace bench
