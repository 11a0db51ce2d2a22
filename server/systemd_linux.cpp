#include "server/systemd.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <systemd/sd-daemon.h>

namespace server {

bool under_systemd() noexcept { return std::getenv("NOTIFY_SOCKET") != nullptr; }

void tell_systemd(const std::string& state) noexcept {
    ::sd_notify(0, state.c_str()); // whoever does not hear it cannot be helped
}

std::optional<axon::Duration> systemd_watchdog() noexcept {
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
    constexpr auto longest = std::chrono::duration_cast<std::chrono::microseconds>(axon::Duration::max());
    if (microseconds >= static_cast<std::uint64_t>(longest.count())) return axon::Duration::max();
    return std::chrono::microseconds{static_cast<std::int64_t>(microseconds)};
}

} // namespace server

#endif
