#include "axon/timer_ring.hpp"

#include <bit>

namespace axon {
namespace {

constexpr std::size_t word_bits = 64;

std::uint64_t bit(std::size_t slot) noexcept { return std::uint64_t{1} << slot % word_bits; }

} // namespace

TimerRing::TimerRing(int shift, int bits)
    : shift_{shift}, slots_(std::size_t{1} << bits), occupied_(slots_.size() / word_bits) {}

Timer::Slot& TimerRing::occupy(std::uint64_t tick) noexcept {
    const auto slot = index(tick >> shift_);
    occupied_[slot / word_bits] |= bit(slot);
    return slots_[slot];
}

Timer::Slot& TimerRing::vacate(std::uint64_t tick) noexcept {
    const auto slot = index(tick >> shift_);
    occupied_[slot / word_bits] &= ~bit(slot);
    return slots_[slot];
}

std::optional<TimerRing::Next> TimerRing::next(std::uint64_t now, std::uint64_t last) const noexcept {
    if (now >> shift_ == last >> shift_) return std::nullopt;
    const auto stretch = (now >> shift_) + 1;
    const auto first = index(stretch);
    auto word = first / word_bits;
    auto bits = occupied_[word] & ~(bit(first) - 1);
    for (std::size_t i = 0; i <= occupied_.size(); ++i) { // the first word twice: it began in its midst
        for (; bits != 0; bits &= bits - 1) {
            const auto slot = word * word_bits + static_cast<std::size_t>(std::countr_zero(bits));
            if (slots_[slot].entries.empty()) continue; // all of them were cancelled
            return Next{(stretch + index(slot - first)) << shift_, std::uint64_t{1} << shift_, &slots_[slot]};
        }
        word = (word + 1) % occupied_.size();
        bits = occupied_[word];
    }
    return std::nullopt;
}

} // namespace axon
