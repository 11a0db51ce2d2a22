#include "axon/timer_wheel.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace axon {
namespace {

template <class Link>
void append(Link& list, Link& link) noexcept {
    link.next = &list;
    link.previous = list.previous;
    list.previous->next = &link;
    list.previous = &link;
}

template <class Link>
void reset(Link& list) noexcept {
    list.next = list.previous = &list;
}

template <class Link>
void take_out(Link& link) noexcept {
    link.next->previous = link.previous;
    link.previous->next = link.next;
    link.next = link.previous = nullptr;
}

} // namespace

void Timer::cancel() noexcept {
    if (pending()) take_out(link_);
}

TimerWheel::TimerWheel(Time now) noexcept : now_{tick_of(now)}, last_{now_} {
    for (auto& level : slots_) std::ranges::for_each(level, [](Link& slot) { reset(slot); });
}

std::uint64_t TimerWheel::tick_of(Time time) noexcept {
    return static_cast<std::uint64_t>(time.time_since_epoch().count()) >> tick_bits;
}

Timer& TimerWheel::timer_of(Link& link) noexcept {
    // The link is a member of the Timer; there is no other way back that does not cost a pointer each.
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Winvalid-offsetof\"");
    return *reinterpret_cast<Timer*>(reinterpret_cast<std::byte*>(&link) - offsetof(Timer, link_));
    _Pragma("clang diagnostic pop");
}

unsigned TimerWheel::index(int level) const noexcept {
    return static_cast<unsigned>(now_ >> (slot_bits * level)) & 63U;
}

void TimerWheel::start(Timer& timer, Time due) noexcept {
    timer.cancel();
    timer.due_ = due;
    insert(timer);
}

void TimerWheel::insert(Timer& timer) noexcept {
    const auto due = tick_of(timer.due_);
    const auto tick = due > now_ ? due : last_; // the slot of now_ has had its turn
    const auto differs = tick ^ now_;
    const auto level = differs == 0 ? 0 : (63 - std::countl_zero(differs)) / slot_bits;
    const auto slot = static_cast<unsigned>(tick >> (slot_bits * level)) & 63U;
    occupied_[static_cast<std::size_t>(level)] |= std::uint64_t{1} << slot;
    append(slots_[static_cast<std::size_t>(level)][slot], timer.link_);
}

TimerWheel::Link* TimerWheel::advance(std::uint64_t last) noexcept {
    for (int level = 0; level < levels; ++level) {
        auto& occupied = occupied_[static_cast<std::size_t>(level)];
        const auto here = index(level);
        const auto later = here == 63 ? 0 : occupied & (~std::uint64_t{0} << (here + 1));
        if (later == 0) continue;
        const auto slot = static_cast<unsigned>(std::countr_zero(later));
        const auto shift = slot_bits * level;
        const auto block = (now_ >> (shift + slot_bits)) << (shift + slot_bits);
        const auto start = block + (static_cast<std::uint64_t>(slot) << shift);
        if (start > last) break;
        now_ = start;
        occupied &= ~(std::uint64_t{1} << slot);
        return &slots_[static_cast<std::size_t>(level)][slot];
    }
    return nullptr;
}

// Fires the due ones; the others go where they belong as seen from now_.
void TimerWheel::expire_slot(Link& slot, Time now) {
    if (slot.next == &slot) return;
    Link pending;
    reset(pending);
    std::swap(pending.next, slot.next);
    std::swap(pending.previous, slot.previous);
    pending.next->previous = pending.previous->next = &pending;
    reset(slot);
    while (pending.next != &pending) {
        auto& timer = timer_of(*pending.next);
        take_out(timer.link_);
        if (tick_of(timer.due_) <= now_ && timer.due_ <= now) {
            timer.fire();
        } else {
            insert(timer);
        }
    }
}

void TimerWheel::expire(Time now) {
    last_ = std::max(now_, tick_of(now));
    expire_slot(slots_[0][index(0)], now);
    while (auto* slot = advance(last_)) expire_slot(*slot, now);
    now_ = last_;
}

std::optional<Time> TimerWheel::next() const noexcept {
    for (int level = 0; level < levels; ++level) {
        const auto here = index(level);
        auto later = occupied_[static_cast<std::size_t>(level)] & (~std::uint64_t{0} << here);
        if (level > 0) later &= ~(std::uint64_t{1} << here);
        for (; later != 0; later &= later - 1) {
            const auto slot = static_cast<unsigned>(std::countr_zero(later));
            const auto& list = slots_[static_cast<std::size_t>(level)][slot];
            if (list.next == &list) continue; // all of them were cancelled
            const auto shift = slot_bits * level;
            if (level > 0) {
                const auto block = (now_ >> (shift + slot_bits)) << (shift + slot_bits);
                const auto tick = block + (static_cast<std::uint64_t>(slot) << shift);
                return Time{Duration{static_cast<Duration::rep>(tick << tick_bits)}};
            }
            auto earliest = Time::max();
            for (auto* link = list.next; link != &list; link = link->next) {
                earliest = std::min(earliest, timer_of(*link).due_);
            }
            return earliest;
        }
    }
    return std::nullopt;
}

} // namespace axon
