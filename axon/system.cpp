#include "axon/system.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <mutex>
#include <random>
#include <thread>

namespace axon {

/// Comes to another worker than the one that has failed.
class System::StopAll final : public Remote {
public:
    StopAll(System& system, Scheduler& scheduler) noexcept : system_{system}, scheduler_{scheduler} {}
    void send() noexcept { scheduler_.remote().post(*this); }

private:
    void arrive() override { system_.stop_all_on(scheduler_); }

    System& system_;
    Scheduler& scheduler_;
};

System::System(const SystemOptions& options)
    : clock_{options.clock ? options.clock : &steady_clock_},
      log_{options.log ? options.log : &stderr_log_},
      network_{options.network},
      offload_pool_{options.offload_threads} {
    const auto seed = options.random_seed.value_or(std::random_device{}());
    const auto workers = std::max(options.workers, 1U);
    schedulers_.reserve(workers);
    for (unsigned worker = 0; worker < workers; ++worker) {
        schedulers_.push_back(std::make_unique<Scheduler>(*this, worker, seed + worker, options.scheduler));
    }
    cat_.scheduler_ = schedulers_.front().get();
}

System::~System() = default;

unsigned System::cores() noexcept { return std::max(std::thread::hardware_concurrency(), 1U); }

void System::run() {
    std::mutex mutex;
    std::exception_ptr failure;
    std::deque<StopAll> stops; // they do not move
    for (const auto& scheduler : schedulers_) stops.emplace_back(*this, *scheduler);
    const auto stop_the_others = [&](unsigned worker) {
        const std::lock_guard lock{mutex};
        if (failure) return;
        failure = std::current_exception();
        for (unsigned other = 0; other < workers(); ++other) {
            if (other != worker) stops[other].send();
        }
    };
    const auto work = [&](unsigned worker) {
        try {
            schedulers_[worker]->run();
        } catch (...) {
            stop_the_others(worker);
        }
    };
    {
        std::vector<std::jthread> threads;
        threads.reserve(workers());
        try {
            for (unsigned worker = 1; worker < workers(); ++worker) threads.emplace_back(work, worker);
            work(0);
        } catch (...) { // no thread, or no memory, for one of them; those that run would be waited for
            stop_the_others(0);
        }
    }
    if (!failure) return;
    for (const auto& scheduler : schedulers_) scheduler->remote().take(); // those who had ended before
    std::rethrow_exception(failure);
}

void System::stop_component(Component& component) { component.stop_now(); }

void System::stop_all_on(Scheduler& scheduler) {
    for (auto* child = scheduler.root().first_child(); child; child = child->next_sibling())
        stop_component(*child);
}

void System::stop_all() {
    for (const auto& scheduler : schedulers_) {
        if (scheduler->runs_here()) stop_all_on(*scheduler);
    }
}

} // namespace axon
