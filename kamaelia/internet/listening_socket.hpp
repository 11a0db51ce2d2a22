// A bound and listening stream socket: opened before anything starts, so that a refusal stops the start.
#pragma once

#include "kamaelia/internet/address.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <optional>
#include <utility>

namespace kamaelia {

class ListeningSocket {
public:
    /// Binds and listens, with address reuse and the longest queue the kernel allows; a stale Unix socket
    /// is replaced. Connections inherit TCP_NODELAY and a keepalive that finds an idle client that has
    /// vanished in two minutes. Throws std::system_error naming the address.
    explicit ListeningSocket(const Address& address) : ListeningSocket{address, {}} {}
    /// As above, but address() says that it listens at `shown`, as a test's network has it.
    ListeningSocket(const Address& address, const std::optional<Address>& shown);
    ~ListeningSocket() { close(); }
    ListeningSocket(ListeningSocket&&) noexcept = default;
    ListeningSocket& operator=(ListeningSocket&&) noexcept = delete;

    /// Another one at the same address, for another worker: the kernel spreads the connections among them.
    /// The first was bound alone, so an address that somebody else has is refused however many there are to
    /// be. A Unix socket's path is the first one's alone to remove. Throws std::system_error naming the
    /// address.
    [[nodiscard]] ListeningSocket twin();

    [[nodiscard]] int get() const noexcept { return descriptor_.get(); }
    /// Takes no more connections, and removes a Unix socket's path.
    void close() noexcept;
    /// Where it listens, with the real port where 0 was asked for.
    [[nodiscard]] Address address() const noexcept {
        return shown_ ? *shown_ : Address::of_socket(descriptor_.get());
    }

private:
    ListeningSocket(Descriptor descriptor, const std::optional<Address>& shown) noexcept
        : descriptor_{std::move(descriptor)}, shown_{shown} {}

    Descriptor descriptor_;
    std::optional<Address> shown_;
    bool has_path_ = false; ///< its own to remove
};

} // namespace kamaelia
