// SimpleServer: for each connection a protocol of its own, as in the paper's section 3.3.1.
//
//     system.spawn<SimpleServer>(listeners, [] { return std::make_unique<Echo>(); });
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "kamaelia/chassis/server_values.hpp"
#include "kamaelia/internet/listening_socket.hpp"
#include "kamaelia/internet/tcp_server.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace kamaelia {

/// Makes the component that speaks with one client: bytes from the network arrive on its `inbox`, what it
/// sends on `outbox` goes there. Either box may be missing.
using ProtocolFactory = std::function<std::unique_ptr<axon::Component>()>;

/// A Shutdown stops taking connections and lets those that are there come to their own end. What it counts
/// has its label as `server`; each connection's life is a line of the log.
class SimpleServer final : public axon::Component {
public:
    SimpleServer(std::vector<ListeningSocket> sockets, ProtocolFactory protocol);

    /// Instead of info. Before it starts.
    void log_connections_at(axon::LogLevel level) noexcept { log_level_ = level; }

private:
    axon::Task<> main() override;
    void begin(Accepted connection);

    ProtocolFactory protocol_;
    axon::LogLevel log_level_ = axon::LogLevel::info;
    std::optional<ServerValues> values_; ///< from the first turn on
    std::vector<TCPServer*> listeners_;
    axon::Inbox<Accepted> accepted_{*this, "accepted"};
};

} // namespace kamaelia
