#include "server/daemon.hpp"

#include "axon/combine.hpp"
#include "axon/system.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"
#include "kamaelia/protocol/rtsp/rtsp_session.hpp"
#include "server/admin/scheduler_values.hpp"
#include "server/compose.hpp"
#include "server/media_check.hpp"
#include "server/media_watch.hpp"
#include "server/systemd_notifier.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace server {

Daemon::Daemon(const Config& config, Listeners& listeners, axon::Heartbeats& heartbeats, bool& failed,
               unsigned worker)
    : worker_{worker}, heartbeats_{heartbeats}, drain_timeout_{config.drain_timeout}, failed_{failed} {
    if (listeners.workers() > 1) set_label("worker-" + std::to_string(worker + 1));
    child<axon::Heartbeat>(heartbeats, worker);
    link(signal_source_.outbox, signals_);
    for (std::size_t i = 0; i < config.servers.size(); ++i) {
        const auto& server = config.servers[i];
        auto& added = child<kamaelia::SimpleServer>(
            listeners.take(i, worker), [protocol = server.protocol] { return compose_checked(protocol); });
        added.set_label(server.name);
        servers_.push_back(&added);
    }
    child<admin::SchedulerValues>();
    if (worker == 0) add_what_is_there_once(config, listeners, heartbeats);
}

void Daemon::add_what_is_there_once(const Config& config, Listeners& listeners,
                                    axon::Heartbeats& heartbeats) {
    for (const auto& graph : config.graphs) {
        auto& added = child<kamaelia::Supervisor>([graph = graph.graph] { return compose_checked(graph); },
                                                  graph.restart);
        added.set_label(graph.name);
        graphs_.push_back(&added);
    }
    if (auto sockets = listeners.take_admin(); !sockets.empty()) {
        admin_ = &child<admin::Admin>(std::move(sockets), heartbeats);
        admin_->set_label("admin");
    }
    std::vector<std::filesystem::path> media;
    for (auto& use : media_uses(config)) media.push_back(std::move(use.directory));
    if (!media.empty()) child<MediaWatch>(std::move(media)).set_label("media");
    link(draining_, child<SystemdNotifier>(heartbeats, listeners.serves()).draining);
}

bool Daemon::is_end(int signal) const {
    if (signal != SIGHUP) return true;
    if (worker_ == 0)
        log(axon::LogLevel::warning,
            "SIGHUP: this version cannot reload its configuration; nothing has changed");
    return false;
}

void Daemon::note_end(const axon::ChildEnded& ended) {
    if (std::ranges::find(servers_, ended.child) != servers_.end()) --servers_running_;
    if (std::ranges::find(graphs_, ended.child) == graphs_.end()) return;
    --graphs_running_;
    if (ended.how == axon::Ending::failed) graph_failed_ = true;
}

// Until a child has ended, or the time has come, or a signal asks for the end: then it is false.
axon::Task<bool> Daemon::goes_on(axon::Time until) {
    switch (co_await axon::first_of(signals_.receive(), ended_.receive(), sleep_until(until))) {
    case 0: {
        const auto signal = signals_.try_receive();
        co_return signal && !is_end(*signal);
    }
    case 1: note_end(*ended_.try_receive()); co_return true;
    default: co_return true;
    }
}

// The other workers, which it cannot be told by a message. False when a signal has cut it short.
axon::Task<bool> Daemon::others_have_ended() {
    constexpr axon::Duration between_looks = std::chrono::milliseconds{50};
    while (heartbeats_.ended() + 1 < heartbeats_.schedulers()) {
        if (!co_await goes_on(now() + between_looks)) co_return false;
    }
    co_return true;
}

axon::Task<> Daemon::main() {
    const kamaelia::RTPValues rtp_totals{cat()};
    const auto no_sessions = kamaelia::rtsp_sessions(cat());
    servers_running_ = servers_.size();
    graphs_running_ = graphs_.size();
    while (servers_.empty() ? graphs_running_ > 0 : servers_running_ > 0) {
        if (!co_await goes_on()) {
            (void)co_await axon::within(*this, drain_timeout_, drain());
            co_return;
        }
    }
    if (!servers_.empty() || graph_failed_) {
        failed_ = true;
        throw std::runtime_error{servers_.empty() ? "a graph has failed, and none is left"
                                                  : "no server is left"};
    }
}

// Until all have ended, or a second signal says that it has taken long enough. Graphs may feed those who
// are still listening, so they come last.
axon::Task<> Daemon::drain() {
    if (worker_ == 0) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(drain_timeout_).count();
        system().log().write(axon::LogLevel::info, "",
                             "stopping: connections have " + std::to_string(seconds) + " s to end");
        if (admin_) admin_->set_draining();
        (void)draining_.try_send(axon::Duration{drain_timeout_});
    }
    for (auto* server : servers_) shut_down(*server);
    while (servers_running_ > 0) {
        if (!co_await goes_on()) co_return;
    }
    if (worker_ == 0 && !co_await others_have_ended()) co_return;
    for (auto* graph : graphs_) shut_down(*graph);
    while (graphs_running_ > 0) {
        if (!co_await goes_on()) co_return;
    }
}

} // namespace server
