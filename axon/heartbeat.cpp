#include "axon/heartbeat.hpp"

#include "axon/sleep.hpp"

#include <algorithm>

namespace axon {
namespace {

constexpr Time::rep never = Time::min().time_since_epoch().count();
constexpr Time::rep no_more = Time::max().time_since_epoch().count();

} // namespace

Heartbeats::Heartbeats(std::size_t schedulers) : heard_(schedulers) {
    for (auto& heard : heard_) heard.store(never, std::memory_order_relaxed);
}

bool Heartbeats::all_within(Duration limit, Time now) const noexcept {
    return std::ranges::all_of(heard_, [&](const auto& each) {
        const auto heard = each.load(std::memory_order_relaxed);
        return heard != never && Time{Duration{heard}} >= now - limit;
    });
}

std::size_t Heartbeats::ended() const noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(
        heard_, [](const auto& each) { return each.load(std::memory_order_relaxed) == no_more; }));
}

Heartbeat::Heartbeat(Heartbeats& all, std::size_t scheduler) : heard_{all.heard_.at(scheduler)} {}

Heartbeat::~Heartbeat() { heard_.store(no_more, std::memory_order_relaxed); }

Task<> Heartbeat::main() {
    while (true) {
        heard_.store(now().time_since_epoch().count(), std::memory_order_relaxed);
        co_await sleep_for(period);
    }
}

} // namespace axon
