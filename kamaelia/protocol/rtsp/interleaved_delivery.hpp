// InterleavedDelivery: RTP and RTCP between the messages of an RTSP connection (RFC 2326 10.12).
#pragma once

#include "axon/bytes.hpp"
#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "axon/value.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/protocol/rtp/stream_clock.hpp"
#include "kamaelia/protocol/rtsp/transport.hpp"

#include <cstdint>
#include <string_view>

namespace kamaelia {

/// `$`, the channel, the length and the data, in one piece. Of data, at most 65535 bytes.
[[nodiscard]] axon::Bytes interleaved(std::uint8_t channel, std::string_view header, std::string_view data);

/// Holds up nobody: where the client is slow, packets of RTP wait here, and those that are `patience` behind
/// the stream's clock, or too many for the inbox, are dropped whole. That bounds what the client hears late
/// as long as what takes the frames holds few of them, see limit_backlog(). Ends when `rtcp` ends.
class InterleavedDelivery final : public axon::Component {
public:
    struct Limits {
        axon::Duration patience;    ///< packets that are so late are dropped
        std::uint32_t room = least; ///< bytes of packets that wait; more than are sent ahead of their time
    };
    static constexpr std::uint32_t least = 128 * 1024;

    /// The clock, by which the packets were stamped, outlives it.
    InterleavedDelivery(rtsp::ChannelPair channels, const rtp::StreamClock& clock, const Limits& limits)
        : rtp{*this, "rtp", {.capacity = 0, .bytes = limits.room, .overflow = axon::Overflow::drop_oldest}},
          channels_{channels},
          clock_{clock},
          patience_{limits.patience} {}

    axon::Inbox<Datagram> rtp;
    axon::Inbox<Datagram> rtcp{*this, "rtcp"};
    axon::Outbox<axon::Bytes> outbox{*this, "outbox"};

    /// Since when the connection takes nothing; the end of all time while it does.
    [[nodiscard]] axon::Time stuck_since() const noexcept { return stuck_since_; }
    /// Packets.
    [[nodiscard]] std::uint64_t dropped() const noexcept { return late_ + rtp.dropped(); }

private:
    struct Frame {
        axon::Bytes bytes;
        axon::Time late_at = axon::Time::max(); ///< from then on it is of no use
    };

    axon::Task<> main() override;
    [[nodiscard]] Frame next();
    [[nodiscard]] Frame report();
    axon::Task<> send(Frame frame, axon::Value<std::uint64_t>& counter);

    rtsp::ChannelPair channels_;
    const rtp::StreamClock& clock_;
    axon::Duration patience_;
    axon::Time stuck_since_ = axon::Time::max();
    std::uint64_t late_ = 0;
};

} // namespace kamaelia
