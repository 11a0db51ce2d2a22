// InterleavedDelivery: RTP and RTCP between the messages of an RTSP connection (RFC 2326 10.12).
#pragma once

#include "axon/bytes.hpp"
#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "kamaelia/protocol/rtp/rtp_packet.hpp"
#include "kamaelia/protocol/rtsp/transport.hpp"

#include <cstdint>
#include <string_view>

namespace kamaelia {

/// `$`, the channel, the length and the data, in one piece. Of data, at most 65535 bytes.
[[nodiscard]] axon::Bytes interleaved(std::uint8_t channel, std::string_view header, std::string_view data);

/// A client that is slow holds it up. Ends when both inputs have ended.
class InterleavedDelivery final : public axon::Component {
public:
    explicit InterleavedDelivery(rtsp::ChannelPair channels) noexcept : channels_{channels} {}

    axon::Inbox<rtp::RtpPacket> rtp{*this, "rtp"};
    axon::Inbox<axon::Bytes> rtcp{*this, "rtcp"};
    axon::Outbox<axon::Bytes> outbox{*this, "outbox"};

private:
    axon::Task<> main() override;

    rtsp::ChannelPair channels_;
};

} // namespace kamaelia
