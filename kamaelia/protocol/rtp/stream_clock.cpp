#include "kamaelia/protocol/rtp/stream_clock.hpp"

#include "kamaelia/codec/sample_time.hpp"

#include <algorithm>

namespace kamaelia::rtp {
StreamClock::StreamClock(const Settings& settings) noexcept
    : settings_{settings},
      sequence_{settings.sequence},
      base_{settings.timestamp},
      end_{settings.timestamp} {}

void StreamClock::begin(std::int64_t timestamp, axon::Time now) noexcept {
    base_ = end_;
    begin_ = timestamp;
    begun_ = now;
}

axon::Time StreamClock::due(std::int64_t timestamp) const noexcept {
    const auto heard = time_of_samples(timestamp - begin_, settings_.rate);
    const auto wait = heard < settings_.burst ? axon::Duration{} : heard - settings_.lead;
    return std::chrono::floor<std::chrono::milliseconds>(begun_ + wait);
}

axon::Duration StreamClock::lateness(std::uint32_t rtp_time, axon::Time now) const noexcept {
    const auto samples = static_cast<std::int32_t>(this->rtp_time(now) - rtp_time);
    return std::min(time_of_samples(samples, settings_.rate), now - begun_);
}

Header StreamClock::next_header(const Payload& payload) noexcept {
    end_ = rtp_time(payload.timestamp + payload.duration);
    ++packets_;
    octets_ += static_cast<std::uint32_t>(payload.bytes.size());
    return {.payload_type = settings_.payload_type,
            .marker = payload.marker,
            .sequence = sequence_++,
            .timestamp = rtp_time(payload.timestamp),
            .ssrc = settings_.ssrc};
}

std::uint32_t StreamClock::rtp_time(std::int64_t timestamp) const noexcept {
    return base_ + static_cast<std::uint32_t>(timestamp - begin_);
}

std::uint32_t StreamClock::rtp_time(axon::Time time) const noexcept {
    return base_ + static_cast<std::uint32_t>(samples_in(time - begun_, settings_.rate));
}

} // namespace kamaelia::rtp
