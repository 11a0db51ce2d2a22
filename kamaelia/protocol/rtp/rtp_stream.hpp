// RTPStream: payloads as packets of one RTP stream, each at its time.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/protocol/rtp/payload.hpp"
#include "kamaelia/protocol/rtp/rtp_packet.hpp"
#include "kamaelia/protocol/rtp/stream_clock.hpp"

#include <cstdint>

namespace kamaelia {

/// What a PLAY begins with, before the first packet leaves.
struct RTPBegun {
    std::int64_t timestamp; ///< samples: of the first payload
    std::uint16_t sequence; ///< of its packet
    std::uint32_t rtp_time; ///< of its first sample
};

/// The answer to RTPBegun: the client has been told, and may hear it.
struct RTPGo {};

/// Says by `begun` what will be sent, waits for a `go`, because players forget what comes before they are
/// told, and sends from then on each payload when it is due by the clock, never before, and one that is late
/// at once. Ends when its input ends, once the last packet has lasted.
class RTPStream final : public axon::Filter<rtp::Payload, rtp::RtpPacket> {
public:
    /// The clock outlives it, and goes on with what is played next.
    explicit RTPStream(rtp::StreamClock& clock) noexcept : clock_{clock} {}

    axon::Inbox<RTPGo> go{*this, "go"};
    axon::Outbox<RTPBegun> begun{*this, "begun"};

    /// Samples: where the next packet would begin, which is where to go on after a pause.
    [[nodiscard]] std::int64_t position() const noexcept { return position_; }

private:
    axon::Task<> main() override;

    rtp::StreamClock& clock_;
    std::int64_t position_ = 0;
};

} // namespace kamaelia
