// UDPTransceiver: datagrams out of and into one UDP socket.
//
//     auto& udp = child<UDPTransceiver>(Network::of(system()).open_datagrams(address));
//     link(udp.outbox, heard_);                       // what comes, with whom it comes from
//     link(to_send_, udp.inbox);
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/internet/datagram_socket.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace kamaelia {

/// What has gathered on `inbox` by its turn leaves in few calls to the kernel; where the kernel takes no
/// more, senders wait. A datagram that the kernel refuses, for its peer or its size, is lost, as it could be
/// on the way, and counted; and so is one that comes while the receiver has no room: neither way waits for
/// the other. Ends with its input.
class UDPTransceiver final : public axon::Filter<Datagram, Datagram> {
public:
    explicit UDPTransceiver(std::unique_ptr<DatagramSocket> socket);

    /// Where it is bound, with the real port.
    [[nodiscard]] Address address() const { return socket_->address(); }
    /// Datagrams that the kernel has refused.
    [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }

private:
    /// Datagrams that are handed to the kernel, or taken from it, in one turn.
    static constexpr std::size_t most_in_a_turn = 64;
    /// Datagrams on `inbox`: what many senders have to say at one time.
    static constexpr std::uint32_t most_waiting = 1024;

    axon::Task<> main() override;
    void gather();
    [[nodiscard]] bool transmit();
    [[nodiscard]] bool hear();

    std::unique_ptr<DatagramSocket> socket_;
    std::vector<Datagram> batch_; ///< on their way out
    std::uint64_t refused_ = 0;
};

} // namespace kamaelia
