// RTPPorts: the pair of UDP sockets through which all RTP sessions of a worker go.
//
//     axon::Outbox<Datagram> rtp{*this, "rtp"};
//     axon::Outbox<Datagram> rtcp{*this, "rtcp"};
//     axon::Outbox<RTCPClient> clients{*this, "clients"};
//     const auto ports = RTPPorts::link(*this, {rtp, rtcp, clients}, ends.local, 6970);   // finds them, or
//     opens clients.try_send({.ssrc = ssrc, .peer = peers_rtcp, .reports = axon::Sender<Bytes>{reports}});
#pragma once

#include "axon/bytes.hpp"
#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "kamaelia/internet/udp_transceiver.hpp"
#include "kamaelia/protocol/rtp/port_pair.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace kamaelia {

/// Somebody who is to hear the RTCP that comes from his client.
struct RTCPClient {
    std::uint32_t ssrc;                  ///< of what is sent to the client: its reports name it
    Address peer;                        ///< where the client's RTCP comes from
    axon::Sender<axon::Bytes> reports{}; ///< cut: he is gone
};

/// One for each worker, address of ours and first port that is wanted, offered in the worker's CAT, as long
/// as somebody is linked to it. What comes to the RTCP port goes to whose client has sent it: by its host and
/// the SSRC that its first report is on, also where a NAT has changed the port, or, where that is on none of
/// ours, by its address. Of several clients at one address, of whom all but one are stale, the last has that.
/// All else, and all that comes to the RTP port, is junk and forgotten. What it costs does not depend on how
/// many clients there are.
class RTPPorts final : public axon::Component {
public:
    /// What leads to it.
    struct Boxes {
        axon::Outbox<Datagram>& rtp;
        axon::Outbox<Datagram>& rtcp;
        axon::Outbox<RTCPClient>& clients;
    };

    /// Links them to the ports at `local`, whose own port does not count, and says which those are. If there
    /// are none yet they are opened: `first` (even; 0: any) and the one above it, or one of the hundred pairs
    /// behind that is free, and the log says which. Throws std::system_error when there is none.
    static rtp::PortPair link(axon::Component& user, const Boxes& boxes, const Address& local,
                              std::uint16_t first);

    RTPPorts(std::unique_ptr<DatagramSocket> rtp, std::unique_ptr<DatagramSocket> rtcp);

    [[nodiscard]] rtp::PortPair ports() const noexcept { return ports_; }
    /// Who may be reported to; some of them may have gone.
    [[nodiscard]] std::size_t clients() const noexcept { return by_stream_.size(); }

private:
    class Needed;
    using Reports = axon::Sender<axon::Bytes>;
    using Stream =
        std::pair<std::string, std::uint32_t>; ///< the client's host, and the SSRC of what it hears

    axon::Task<> main() override;
    void tell(const Address& local, std::uint16_t wanted) const;
    void add(RTCPClient client);
    void dispatch(const Datagram& datagram);
    [[nodiscard]] Reports* by_what_it_names(const Datagram& datagram);
    [[nodiscard]] Reports* last_from(const std::string& peer);

    rtp::PortPair ports_;
    UDPTransceiver& rtp_;
    UDPTransceiver& rtcp_;
    axon::Inbox<RTCPClient> clients_{*this, "clients"};
    axon::Inbox<Datagram> heard_{*this, "heard", {.capacity = 256}};
    std::multimap<Stream, Reports> by_stream_;     ///< who is gone among them, up to twice those who are not
    std::multimap<std::string, Reports*> by_peer_; ///< the same by their addresses, the newest last
    std::size_t tidy_at_ = 0; ///< so many: to look for each that is gone costs all who join
};

} // namespace kamaelia
