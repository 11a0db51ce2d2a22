// Heartbeat: says once a second that its scheduler still gives turns, for threads that want to know.
//
//     axon::Heartbeats heartbeats{workers};               // before the workers, and outlives them
//     child<axon::Heartbeat>(heartbeats, worker);         // one in each
//     heartbeats.all_within(10s, now());                  // on any thread
#pragma once

#include "axon/component.hpp"
#include "axon/time.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <vector>

namespace axon {

/// When each of several schedulers was last heard of. May be used on any thread.
class Heartbeats {
public:
    /// As many as will have a Heartbeat.
    explicit Heartbeats(std::size_t schedulers);

    /// Whether each has been heard of no longer than `limit` before `now`, by the clock that all of their
    /// systems have. One whose Heartbeat has not begun has not; one whose Heartbeat has ended does not count.
    [[nodiscard]] bool all_within(Duration limit, Time now) const noexcept;
    /// How many have had a Heartbeat that has ended.
    [[nodiscard]] std::size_t ended() const noexcept;
    [[nodiscard]] std::size_t schedulers() const noexcept { return heard_.size(); }

private:
    friend class Heartbeat;

    std::vector<std::atomic<Time::rep>> heard_;
};

/// One in each scheduler. Never ends by itself.
class Heartbeat final : public Component {
public:
    static constexpr Duration period = std::chrono::seconds{1};

    /// `scheduler` is its number in `all`, from 0. Throws std::out_of_range.
    Heartbeat(Heartbeats& all, std::size_t scheduler);
    ~Heartbeat() override;

private:
    Task<> main() override;

    std::atomic<Time::rep>& heard_;
};

} // namespace axon
