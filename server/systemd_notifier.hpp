// SystemdNotifier: keeps systemd told how the service does: that it is ready, what it serves, that it is
// alive, and that it is about to end.
#pragma once

#include "axon/component.hpp"
#include "axon/heartbeat.hpp"
#include "axon/inbox.hpp"
#include "axon/time.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace server {

/// READY=1 goes out in its first turn: make it when every socket is bound. WATCHDOG=1 follows twice as often
/// as systemd asks for it, but only while every scheduler has given turns lately; it goes on while
/// connections drain. Ends at once where no systemd listens, and otherwise with whoever is linked to
/// `draining`.
class SystemdNotifier final : public axon::Component {
public:
    static constexpr axon::Duration status_period = std::chrono::seconds{30};
    /// What ending may take beyond the time that the connections have: the deadlines of what is stopped.
    static constexpr axon::Duration ending = std::chrono::seconds{10};

    /// `heartbeats` outlives it. `serves` is for people, as in ` web=http://127.0.0.1:8000`.
    SystemdNotifier(const axon::Heartbeats& heartbeats, std::string serves);

    /// Connections have so long to end, from now on; the process ends with the last one.
    axon::Inbox<axon::Duration> draining{*this, "draining"};

private:
    axon::Task<> main() override;
    void feed_watchdog();
    void tell_status();
    void tell_stopping(axon::Duration time);

    const axon::Heartbeats& heartbeats_;
    std::string serves_;
    std::optional<axon::Duration> watchdog_;
    axon::Time next_feed_ = axon::Time::max();
    axon::Time next_status_ = axon::Time::max();
};

} // namespace server
