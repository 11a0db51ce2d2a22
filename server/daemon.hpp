// Daemon: the running whole: a server for each one configured, and an end when a signal asks for it.
#pragma once

#include "axon/component.hpp"
#include "axon/ended.hpp"
#include "axon/heartbeat.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/internet/network.hpp"
#include "server/config/config.hpp"
#include "server/signals.hpp"

#include <string>
#include <vector>

namespace server {

/// SIGTERM or SIGINT: no connection is taken any more, those that are there may end by themselves for
/// drain_timeout, then they are stopped; a second one stops them at once.
class Daemon final : public axon::Component {
public:
    /// Opens every socket in `network`. Throws std::system_error naming the address that was refused.
    /// What follows outlives the daemon: `heartbeats`, of its one scheduler, and `failed`, which becomes true
    /// when it ends because no server is left.
    Daemon(const Config& config, kamaelia::Network& network, axon::Heartbeats& heartbeats, bool& failed);

    /// `ready: NAME=URL ...`: each address that is listened on, with the real port where 0 was asked for.
    [[nodiscard]] const std::string& ready_line() const noexcept { return ready_line_; }

private:
    axon::Task<> main() override;
    axon::Task<> drain();
    [[nodiscard]] bool is_end(int signal) const;
    void note_end(const axon::ChildEnded& ended);

    axon::Duration drain_timeout_;
    bool& failed_;
    std::string ready_line_;
    std::size_t running_ = 0; ///< servers that have not ended
    axon::Inbox<int> signals_{*this, "signals"};
    axon::Outbox<axon::Duration> draining_{*this, "draining"};
    axon::EndedBox ended_{*this};
    Signals& signal_source_ = child<Signals>();
    std::vector<kamaelia::SimpleServer*> servers_;
};

} // namespace server
