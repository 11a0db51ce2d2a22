// TimerRing: slots of pending timers for stretches of time that follow each other.
#pragma once

#include "axon/timer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace axon {

/// A level of a TimerWheel. It is a ring: the slot of the stretch of now serves the first one beyond its
/// reach, once it is vacated.
class TimerRing {
public:
    using Slot = Timer::Slot;
    struct Next {
        std::uint64_t tick;  ///< its first one
        std::uint64_t width; ///< ticks
        const Slot* slot;
    };

    /// `1 << bits` slots, at least 64, each `1 << shift` ticks wide.
    TimerRing(int shift, int bits);

    [[nodiscard]] const Slot& slot_of(std::uint64_t tick) const noexcept {
        return slots_[index(tick >> shift_)];
    }
    /// That slot, which gets a timer.
    [[nodiscard]] Slot& occupy(std::uint64_t tick) noexcept;
    /// That slot, whose timers are taken out.
    [[nodiscard]] Slot& vacate(std::uint64_t tick) noexcept;
    /// A slot begins with this tick.
    [[nodiscard]] bool has_slot_from(std::uint64_t tick) const noexcept {
        return (tick >> shift_) << shift_ == tick;
    }
    /// The first slot that has timers and begins after `now`; not looked for where none begins by `last`.
    [[nodiscard]] std::optional<Next> next(std::uint64_t now, std::uint64_t last) const noexcept;

private:
    [[nodiscard]] std::size_t index(std::uint64_t stretch) const noexcept {
        return stretch & (slots_.size() - 1);
    }

    int shift_;
    std::vector<Slot> slots_;
    std::vector<std::uint64_t> occupied_; ///< a bit a slot; may be set for an empty one
};

} // namespace axon
