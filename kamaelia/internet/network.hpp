// Network: what opens sockets and looks names up, so that a test can have one of its own.
//
//     auto& network = kamaelia::Network::of(system());
//     SimpleServer server{{network.listen(address)}, protocol};
#pragma once

#include "axon/network.hpp"
#include "axon/system.hpp"
#include "kamaelia/internet/address.hpp"
#include "kamaelia/internet/datagram_socket.hpp"
#include "kamaelia/internet/listening_socket.hpp"

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

namespace kamaelia {

/// Whatever runs in a System asks it, and nobody else, for a name or for a socket.
class Network : public axon::Network {
public:
    /// What the System was made with; the operating system's where that is nothing. Throws std::bad_cast
    /// when it was made with something that is no kamaelia::Network.
    static Network& of(const axon::System& system);
    /// The operating system's.
    static Network& kernel() noexcept;

    /// Opens a socket there; port 0 is any free one. Throws std::system_error naming the address.
    [[nodiscard]] virtual ListeningSocket listen(const Address& address) = 0;
    /// Opens a UDP socket there; port 0 is any free one. Throws std::system_error naming the address.
    [[nodiscard]] virtual std::unique_ptr<DatagramSocket> open_datagrams(const Address& address) = 0;
    /// A literal or a name; the error says what was expected or what is wrong with the name. Blocks: on a
    /// running scheduler it belongs into offload().
    [[nodiscard]] virtual std::expected<Address, std::string> resolve(const std::string& host,
                                                                      std::uint16_t port) = 0;
};

} // namespace kamaelia
