#include "server/systemd_notifier.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "axon/values.hpp"
#include "server/systemd.hpp"

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

namespace server {
namespace {

// Empty before anyone counts them.
std::optional<std::int64_t> connections(const axon::Values& values) {
    const auto families = values.snapshot();
    const auto counted = std::ranges::find(families, "kamaelia_connections", &axon::ValueFamily::name);
    if (counted == families.end()) return std::nullopt;
    std::int64_t all = 0;
    for (const auto& sample : counted->samples) {
        all += std::visit(
            [](const auto& reading) -> std::int64_t {
                if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(reading)>>) {
                    return static_cast<std::int64_t>(reading);
                } else {
                    return 0;
                }
            },
            sample.reading);
    }
    return all;
}

std::string microseconds(axon::Duration duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}

} // namespace

SystemdNotifier::SystemdNotifier(const axon::Heartbeats& heartbeats, std::string serves)
    : heartbeats_{heartbeats}, serves_{std::move(serves)} {}

axon::Task<> SystemdNotifier::main() {
    if (!under_systemd()) co_return;
    tell_systemd("READY=1");
    tell_status();
    watchdog_ = systemd_watchdog();
    if (watchdog_) next_feed_ = now();
    while (true) {
        if (now() >= next_feed_) feed_watchdog();
        if (now() >= next_status_) tell_status();
        const auto next = std::min(next_feed_, next_status_);
        if (co_await axon::first_of(draining.receive(), sleep_until(next)) == 0) {
            const auto time = draining.try_receive();
            if (!time) co_return; // who would have told has ended
            tell_stopping(*time);
        }
    }
}

void SystemdNotifier::feed_watchdog() {
    const auto half = *watchdog_ / 2;
    next_feed_ = axon::after(now(), half);
    // Never less than what a heartbeat that is on time needs.
    if (heartbeats_.all_within(std::max(half, 2 * axon::Heartbeat::period), now())) {
        tell_systemd("WATCHDOG=1");
    }
}

void SystemdNotifier::tell_status() {
    next_status_ = axon::after(now(), status_period);
    const auto count = connections(system().cat().values());
    tell_systemd("STATUS=" + (count ? std::to_string(*count) + " connections;" : "Serving") + serves_);
}

void SystemdNotifier::tell_stopping(axon::Duration time) {
    next_status_ = axon::Time::max();
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    tell_systemd("STOPPING=1\nSTATUS=Stopping: connections have " + std::to_string(seconds) +
                 " s to end\nEXTEND_TIMEOUT_USEC=" +
                 microseconds(time > axon::Duration::max() - ending ? time : time + ending));
}

} // namespace server
