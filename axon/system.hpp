// System: one world of components. Everything they ask of the outside is handed down from here.
//
//     axon::System system;
//     system.spawn<Server>(...);
//     system.run();                      // until all that was spawned has ended
#pragma once

#include "axon/cat.hpp"
#include "axon/component.hpp"
#include "axon/network.hpp"
#include "axon/offload_pool.hpp"
#include "axon/scheduler.hpp"

#include <cstdint>
#include <memory>
#include <random>

namespace axon {

struct SystemOptions {
    const Clock* clock = nullptr;               ///< null: the operating system's. Outlives the System.
    Log* log = nullptr;                         ///< null: warnings to stderr. Outlives the System.
    Network* network = nullptr;                 ///< null: the operating system's. Outlives the System.
    std::optional<std::uint64_t> random_seed{}; ///< empty: from the operating system
    unsigned offload_threads = 2;               ///< 0: offloaded work runs on the scheduler's thread (tests)
    SchedulerOptions scheduler{};
};

/// Several may live in one process. Belongs to the thread that calls run().
class System {
public:
    explicit System(const SystemOptions& options = {});
    ~System();
    System(const System&) = delete;
    System& operator=(const System&) = delete;

    /// Starts a component below the root; freed when it ends.
    template <class C, class... Args>
    Handle<C> spawn(Args&&... args) {
        return adopt(std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    Handle<C> adopt(std::unique_ptr<C> component) {
        auto& started = *component;
        start(std::move(component));
        return Handle<C>{started};
    }
    /// Stops a component that was spawned here.
    template <class C>
    void stop(const Handle<C>& component) {
        if (auto* alive = component.get()) stop_component(*alive);
    }
    /// Gives turns until no component is left.
    void run() { scheduler_->run(); }
    /// Stops everything that was spawned here.
    void stop_all();

    [[nodiscard]] const Clock& clock() const noexcept { return *clock_; }
    [[nodiscard]] Log& log() const noexcept { return *log_; }
    /// Null: the operating system's. kamaelia::Network::of() has either.
    [[nodiscard]] Network* network() const noexcept { return network_; }
    [[nodiscard]] std::mt19937_64& random() noexcept { return random_; }
    [[nodiscard]] Cat& cat() noexcept { return cat_; }
    [[nodiscard]] OffloadPool& offload_pool() noexcept { return offload_pool_; }
    [[nodiscard]] Scheduler& scheduler() noexcept { return *scheduler_; }

private:
    void start(std::unique_ptr<Component> component);
    void stop_component(Component& component);

    SteadyClock steady_clock_;
    StderrLog stderr_log_;
    const Clock* clock_;
    Log* log_;
    Network* network_;
    std::mt19937_64 random_;
    Cat cat_;
    std::unique_ptr<Scheduler> scheduler_;
    OffloadPool offload_pool_; ///< after the scheduler: its threads end before what they report to
};

} // namespace axon
