#include "axon/scheduler.hpp"

#include "axon/bytes.hpp"
#include "axon/cat.hpp"
#include "axon/component.hpp"
#include "axon/component_extra.hpp"
#include "axon/system.hpp"

#include <algorithm>

namespace axon {
namespace {

// How many turns sockets and timers wait at most: seldom enough that asking for them costs little.
constexpr std::uint32_t turns_between_polls = 64;

// No poller has to reckon with times that its own clock does not reach.
constexpr Duration longest_sleep = std::chrono::hours{1};

class Root final : public Component {
    Task<> main() override { return {}; } // it is never started
};

constinit thread_local Scheduler* current = nullptr;

} // namespace

Scheduler::Scheduler(System& system, unsigned worker, std::uint64_t seed, const SchedulerOptions& options)
    : system_{system},
      worker_{worker},
      random_{seed},
      options_{options},
      clock_{system.clock()},
      timers_{system.clock().now()},
      shuffler_{static_cast<std::minstd_rand::result_type>(options.shuffle.value_or(0) + 1)},
      cat_{std::make_unique<Cat>(system.cat(), *this)},
      root_{std::make_unique<Root>()} {
    options_.quota = std::max(options_.quota, 1U);
    turn_ended_ = clock_.coarse();
    remote_.set_poller(own_poller_);
    root_->scheduler_ = this;
}

Scheduler::~Scheduler() {
    ending_ = true;
    Component::destroy(*root_.release());
    remote_.take(); // what is back, or was dropped just now, and nobody waits for any more frees itself
}

void Scheduler::start(std::unique_ptr<Component> component) {
    root_->add_child(*component, true);
    (void)component.release();
}

Time Scheduler::now() const noexcept { return clock_.now(); }

void Scheduler::set_poller(Poller* poller) {
    poller_ = poller ? poller : &own_poller_;
    remote_.set_poller(*poller_);
}

bool Scheduler::runs_here() const noexcept { return !thread_ || thread_ == &current; }

void Scheduler::run() {
    struct OnThread {
        explicit OnThread(Scheduler**& thread) : thread_{thread} { thread_ = &current; }
        ~OnThread() { thread_ = nullptr; }
        Scheduler**& thread_;
    } const on_thread{thread_};
    poll(); // what was done before run() is nobody's slow turn
    while (live_ > 0) {
        if (options_.shuffle) {
            pass(); // what is shuffled is a pass
        } else {
            poll_if_due();
            give_turns(turns_between_polls);
        }
        if (ready_.empty()) sleep();
    }
    while (pass()) { // lets go of those that ended while they stood in a queue
    }
    free_ended();
    Bytes::return_shares();
}

bool Scheduler::pass() {
    poll_if_due();
    if (ready_.empty()) {
        free_ended(); // a deadline or a stop from outside may have ended some
        return false;
    }
    if (options_.shuffle) shuffle(ready_);
    give_turns(ready_.size());
    return true;
}

// Two turns share a look at the clock, which costs as much as a tenth of a short turn.
void Scheduler::give_turns(std::size_t count) {
    auto* const outer = std::exchange(current, this);
    while (count > 0 && !ready_.empty()) {
        give_turn(ready_);
        if (--count > 0 && !ready_.empty()) {
            before_ = running_;
            give_turn(ready_);
            --count;
        }
        time_turns();
        if (turns_ >= turns_between_polls)
            poll(); // some turns take long: sockets do not wait for all of them
    }
    running_ = nullptr;
    current = outer;
    free_ended();
}

bool Scheduler::give_turn(RunQueue& queue) {
    running_ = &queue.pop();
    ++turns_;
    return running_->turn(*this);
}

void Scheduler::time_turns() {
    const auto* const before = std::exchange(before_, nullptr);
    const auto began = std::exchange(turn_ended_, clock_.coarse());
    if (turn_ended_ == began) return;
    turns_ = turns_between_polls; // milliseconds have passed
    if (turn_ended_ - began > options_.slow_turn) report_slow_turn(turn_ended_ - began, before);
}

void Scheduler::poll_if_due() {
    if (turns_ >= turns_between_polls || remote_.pending()) poll();
}

bool Scheduler::poll() {
    const bool taken = poller_->poll();
    take_due();
    turns_ = 0;
    turn_ended_ = clock_.coarse();
    Bytes::return_shares();
    return taken;
}

void Scheduler::take_due() {
    remote_.take();
    timers_.expire(now());
}

// The poller is not asked before it waits: it takes at once what is there, and asking is a system call.
void Scheduler::sleep() {
    take_due();
    free_ended(); // also whom a deadline has just ended: they hold sockets
    if (!idle() || live_ == 0) return;
    Bytes::return_shares(); // also what ended components have let go
    if (const auto due = timers_.next()) {
        const auto left = *due - now();
        if (left > Duration::zero()) poller_->wait(std::min(left, longest_sleep));
    } else {
        poller_->wait(std::nullopt);
    }
    take_due();
    turns_ = 0;
    turn_ended_ = clock_.coarse();
}

void Scheduler::shuffle(RunQueue& queue) {
    std::vector<Runnable*> all;
    while (!queue.empty()) all.push_back(&queue.pop());
    std::ranges::shuffle(all, shuffler_);
    for (auto* runnable : all) queue.push(*runnable);
}

void Scheduler::report_slow_turn(Duration taken, const Runnable* before) {
    ++slow_turns_;
    if (turn_ended_ < next_slow_report_)
        return; // one line says it; on a crowded machine there would be thousands
    next_slow_report_ = turn_ended_ + std::chrono::seconds{1};
    const auto time = std::to_string(std::chrono::round<std::chrono::milliseconds>(taken).count()) + " ms";
    system_.log().write(LogLevel::warning, running_->path(),
                        before && before != running_
                            ? "and " + before->path() + " before it kept the others waiting for " + time
                            : "kept the others waiting for " + time);
}

void Scheduler::free_ended() noexcept {
    if (ended_.empty()) return;
    freeing_.swap(ended_); // destructors may end others
    std::erase_if(freeing_, [](Component* component) {
        if (!component->may_be_freed()) return false;
        component->parent_->remove_child(*component);
        Component::destroy(*component);
        return true;
    });
    ended_.insert(ended_.begin(), freeing_.begin(), freeing_.end());
    freeing_.clear();
}

std::uint32_t Scheduler::take_slot(Component& component) {
    std::uint32_t slot = 0;
    if (free_slots_.empty()) {
        slot = static_cast<std::uint32_t>(slots_.size());
        slots_.emplace_back();
    } else {
        slot = free_slots_.back();
        free_slots_.pop_back();
    }
    slots_[slot] = {&component, next_serial_++};
    return slot;
}

void Scheduler::give_back_slot(std::uint32_t slot) noexcept {
    slots_[slot] = {};
    free_slots_.push_back(slot);
}

std::string Scheduler::running_path() {
    return current && current->running_ ? current->running_->path() : "";
}

HandleBase::HandleBase(const Component& component) noexcept
    : scheduler_{component.scheduler_}, slot_{component.slot_}, serial_{component.serial()} {}

Component* HandleBase::find() const noexcept {
    if (!scheduler_ || slot_ >= scheduler_->slots_.size()) return nullptr;
    const auto& slot = scheduler_->slots_[slot_];
    if (serial_ == 0 || slot.serial != serial_ || slot.component->state() == Component::State::ended)
        return nullptr;
    return slot.component;
}

} // namespace axon
