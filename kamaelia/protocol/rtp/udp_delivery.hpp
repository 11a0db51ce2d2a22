// UDPDelivery: RTP and RTCP to the two ports of one client.
#pragma once

#include "axon/bytes.hpp"
#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/protocol/rtp/port_pair.hpp"
#include "kamaelia/protocol/rtp/rtp_packet.hpp"

namespace kamaelia {

/// Ends when both inputs have ended.
class UDPDelivery final : public axon::Component {
public:
    /// To `peer`, whose own port does not count.
    UDPDelivery(const Address& peer, rtp::PortPair ports);

    axon::Inbox<rtp::RtpPacket> rtp{*this, "rtp"};
    axon::Inbox<axon::Bytes> rtcp{*this, "rtcp"};
    axon::Outbox<Datagram> to_rtp{*this, "to_rtp"};
    axon::Outbox<Datagram> to_rtcp{*this, "to_rtcp"};

private:
    axon::Task<> main() override;

    Address rtp_peer_;
    Address rtcp_peer_;
};

} // namespace kamaelia
