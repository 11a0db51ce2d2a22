#include "axon/poller.hpp"

namespace axon {

void SleepingPoller::wait(std::optional<Duration> timeout) {
    std::unique_lock lock{mutex_};
    if (timeout) {
        changed_.wait_for(lock, *timeout, [this] { return woken_; });
    } else {
        changed_.wait(lock, [this] { return woken_; });
    }
    woken_ = false;
}

void SleepingPoller::wake() noexcept {
    std::lock_guard lock{mutex_};
    woken_ = true;
    changed_.notify_one();
}

} // namespace axon
