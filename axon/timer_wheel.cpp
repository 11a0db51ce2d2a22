#include "axon/timer_wheel.hpp"

#include "axon/prefetch.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <ranges>
#include <utility>

namespace axon {
namespace {

constexpr int tick_bits = 17; // nanoseconds
constexpr int near_bits = 10; // of the first ring, and those of the others
constexpr int far_bits = 6;
constexpr int far_rings = 7;
constexpr std::size_t most_fetched =
    64; // timers: what more of them touch could push out what the first ones need
constexpr std::size_t most_kept = 4096; // entries of room

std::uint64_t tick_of(Time time) noexcept {
    return static_cast<std::uint64_t>(time.time_since_epoch().count()) >> tick_bits;
}

} // namespace

TimerWheel::TimerWheel(Time now) : now_{tick_of(now)}, last_{now_} {
    rings_.reserve(1 + far_rings);
    rings_.emplace_back(0, near_bits);
    for (int i = 0; i < far_rings; ++i) rings_.emplace_back(near_bits + i * far_bits, far_bits);
}

void TimerWheel::start(Timer& timer, Time due) {
    timer.cancel();
    timer.due_ = due;
    insert(timer);
}

void TimerWheel::insert(Timer& timer) {
    const auto due = tick_of(timer.due_);
    const auto tick = due > now_ ? due : last_; // the slot of now_ has had its turn
    const auto beyond = (tick - now_) >> near_bits;
    const auto ring = (std::bit_width(beyond) + far_bits - 1) / far_bits;
    auto& slot = rings_[static_cast<std::size_t>(ring)].occupy(tick);
    slot.entries.push_back({timer.due_, &timer});
    timer.slot_ = &slot;
    timer.index_ = static_cast<std::uint32_t>(slot.entries.size() - 1);
}

// The room of one goes to the next that expires.
void TimerWheel::expire_slot(TimerRing& ring, Time now) {
    auto& slot = ring.vacate(now_);
    if (slot.entries.empty()) return;
    auto& entries = expiring_.entries;
    entries.swap(slot.entries);
    for (const auto& entry : entries) entry.timer->slot_ = &expiring_;
    for (std::size_t at = 0; at < entries.size(); at += most_fetched)
        fire(std::span{entries}.subspan(at, std::min(most_fetched, entries.size() - at)), now);
    entries.clear();
    if (entries.capacity() > most_kept) entries.shrink_to_fit();
}

// The due ones; the others go where they belong as seen from now_.
void TimerWheel::fire(std::span<const Entry> entries, Time now) {
    const auto due = [&](const Entry& entry) {
        return entry.timer && entry.due <= now && tick_of(entry.due) <= now_;
    };
    for (const auto& entry : entries | std::views::filter(due)) entry.timer->fetch();
    for (const auto& entry : entries | std::views::filter(due)) entry.timer->fetch_more();
    for (const auto& entry : entries) {
        auto* const timer = entry.timer;
        if (!timer) continue;
        timer->slot_ = nullptr;
        if (due(entry)) {
            timer->fire();
        } else {
            insert(*timer);
        }
    }
}

void TimerWheel::expire(Time now) {
    last_ = std::max(now_, tick_of(now));
    expire_slot(rings_.front(), now);
    for (auto slot = next_slot(last_); slot && slot->tick <= last_; slot = next_slot(last_)) {
        now_ = slot->tick;
        for (auto& ring : rings_ | std::views::reverse)
            if (ring.has_slot_from(now_)) expire_slot(ring, now);
    }
    now_ = last_;
}

std::optional<TimerRing::Next> TimerWheel::next_slot(std::uint64_t last) const noexcept {
    std::optional<TimerRing::Next> first;
    for (const auto& ring : rings_ | std::views::reverse) {
        const auto next = ring.next(now_, last);
        if (next && (!first || next->tick < first->tick)) first = next;
    }
    return first;
}

std::optional<Time> TimerWheel::next() const noexcept {
    const auto earliest = [](const Slot& slot) {
        return std::ranges::min(slot.entries, {}, &Entry::due).due;
    };
    if (const auto& here = rings_.front().slot_of(now_); !here.entries.empty()) return earliest(here);
    const auto slot = next_slot(std::numeric_limits<std::uint64_t>::max());
    if (!slot) return std::nullopt;
    if (slot->width == 1) return earliest(*slot->slot);
    return Time{Duration{static_cast<Duration::rep>(slot->tick << tick_bits)}};
}

} // namespace axon
