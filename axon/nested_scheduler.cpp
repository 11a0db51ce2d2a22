#include "axon/nested_scheduler.hpp"

#include <algorithm>

namespace axon {

NestedScheduler::NestedScheduler(std::uint32_t share) {
    nests_ = true;
    set_share(share);
}

void NestedScheduler::set_share(std::uint32_t share) noexcept {
    share_.turns = std::clamp(share, 1U, most_share);
}

void NestedScheduler::enqueue(Runnable& runnable) noexcept {
    if (scheduler_->ending_) return; // some who stand in the queue are gone
    if (share_.ready.empty() && !share_.has_turn) enqueue_share();
    share_.ready.push(runnable);
}

void NestedScheduler::enqueue_share() noexcept {
    if (auto* around = nested_ ? above(*this) : nullptr) {
        around->enqueue(share_);
    } else {
        scheduler_->enqueue(share_);
    }
}

// Sockets and timers wait no longer than in the scheduler around, and each turn is timed but the last, which
// that one does.
bool NestedScheduler::Share::turn(Scheduler& scheduler) {
    if (scheduler.options_.shuffle) scheduler.shuffle(ready);
    has_turn = true;
    bool used = scheduler.give_turn(ready);
    for (auto left = turns - (used ? 1 : 0); left > 0 && !ready.empty();) {
        scheduler.time_turns();
        scheduler.poll_if_due();
        if (!scheduler.give_turn(ready)) continue;
        used = true;
        --left;
    }
    has_turn = false;
    if (!ready.empty()) nested.enqueue_share();
    return used;
}

NestedScheduler* NestedScheduler::above(const Component& component) noexcept {
    auto* above = component.parent_;
    while (above && !above->nests_) above = above->parent_;
    return static_cast<NestedScheduler*>(above);
}

void Component::enqueue_nested() noexcept {
    if (auto* scheduler = NestedScheduler::above(*this)) scheduler->enqueue(*this);
}

} // namespace axon
