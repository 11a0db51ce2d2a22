// RTPSender: payloads as packets of one RTP stream, each at its time, to all who hear it.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/protocol/rtp/payload.hpp"
#include "kamaelia/protocol/rtp/rtp_receivers.hpp"
#include "kamaelia/protocol/rtp/stream_clock.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace kamaelia {

/// What a PLAY begins with, before the first packet leaves.
struct RTPBegun {
    std::int64_t timestamp; ///< samples: of the first payload
};

/// The answer to RTPBegun: the client has been told, and may hear it.
struct RTPGo {
    /// Samples: payloads that begin before are not sent.
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    /// With what the clock tells the times of already: they stay what they are.
    bool goes_on = false;
};

/// Says by `begun` what will be sent, waits for a `go`, because players forget what comes before they are
/// told, and sends from then on each payload when it is due by the clock, at most a millisecond before, and
/// one that is late at once. All receivers get the same packets, with the same SSRC, sequence numbers and
/// timestamps, and share the payload's bytes. `outbox` leads to the ports through which the datagrams of
/// those who hear it by UDP go. Ends when its input ends, once the last packet has lasted.
class RTPSender final : public axon::Filter<rtp::Payload, Datagram> {
public:
    /// The clock outlives it, and goes on with what is played next. Until the `go` it is another's.
    explicit RTPSender(rtp::StreamClock& clock)
        : Filter{axon::InboxOptions{.capacity = most_in_advance, .required = true}}, clock_{clock} {}

    axon::Inbox<RTPGo> go{*this, "go"};
    axon::Outbox<RTPBegun> begun{*this, "begun"};

    /// Who joins or leaves while it sends changes nothing for the others.
    [[nodiscard]] RTPReceivers& receivers() noexcept { return receivers_; }

    /// Samples: where the next packet would begin, which is where to go on after a pause.
    [[nodiscard]] std::int64_t position() const noexcept { return position_; }

    void fetch() const noexcept override;

private:
    /// Payloads that are taken at once, so that what makes them is not woken for each.
    static constexpr std::uint32_t most_in_advance = 4;

    axon::Task<> main() override;
    axon::Task<bool> take_more();
    [[nodiscard]] DatagramHeader header_of(const rtp::Payload& payload);

    rtp::StreamClock& clock_;
    RTPReceivers receivers_;
    rtp::Payload next_{};
    std::vector<rtp::Payload> ahead_; ///< behind it, the first one last
    std::int64_t position_ = 0;
};

} // namespace kamaelia
