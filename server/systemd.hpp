// systemd: what the service manager is told, where it has started the program with Type=notify.
#pragma once

#include "axon/time.hpp"

#include <optional>
#include <string>

namespace server {

/// Whether anyone is there to be told. Never in a portable build.
[[nodiscard]] bool under_systemd() noexcept;

/// Lines of VARIABLE=VALUE, as sd_notify(3) has them. Nothing happens where nobody is there.
void tell_systemd(const std::string& state) noexcept;

/// How long systemd waits for the next WATCHDOG=1 before it takes this process for hung; empty when it does
/// not wait for any.
[[nodiscard]] std::optional<axon::Duration> systemd_watchdog() noexcept;

} // namespace server
