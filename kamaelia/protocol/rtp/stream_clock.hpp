// StreamClock: the numbers of one RTP stream, and when its packets are due (RFC 3550 5.1; RFC 2326 B).
//
//     StreamClock clock{{.ssrc = ssrc, .sequence = s, .timestamp = t, .rate = 44100}};
//     clock.begin(first.timestamp, now);                       // of each PLAY
//     co_await sleep_until(clock.due(payload.timestamp));
//     write_header(clock.next_header(payload), room);
#pragma once

#include "axon/time.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"
#include "kamaelia/protocol/rtp/payload.hpp"

#include <cstdint>

namespace kamaelia::rtp {

/// Sequence numbers and timestamps go on without a gap from one PLAY to the next, whatever is played, as RFC
/// 2326 B wants it: what is heard is one stream. A deadline is counted from the beginning of its PLAY,
/// exactly, so that nothing drifts.
class StreamClock {
public:
    struct Settings {
        std::uint32_t ssrc;
        std::uint16_t sequence;  ///< of the first packet; random
        std::uint32_t timestamp; ///< of the first sample; random
        std::uint32_t rate;      ///< samples a second, at least 1
        std::uint8_t payload_type = 96;
        axon::Duration burst{}; ///< so much of each PLAY leaves at once
        axon::Duration lead{};  ///< and all of it so much earlier than it is heard
    };

    explicit StreamClock(const Settings& settings) noexcept;

    /// What is sent from here on begins with this sample, and is due from now on. Samples as in Payload.
    void begin(std::int64_t timestamp, axon::Time now) noexcept;
    /// When the packet with this first sample may leave. A whole millisecond of the timeline, so that the
    /// packets of many streams leave together; at most one too early.
    [[nodiscard]] axon::Time due(std::int64_t timestamp) const noexcept;
    /// How long ago what has this timestamp of RTP was to be heard, at the earliest when it began; negative
    /// where it is not yet. What leaves ahead is not late because of that.
    [[nodiscard]] axon::Duration lateness(std::uint32_t rtp_time, axon::Time now) const noexcept;
    /// Of the next packet.
    [[nodiscard]] Header next_header(const Payload& payload) noexcept;

    [[nodiscard]] std::uint16_t sequence() const noexcept { return sequence_; } ///< of the next packet
    /// As RTP has it, of a sample of this PLAY.
    [[nodiscard]] std::uint32_t rtp_time(std::int64_t timestamp) const noexcept;
    /// As RTP has it, of an instant: what a sender report says.
    [[nodiscard]] std::uint32_t rtp_time(axon::Time time) const noexcept;
    [[nodiscard]] std::uint32_t ssrc() const noexcept { return settings_.ssrc; }
    [[nodiscard]] std::uint32_t packets() const noexcept { return packets_; } ///< sent
    [[nodiscard]] std::uint32_t octets() const noexcept { return octets_; }   ///< of payload

private:
    Settings settings_;
    std::uint16_t sequence_;
    std::uint32_t base_; // RTP's timestamp of the sample that a PLAY begins with
    std::uint32_t end_;  // RTP's timestamp behind what was sent
    std::int64_t begin_ = 0;
    axon::Time begun_{};
    std::uint32_t packets_ = 0;
    std::uint32_t octets_ = 0;
};

} // namespace kamaelia::rtp
