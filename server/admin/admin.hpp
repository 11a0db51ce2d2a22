// Admin: the listener for those who operate the daemon, with what it shows.
#pragma once

#include "axon/component.hpp"
#include "axon/heartbeat.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/internet/listening_socket.hpp"
#include "server/admin/process_values.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace server::admin {

/// A server named `admin` whose connections speak AdminServer, and the values of the process. Its connections
/// are logged at level debug: probes come every few seconds. Never ends by itself.
class Admin final : public axon::Component {
public:
    /// How long a scheduler may give no turns and still be healthy.
    static constexpr axon::Duration patience = std::chrono::seconds{10};

    /// `heartbeats` outlive it.
    Admin(std::vector<kamaelia::ListeningSocket> sockets, const axon::Heartbeats& heartbeats);

    /// No connection is taken any more but here.
    void set_draining() noexcept { draining_ = true; }
    [[nodiscard]] bool draining() const noexcept { return draining_; }
    /// Every worker is there, until it drains, and has been heard of.
    [[nodiscard]] bool healthy() const noexcept {
        return heartbeats_.all_within(patience, now()) && (draining_ || heartbeats_.ended() == 0);
    }
    void note(const ProcessStatus& status);

private:
    axon::Task<> main() override;

    const axon::Heartbeats& heartbeats_;
    bool draining_ = false;
    std::optional<ProcessValues> process_; ///< from its first turn on
};

} // namespace server::admin
