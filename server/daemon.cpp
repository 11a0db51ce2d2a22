#include "server/daemon.hpp"

#include "axon/combine.hpp"
#include "axon/system.hpp"
#include "server/compose.hpp"
#include "server/media_check.hpp"
#include "server/media_watch.hpp"
#include "server/systemd_notifier.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace server {
namespace {

kamaelia::ListeningSocket open_socket(kamaelia::Network& network, const Listen& listen) {
    const auto address = listen.scheme == Listen::Scheme::unix_socket
                             ? kamaelia::Address::unix_path(listen.path.string())
                             : network.resolve(listen.host, listen.port);
    if (!address) {
        throw std::system_error{std::make_error_code(std::errc::address_not_available),
                                "cannot listen on " + show(listen) + ": " + address.error()};
    }
    return network.listen(*address);
}

// As it was configured, with the real port.
std::string url(const Listen& listen, const kamaelia::Address& address) {
    if (address.is_unix()) return "unix://" + address.path();
    return (listen.scheme == Listen::Scheme::http ? "http://" : "tcp://") + address.text();
}

} // namespace

Daemon::Daemon(const Config& config, kamaelia::Network& network, axon::Heartbeats& heartbeats, bool& failed)
    : drain_timeout_{config.drain_timeout}, failed_{failed} {
    child<axon::Heartbeat>(heartbeats, 0U);
    link(signal_source_.outbox, signals_);
    std::string serves;
    for (const auto& server : config.servers) {
        std::vector<kamaelia::ListeningSocket> sockets;
        for (const auto& listen : server.listen) {
            sockets.push_back(open_socket(network, listen));
            serves += " " + server.name + "=" + url(listen, sockets.back().address());
        }
        auto& added = child<kamaelia::SimpleServer>(
            std::move(sockets), [protocol = server.protocol] { return compose_checked(protocol); });
        added.set_label(server.name);
        servers_.push_back(&added);
    }
    std::vector<std::filesystem::path> media;
    for (auto& use : media_uses(config)) media.push_back(std::move(use.directory));
    if (!media.empty()) child<MediaWatch>(std::move(media)).set_label("media");
    ready_line_ = "ready:" + serves;
    link(draining_, child<SystemdNotifier>(heartbeats, std::move(serves)).draining);
}

bool Daemon::is_end(int signal) const {
    if (signal != SIGHUP) return true;
    log(axon::LogLevel::warning, "SIGHUP: this version cannot reload its configuration; nothing has changed");
    return false;
}

void Daemon::note_end(const axon::ChildEnded& ended) {
    if (std::ranges::find(servers_, ended.child) != servers_.end()) --running_;
}

axon::Task<> Daemon::main() {
    running_ = servers_.size();
    while (running_ > 0) {
        if (co_await axon::first_of(signals_.receive(), ended_.receive()) == 1) {
            note_end(*ended_.try_receive());
        } else if (const auto signal = signals_.try_receive(); !signal || is_end(*signal)) {
            break;
        }
    }
    if (running_ == 0) {
        failed_ = true;
        throw std::runtime_error{"no server is left"};
    }
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(drain_timeout_).count();
    system().log().write(axon::LogLevel::info, "",
                         "stopping: connections have " + std::to_string(seconds) + " s to end");
    (void)draining_.try_send(axon::Duration{drain_timeout_});
    for (auto* server : servers_) shut_down(*server);
    (void)co_await axon::within(*this, drain_timeout_, drain());
}

// Until the servers have ended, or a second signal says that it has taken long enough.
axon::Task<> Daemon::drain() {
    while (running_ > 0) {
        if (co_await axon::first_of(signals_.receive(), ended_.receive()) == 1) {
            note_end(*ended_.try_receive());
        } else if (const auto signal = signals_.try_receive(); !signal || is_end(*signal)) {
            co_return;
        }
    }
}

} // namespace server
