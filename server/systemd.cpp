#include "server/systemd.hpp"

#if !defined(__linux__) || defined(KAMAELIA_PORTABLE)

namespace server {

bool under_systemd() noexcept { return false; }

void tell_systemd(const std::string& /*state*/) noexcept {}

std::optional<axon::Duration> systemd_watchdog() noexcept { return std::nullopt; }

} // namespace server

#endif
