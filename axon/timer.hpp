// Timer: something due at a time, as a TimerWheel has it.
#pragma once

#include "axon/time.hpp"

#include <cstdint>
#include <vector>

namespace axon {

/// Cancelled by its destructor.
class Timer {
public:
    Timer() = default;
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    [[nodiscard]] Time due() const noexcept { return due_; }
    [[nodiscard]] bool pending() const noexcept { return slot_ != nullptr; }
    void cancel() noexcept;

protected:
    ~Timer() { cancel(); }

private:
    friend class TimerWheel;
    friend class TimerRing;
    /// Due times stand beside the timers, which are seldom in the processor's caches.
    struct Entry {
        Time due;
        Timer* timer; ///< null: cancelled while its slot expires
    };
    struct Slot {
        std::vector<Entry> entries;
        bool expiring = false; ///< entries keep their places
    };

    /// The time has come; it is no longer pending.
    virtual void fire() = 0;
    /// It fires now, and others with it: may prefetch() what it will touch, so that what all of them touch is
    /// fetched at once. The second of these calls finds fetched what the first one asked for.
    virtual void fetch() noexcept {}
    virtual void fetch_more() noexcept {}

    Slot* slot_ = nullptr;
    std::uint32_t index_ = 0; ///< there
    Time due_;
};

} // namespace axon
