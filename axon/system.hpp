// System: one world of components. Everything they ask of the outside is handed down from here.
//
//     axon::System system;
//     system.spawn<Server>(...);
//     system.run();                      // until all that was spawned has ended
//
// With several workers, each is a thread with a scheduler of its own, and components know nothing of it:
//
//     axon::System system{{.workers = 4}};
//     for (unsigned worker = 0; worker < system.workers(); ++worker) system.spawn_on<Server>(worker, ...);
//     system.run();
#pragma once

#include "axon/cat.hpp"
#include "axon/component.hpp"
#include "axon/network.hpp"
#include "axon/offload_pool.hpp"
#include "axon/scheduler.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace axon {

struct SystemOptions {
    const Clock* clock = nullptr;               ///< null: the operating system's. Outlives the System.
    Log* log = nullptr;                         ///< null: warnings to stderr. Outlives the System.
    Network* network = nullptr;                 ///< null: the operating system's. Outlives the System.
    std::optional<std::uint64_t> random_seed{}; ///< empty: from the operating system
    unsigned offload_threads = 2;               ///< 0: offloaded work runs on the scheduler's thread (tests)
    unsigned workers = 1;                       ///< at least 1; each has a scheduler and a thread
    SchedulerOptions scheduler{};
};

/// Several may live in one process. Belongs to the thread that calls run(), which is the first worker's; the
/// others have theirs while it runs. Workers share clock, log, network, offload pool and values, no component
/// and no linkage: services and keys of one worker are not seen in another.
class System {
public:
    explicit System(const SystemOptions& options = {});
    ~System();
    System(const System&) = delete;
    System& operator=(const System&) = delete;

    /// Starts a component below the first worker's root; freed when it ends.
    template <class C, class... Args>
    Handle<C> spawn(Args&&... args) {
        return spawn_on<C>(0, std::forward<Args>(args)...);
    }
    template <class C>
    Handle<C> adopt(std::unique_ptr<C> component) {
        return adopt_on(0, std::move(component));
    }
    /// On another worker than the first: before run().
    template <class C, class... Args>
    Handle<C> spawn_on(unsigned worker, Args&&... args) {
        return adopt_on(worker, std::make_unique<C>(std::forward<Args>(args)...));
    }
    template <class C>
    Handle<C> adopt_on(unsigned worker, std::unique_ptr<C> component) {
        auto& started = *component;
        scheduler(worker).start(std::move(component));
        return Handle<C>{started};
    }
    /// Stops a component that was spawned here, on the first worker or before run().
    template <class C>
    void stop(const Handle<C>& component) {
        if (auto* alive = component.get()) stop_component(*alive);
    }
    /// Gives turns, each worker on a thread of its own, until no component is left. What a scheduler throws,
    /// out of memory for instance, stops every worker and is then thrown here; so is the std::system_error of
    /// a thread that cannot be made.
    void run();
    /// Stops everything that was spawned on the first worker, and before run() on the others.
    void stop_all();

    [[nodiscard]] const Clock& clock() const noexcept { return *clock_; }
    [[nodiscard]] Log& log() const noexcept { return *log_; }
    /// Null: the operating system's. kamaelia::Network::of() has either.
    [[nodiscard]] Network* network() const noexcept { return network_; }
    /// Services and keys of this scope are the first worker's, values are everybody's.
    [[nodiscard]] Cat& cat() noexcept { return cat_; }
    [[nodiscard]] OffloadPool& offload_pool() noexcept { return offload_pool_; }
    /// How many threads of this process can run at once; at least 1.
    [[nodiscard]] static unsigned cores() noexcept;
    [[nodiscard]] unsigned workers() const noexcept { return static_cast<unsigned>(schedulers_.size()); }
    [[nodiscard]] Scheduler& scheduler(unsigned worker = 0) noexcept { return *schedulers_[worker]; }

private:
    class StopAll;
    void stop_component(Component& component);
    void stop_all_on(Scheduler& scheduler);

    SteadyClock steady_clock_;
    StderrLog stderr_log_;
    const Clock* clock_;
    Log* log_;
    Network* network_;
    Cat cat_;
    std::vector<std::unique_ptr<Scheduler>> schedulers_; ///< one a worker
    OffloadPool offload_pool_; ///< after the schedulers: its threads end before what they report to
};

} // namespace axon
