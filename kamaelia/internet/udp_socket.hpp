// UDPSocket: the operating system's DatagramSocket.
#pragma once

#include "kamaelia/internet/datagram_socket.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <sys/socket.h>

namespace kamaelia {

/// Bound, not connected: one serves any number of peers.
class UDPSocket final : public DatagramSocket {
public:
    /// Port 0 is any free one. Throws std::system_error naming the address.
    explicit UDPSocket(const Address& address);
    ~UDPSocket() override { forget(); }

    using DatagramSocket::receive;
    [[nodiscard]] Sent send(std::span<const Datagram> datagrams) noexcept override;
    [[nodiscard]] std::expected<Datagram, std::error_code> receive(std::span<char> room) override;
    [[nodiscard]] Address address() const override { return Address::of_socket(descriptor_.get()); }

private:
    /// At most so many go in one call to the kernel.
    static constexpr std::size_t most_at_once = 64;

    [[nodiscard]] int descriptor() const noexcept override { return descriptor_.get(); }
    /// How many of at most `most_at_once` the kernel took, which is at least one; or -1 and errno.
    [[nodiscard]] int transmit(std::span<msghdr> messages) noexcept;
    [[nodiscard]] Sent send_some(std::span<const Datagram> datagrams) noexcept;

    Descriptor descriptor_;
};

} // namespace kamaelia
