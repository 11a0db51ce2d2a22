// Connection: one client of a server: its socket's adapter and the protocol that speaks with it.
#pragma once

#include "axon/composite.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/internet/connected_socket_adapter.hpp"
#include "kamaelia/internet/tcp_server.hpp"

namespace kamaelia {

/// Links what a connection brings and takes to the `inbox` and `outbox` of a protocol, where it has them.
void link_protocol(ConnectedSocketAdapter& adapter, axon::Component& protocol);

/// The protocol's end closes the connection after all was sent; a connection that dies stops the protocol.
/// A Shutdown reaches only those components of a protocol that take control: they can end between two
/// requests. Any other goes on to its own end.
class Connection final : public axon::Composite {
public:
    Connection(Accepted accepted, const ProtocolFactory& protocol);

private:
    axon::Task<> main() override;
    void child_has_ended(axon::Component& child) override;
    void control_arrived(const axon::Signal& news) override;

    ProtocolFactory make_protocol_;
    ConnectedSocketAdapter& adapter_;
    axon::Component* protocol_ = nullptr;
    bool asked_to_end_ = false;
};

} // namespace kamaelia
