// Scheduler: gives runnables their turns, round robin, and sleeps in the poller when there are none.
#pragma once

#include "axon/log.hpp"
#include "axon/poller.hpp"
#include "axon/remote_queue.hpp"
#include "axon/runnable.hpp"
#include "axon/time.hpp"
#include "axon/timer_wheel.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace axon {

class Cat;
class Component;
class System;
class Walk;

struct SchedulerOptions {
    /// Messages that a component may receive and send before it has to give way; at least 1.
    std::uint32_t quota =
#ifdef AXON_DEV
        1;
#else
        64;
#endif
    /// Runs each pass in random order, from this seed: what a test uses to find hidden orders.
    std::optional<std::uint64_t> shuffle{};
    /// A turn that takes longer is logged with the component's path, and that of the component before it,
    /// for two turns are timed as one; at most once a second.
    Duration slow_turn = std::chrono::milliseconds{10};
};

class Scheduler {
public:
    /// `worker`: whose it is, from 0. `seed`: of random().
    Scheduler(System& system, unsigned worker, std::uint64_t seed, const SchedulerOptions& options);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    /// Starts a component below the root; freed when it ends. From a turn of its own, or while it does not
    /// run.
    void start(std::unique_ptr<Component> component);
    /// Gives turns until no component is left.
    void run();
    /// One turn for each that is ready now, then frees what has ended. False when none was ready.
    bool pass();
    /// Fires due timers and takes what other threads and the poller have; never waits. False when the poller
    /// had nothing.
    bool poll();
    [[nodiscard]] bool idle() const noexcept { return ready_.empty() && !remote_.pending(); }
    /// When the next timer is due.
    [[nodiscard]] std::optional<Time> next_timer() const { return timers_.next(); }

    [[nodiscard]] System& system() const noexcept { return system_; }
    [[nodiscard]] unsigned worker() const noexcept { return worker_; }
    /// The worker's source of randomness.
    [[nodiscard]] std::mt19937_64& random() noexcept { return random_; }
    [[nodiscard]] Time now() const noexcept;
    [[nodiscard]] Cat& cat() const noexcept { return *cat_; }
    [[nodiscard]] TimerWheel& timers() noexcept { return timers_; }
    [[nodiscard]] RemoteQueue& remote() noexcept { return remote_; }
    /// The parent of all: it never ends by itself.
    [[nodiscard]] Component& root() const noexcept { return *root_; }
    /// Components that have not ended, the root not counted.
    [[nodiscard]] std::size_t live() const noexcept { return live_; }
    /// Components that ended by an exception, ever.
    [[nodiscard]] std::uint64_t failures() const noexcept { return failures_; }
    /// How often a turn, or two in a row, took longer than SchedulerOptions::slow_turn, ever.
    [[nodiscard]] std::uint64_t slow_turns() const noexcept { return slow_turns_; }

    /// Sleeps in `poller` from now on; it must outlive its use. Null: the scheduler's own.
    void set_poller(Poller* poller);
    [[nodiscard]] const Poller* poller() const noexcept { return poller_; }

    void enqueue(Runnable& runnable) noexcept {
        if (!ending_) ready_.push(runnable);
    }
    [[nodiscard]] bool spend() noexcept {
        if (budget_ == 0) return false;
        --budget_;
        return true;
    }
    /// Run by this thread, or by none.
    [[nodiscard]] bool runs_here() const noexcept;
    /// The path of the component whose turn it is on this thread; empty when none has it.
    [[nodiscard]] static std::string running_path();

private:
    friend class Component;
    friend class HandleBase;
    friend class NestedScheduler;
    friend class Walk;

    struct Slot {
        Component* component;
        std::uint64_t serial;
    };

    /// That many turns, or fewer if nothing is ready any more; then frees what has ended.
    void give_turns(std::size_t count);
    /// To the first of the queue, which must have one: as Runnable::turn(). running_ is then who had it, for
    /// a nested scheduler the last one below it.
    bool give_turn(RunQueue& queue);
    /// Looks at the clock, and reports what has run since the last look if that took too long.
    void time_turns();
    void poll_if_due();
    void shuffle(RunQueue& queue);
    void report_slow_turn(Duration taken, const Runnable* before);
    void take_due();
    void sleep();
    void free_ended() noexcept;
    std::uint32_t take_slot(Component& component);
    void give_back_slot(std::uint32_t slot) noexcept;
    void set_budget(std::uint32_t budget) noexcept { budget_ = budget; }

    System& system_;
    const unsigned worker_;
    std::mt19937_64 random_;
    SchedulerOptions options_;
    RunQueue ready_;
    std::uint32_t budget_ = 0;
    Runnable* running_ = nullptr;
    const Runnable* before_ = nullptr; ///< had its turn before that, and since the last look at the clock
    Scheduler** thread_ = nullptr;     ///< marks the thread that is in run(); null: none is
    const Clock& clock_;
    Time turn_ended_;         ///< coarse; where the turn that is running began, or the one before it
    std::uint32_t turns_ = 0; ///< since the last poll
    bool ending_ = false;     ///< the scheduler is being destroyed: nobody gets a turn any more
    std::size_t live_ = 0;
    std::uint64_t failures_ = 0;
    std::uint64_t slow_turns_ = 0;
    Time next_slow_report_;
    TimerWheel timers_;
    RemoteQueue remote_;
    SleepingPoller own_poller_;
    Poller* poller_ = &own_poller_;
    std::vector<Component*> ended_;
    std::vector<Component*> freeing_; ///< empty but while it frees
    Walk* walks_ = nullptr;           ///< that are under way
    std::deque<Slot> slots_;          ///< no vector: half of its room could be unused
    std::vector<std::uint32_t> free_slots_;
    std::uint64_t next_serial_ = 1;
    std::minstd_rand shuffler_;
    std::unique_ptr<Cat> cat_;
    std::unique_ptr<Component> root_;
};

} // namespace axon
