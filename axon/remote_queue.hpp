// RemoteQueue: how other threads hand a scheduler something to do.
#pragma once

#include "axon/poller.hpp"

#include <atomic>
#include <mutex>

namespace axon {

/// A piece of news for a scheduler's thread. Freed or kept by whoever made it.
class Remote {
public:
    Remote() = default;
    Remote(const Remote&) = delete;
    Remote& operator=(const Remote&) = delete;

protected:
    virtual ~Remote() = default;

private:
    friend class RemoteQueue;
    /// On the scheduler's thread.
    virtual void arrive() = 0;

    Remote* next_ = nullptr;
};

class RemoteQueue {
public:
    /// From any thread; wakes the scheduler.
    void post(Remote& remote) noexcept;
    /// Something has been posted and not taken.
    [[nodiscard]] bool pending() const noexcept { return pending_.load(std::memory_order_acquire); }
    /// Lets everything posted arrive, in order. On the scheduler's thread.
    void take();
    /// Whom to wake. On the scheduler's thread.
    void set_poller(Poller& poller) noexcept;

private:
    std::mutex mutex_;
    std::atomic<bool> pending_ = false;
    Poller* poller_ = nullptr;
    Remote* first_ = nullptr;
    Remote* last_ = nullptr;
};

} // namespace axon
