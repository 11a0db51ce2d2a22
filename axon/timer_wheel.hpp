// TimerWheel: pending timers in slots by due time, so that a million of them cost nothing until due.
//
// Eight levels of 64 slots; a slot of level n is 64^n ticks wide, a tick is 131 us. A timer starts in
// the level where its due time differs from now and falls a level each time its slot comes up.
#pragma once

#include "axon/time.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace axon {

class TimerWheel;

/// Something due at a time. Cancelled by its destructor.
class Timer {
public:
    Timer() = default;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    [[nodiscard]] Time due() const noexcept { return due_; }
    [[nodiscard]] bool pending() const noexcept { return link_.next != nullptr; }
    void cancel() noexcept;

protected:
    ~Timer() { cancel(); }

private:
    friend class TimerWheel;
    struct Link {
        Link* next = nullptr;
        Link* previous = nullptr;
    };

    /// The time has come; it is no longer pending.
    virtual void fire() = 0;

    Link link_;
    Time due_;
};

class TimerWheel {
public:
    explicit TimerWheel(Time now) noexcept;
    TimerWheel(const TimerWheel&) = delete;
    TimerWheel& operator=(const TimerWheel&) = delete;

    /// Fires at the first expire() at or after `due`, never before. A pending timer is set anew.
    void start(Timer& timer, Time due) noexcept;
    /// Fires what is due by `now`. Timers may start and cancel timers meanwhile.
    void expire(Time now);
    /// No timer is due before this; empty when there are none.
    [[nodiscard]] std::optional<Time> next() const noexcept;

private:
    using Link = Timer::Link;
    static constexpr int levels = 8;
    static constexpr int slot_bits = 6;
    static constexpr int tick_bits = 17;

    [[nodiscard]] static std::uint64_t tick_of(Time time) noexcept;
    [[nodiscard]] static Timer& timer_of(Link& link) noexcept;
    [[nodiscard]] unsigned index(int level) const noexcept;
    void insert(Timer& timer) noexcept;
    void expire_slot(Link& slot, Time now);
    /// The next slot that comes up after now_ at or before `last`: moves now_ there.
    Link* advance(std::uint64_t last) noexcept;

    std::uint64_t now_;                            ///< ticks
    std::uint64_t last_;                           ///< up to where expire() is going; now_ otherwise
    std::array<std::uint64_t, levels> occupied_{}; ///< a bit a slot; may be set for an empty one
    std::array<std::array<Link, 1U << slot_bits>, levels> slots_;
};

} // namespace axon
