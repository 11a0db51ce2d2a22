#include "kamaelia/protocol/rtp/stream_clock.hpp"

#include <chrono>

namespace kamaelia::rtp {
namespace {

constexpr std::int64_t nanoseconds_a_second = 1'000'000'000;

// Exact, and of any length that a file has: the seconds and the rest apart.
axon::Duration duration_of(std::int64_t samples, std::uint32_t rate) noexcept {
    return std::chrono::seconds{samples / rate} +
           axon::Duration{samples % rate * nanoseconds_a_second / rate};
}

std::int64_t samples_of(axon::Duration duration, std::uint32_t rate) noexcept {
    const auto whole = std::chrono::floor<std::chrono::seconds>(duration);
    const auto rest = axon::Duration{duration - whole}.count();
    return whole.count() * rate + rest * rate / nanoseconds_a_second;
}

} // namespace

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
    return begun_ + duration_of(timestamp - begin_, settings_.rate) - settings_.lead;
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
    return base_ + static_cast<std::uint32_t>(samples_of(time - begun_, settings_.rate));
}

} // namespace kamaelia::rtp
