// TimerWheel: pending timers in slots by due time, so that a million of them cost nothing until due.
//
// A tick is 131 us. The first ring has a slot for each of the next 1,024 ticks, so that a timer due within
// the tenth of a second stays where it was put. A slot of each of the seven rings of 64 above is as wide as
// the whole ring below; its timers fall when it comes up.
#pragma once

#include "axon/time.hpp"
#include "axon/timer.hpp"
#include "axon/timer_ring.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace axon {

class TimerWheel {
public:
    explicit TimerWheel(Time now);
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;

    /// Fires at the first expire() at or after `due`, never before. A pending timer is set anew. Throws
    /// std::bad_alloc.
    void start(Timer& timer, Time due);
    /// Fires what is due by `now`. Timers may start and cancel timers meanwhile.
    void expire(Time now);
    /// No timer is due before this; empty when there are none.
    [[nodiscard]] std::optional<Time> next() const noexcept;

private:
    using Slot = Timer::Slot;
    using Entry = Timer::Entry;

    void insert(Timer& timer);
    void expire_slot(TimerRing& ring, Time now);
    void fire(std::span<const Entry> entries, Time now);
    /// Of all rings, if it begins by `last`, or perhaps later; of two that begin together the wider one.
    [[nodiscard]] std::optional<TimerRing::Next> next_slot(std::uint64_t last) const noexcept;

    std::uint64_t now_;  ///< ticks
    std::uint64_t last_; ///< up to where expire() is going; now_ otherwise
    std::vector<TimerRing> rings_;
    Slot expiring_{.entries = {}, .expiring = true};
};

} // namespace axon
