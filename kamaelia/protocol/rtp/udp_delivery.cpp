#include "kamaelia/protocol/rtp/udp_delivery.hpp"

#include <utility>

namespace kamaelia {

UDPDelivery::UDPDelivery(const Address& peer, rtp::PortPair ports)
    : rtp_peer_{peer.with_port(ports.rtp)}, rtcp_peer_{peer.with_port(ports.rtcp)} {}

axon::Task<> UDPDelivery::main() {
    while (!rtp.ended() || !rtcp.ended()) {
        co_await pause();
        while (auto packet = rtp.try_receive())
            co_await to_rtp.send({rtp_peer_, packet->header, std::move(packet->payload)});
        while (auto packet = rtcp.try_receive()) co_await to_rtcp.send({rtcp_peer_, {}, std::move(*packet)});
    }
}

} // namespace kamaelia
