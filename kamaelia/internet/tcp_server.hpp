// TCPServer: takes connections from a listening socket.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/address.hpp"
#include "kamaelia/internet/listening_socket.hpp"
#include "kamaelia/internet/selector.hpp"
#include "kamaelia/util/descriptor.hpp"

namespace kamaelia {

/// A connection that was just taken, not blocking.
struct Accepted {
    Descriptor descriptor;
    Address peer;
};

/// Sends each connection on. Ends only when it is told to; the socket closes with it. Without descriptors
/// left it stops taking for a while; it says so once, and once when it has caught up.
class TCPServer final : public axon::Source<Accepted> {
public:
    explicit TCPServer(ListeningSocket socket);

    [[nodiscard]] Address address() const noexcept { return socket_.address(); }

private:
    axon::Task<> main() override;
    axon::Task<> close() override;
    axon::Task<> take_all();

    ListeningSocket socket_;
    axon::Outbox<WatchRequest> requests_{*this, "selector"};
    axon::Inbox<Ready> ready_{*this, "ready"};
    bool exhausted_ = false;
};

} // namespace kamaelia
