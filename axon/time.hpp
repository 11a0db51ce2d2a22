// The time as components see it: durations, points on the system's timeline, and where both come from.
#pragma once

#include <chrono>

namespace axon {

using Duration = std::chrono::nanoseconds;

/// The monotonic timeline of one System. Its zero means nothing; only differences do.
struct Timeline {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Timeline>;
    static constexpr bool is_steady = true;
};

using Time = Timeline::time_point;
using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;

/// `duration` after `time`; the end of all time where it is later than that.
[[nodiscard]] constexpr Time after(Time time, Duration duration) noexcept {
    return duration > Time::max() - time ? Time::max() : time + duration;
}

/// Where a System takes the time from. Nothing else may ask for it, so that a test can hand in its own.
class Clock {
public:
    virtual ~Clock() = default;
    /// Monotonic; never goes back.
    [[nodiscard]] virtual Time now() const noexcept = 0;
    /// As now(), but may be a few milliseconds behind where that is cheaper: read at every turn.
    [[nodiscard]] virtual Time coarse() const noexcept { return now(); }
    /// Calendar time (UTC), for logs and protocol headers only: it may jump.
    [[nodiscard]] virtual WallTime wall() const noexcept = 0;
};

/// The operating system's clocks.
class SteadyClock final : public Clock {
public:
    [[nodiscard]] Time now() const noexcept override {
        return Time{std::chrono::steady_clock::now().time_since_epoch()};
    }
    [[nodiscard]] Time coarse() const noexcept override;
    [[nodiscard]] WallTime wall() const noexcept override { return std::chrono::system_clock::now(); }
};

} // namespace axon
