#include "axon/remote_queue.hpp"

#include <utility>

namespace axon {

void RemoteQueue::post(Remote& remote) noexcept {
    std::lock_guard lock{mutex_};
    remote.next_ = nullptr;
    (first_ ? last_->next_ : first_) = &remote;
    last_ = &remote;
    pending_.store(true, std::memory_order_release);
    if (poller_) poller_->wake();
}

void RemoteQueue::take() {
    Remote* remote = nullptr;
    {
        std::lock_guard lock{mutex_};
        remote = std::exchange(first_, nullptr);
        pending_.store(false, std::memory_order_relaxed);
    }
    while (remote) std::exchange(remote, remote->next_)->arrive();
}

void RemoteQueue::set_poller(Poller& poller) noexcept {
    std::lock_guard lock{mutex_};
    poller_ = &poller;
}

} // namespace axon
