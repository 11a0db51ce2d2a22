// A bound and listening stream socket: opened before anything starts, so that a refusal stops the start.
#pragma once

#include "kamaelia/internet/address.hpp"
#include "kamaelia/util/descriptor.hpp"

namespace kamaelia {

class ListeningSocket {
public:
    /// Binds and listens, with address reuse and the longest queue the kernel allows; a stale Unix socket
    /// is replaced. Connections inherit TCP_NODELAY and a keepalive that finds an idle client that has
    /// vanished in two minutes. Throws std::system_error naming the address.
    explicit ListeningSocket(const Address& address);
    ~ListeningSocket() { close(); }
    ListeningSocket(ListeningSocket&&) noexcept = default;
    ListeningSocket& operator=(ListeningSocket&&) noexcept = delete;

    [[nodiscard]] int get() const noexcept { return descriptor_.get(); }
    /// Takes no more connections, and removes a Unix socket's path.
    void close() noexcept;
    /// Where it listens, with the real port where 0 was asked for.
    [[nodiscard]] Address address() const noexcept { return Address::of_socket(descriptor_.get()); }

private:
    Descriptor descriptor_;
};

} // namespace kamaelia
