// Ticks: points in time at equal distances, for who may be late. Plain arithmetic, without a clock.
//
//     Ticks ticks{start, period};
//     while (true) {
//         co_await sleep_until(ticks.next());
//         ...
//         ticks.pass(now());
//     }
#pragma once

#include "axon/time.hpp"

namespace kamaelia {

/// Always at the start and a whole number of periods.
class Ticks {
public:
    /// The first is at `start`; `period` is more than 0.
    Ticks(axon::Time start, axon::Duration period) noexcept;

    [[nodiscard]] axon::Time next() const noexcept { return next_; }
    /// Goes on to the one after next(), or to the first that is not before `now`.
    void pass(axon::Time now) noexcept;

private:
    axon::Time next_;
    axon::Duration period_;
};

} // namespace kamaelia
