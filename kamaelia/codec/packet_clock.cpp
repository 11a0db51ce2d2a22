#include "kamaelia/codec/packet_clock.hpp"

#include <algorithm>

namespace kamaelia {

std::span<const PacketClock::Timed> PacketClock::page(const Page& page) {
    timed_.clear();
    timed_.reserve(page.packets.size());
    std::int64_t samples = 0;
    for (const auto packet : page.packets) {
        const auto duration = durations_.next(packet);
        timed_.push_back({samples, duration});
        samples += duration;
    }
    if (timed_.empty()) return timed_;
    // A link's first packet has no samples by its own count, but joins the last block of the link before.
    const auto joint = joining_ ? timed_.front().duration : 0;
    joining_ = false;
    const auto begin = begin_of(page, samples, joint);
    for (auto& each : timed_) each.timestamp += begin;
    position_ = begin + samples;
    return timed_;
}

std::int64_t PacketClock::begin_of(const Page& page, std::int64_t samples, std::int64_t joint) {
    const auto counted = position_.value_or(0);
    if (!page.granule) return counted;
    if (!base_) { // the last page may cut its end off, any other its beginning
        const auto before = *page.granule - (samples - joint);
        base_ = counted + joint - (page.last ? std::max<std::int64_t>(before, 0) : before);
        return counted;
    }
    if (page.last && position_) return counted;
    const auto begin = *base_ + *page.granule - samples;
    if (!position_) return begin;
    const auto gap = begin - counted;
    return gap > 0 && gap <= longest_gap_seconds * durations_.rate() ? begin : counted;
}

void PacketClock::begin_link() noexcept {
    base_.reset();
    joining_ = position_.has_value();
}

void PacketClock::jump(std::int64_t base, std::optional<std::int64_t> position) noexcept {
    base_ = base;
    position_ = position;
    joining_ = false;
    durations_.reset();
}

} // namespace kamaelia
