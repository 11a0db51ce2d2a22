// Daemon: the running whole: a server for each one configured, and an end when a signal asks for it.
#pragma once

#include "axon/component.hpp"
#include "axon/ended.hpp"
#include "axon/heartbeat.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/chassis/supervisor.hpp"
#include "server/admin/admin.hpp"
#include "server/config/config.hpp"
#include "server/listeners.hpp"
#include "server/signals.hpp"

#include <string>
#include <vector>

namespace server {

/// SIGTERM or SIGINT: no connection is taken any more, those that are there may end by themselves for
/// drain_timeout, then they are stopped; a second one stops them at once.
class Daemon final : public axon::Component {
public:
    /// What one worker runs: with its sockets, and as the first also with what the process has once, graphs
    /// and the admin listener among it; that one drains until the others have ended. `heartbeats` outlives
    /// the daemon, and so does `failed`, which becomes true when it ends because no server is left or,
    /// without servers, a graph has failed.
    Daemon(const Config& config, Listeners& listeners, axon::Heartbeats& heartbeats, bool& failed,
           unsigned worker = 0);

private:
    axon::Task<> main() override;
    axon::Task<> drain();
    axon::Task<bool> goes_on(axon::Time until = axon::Time::max());
    axon::Task<bool> others_have_ended();
    void add_what_is_there_once(const Config& config, Listeners& listeners, axon::Heartbeats& heartbeats);
    [[nodiscard]] bool is_end(int signal) const;
    void note_end(const axon::ChildEnded& ended);

    unsigned worker_;
    const axon::Heartbeats& heartbeats_;
    axon::Duration drain_timeout_;
    bool& failed_;
    std::size_t servers_running_ = 0; ///< have not ended
    std::size_t graphs_running_ = 0;
    bool graph_failed_ = false;
    axon::Inbox<int> signals_{*this, "signals"};
    axon::Outbox<axon::Duration> draining_{*this, "draining"};
    axon::EndedBox ended_{*this};
    Signals& signal_source_ = child<Signals>();
    std::vector<kamaelia::SimpleServer*> servers_;
    std::vector<kamaelia::Supervisor*> graphs_;
    admin::Admin* admin_ = nullptr; ///< of the first worker, if there is one
};

} // namespace server
