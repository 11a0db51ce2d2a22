// Connection: one client of a server: its socket's adapter and the protocol that speaks with it.
#pragma once

#include "axon/composite.hpp"
#include "kamaelia/chassis/connection_ends.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/chassis/server_values.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/internet/connected_socket_adapter.hpp"
#include "kamaelia/internet/tcp_server.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kamaelia {

/// Links what a connection brings and takes to the `inbox` and `outbox` of a protocol, where it has them.
void link_protocol(ConnectedSocketAdapter& adapter, axon::Component& protocol);

/// The protocol's end closes the connection after all was sent; a connection that dies stops the protocol.
/// A Shutdown reaches only those components of a protocol that take control: they can end between two
/// requests. Any other goes on to its own end. Its whole life is one line of the log.
class Connection final : public axon::Composite, public HasEnds {
public:
    /// Counted in `values`, which outlive it, from here to its end.
    Connection(Accepted accepted, const ProtocolFactory& protocol, ServerValues& values);
    ~Connection() override;

    /// For tell_end_reason().
    void hear_reason(EndReason reason) noexcept;
    [[nodiscard]] ConnectionEnds ends() const override;
    void limit_backlog(const Backlog& most) noexcept override { adapter_.limit_backlog(most); }
    void drop_unsent() noexcept override { adapter_.drop_unsent(); }
    void count_sent(std::uint64_t bytes) noexcept override;

private:
    axon::Task<> main() override;
    axon::Task<> close() override;
    void child_has_ended(axon::Component& child) override;
    void control_arrived(const axon::Signal& news) override;
    [[nodiscard]] EndReason reason() const noexcept;

    ProtocolFactory make_protocol_;
    ServerValues& values_;
    std::string peer_;
    axon::Time began_;
    std::uint64_t sent_beside_ = 0; ///< bytes, in datagrams
    ConnectedSocketAdapter& adapter_;
    axon::Component* protocol_ = nullptr;
    std::optional<EndReason> told_;
    bool asked_to_end_ = false;
    bool client_was_first_ = false; ///< it had said that it sends no more before the protocol ended
    bool counts_ = true;            ///< as one that is open
};

} // namespace kamaelia
