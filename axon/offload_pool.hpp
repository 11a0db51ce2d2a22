// OffloadPool: the threads that offload() hands its work to.
#pragma once

#include "axon/remote_queue.hpp"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace axon {

/// A piece of offloaded work: runs on a thread of the pool, then arrives back at its scheduler.
class Job : public Remote {
public:
    explicit Job(RemoteQueue& home) noexcept : home_{home} {}

protected:
    RemoteQueue& home_;

private:
    friend class OffloadPool;
    virtual void work() noexcept = 0;
};

/// Threads are started when there is work for them.
class OffloadPool {
public:
    explicit OffloadPool(unsigned threads) noexcept : limit_{threads} {}
    /// Waits for the work under way; what has not begun is thrown away.
    ~OffloadPool();
    OffloadPool(const OffloadPool&) = delete;
    OffloadPool& operator=(const OffloadPool&) = delete;

    /// Takes ownership: the job frees itself when it has arrived.
    void submit(std::unique_ptr<Job> job);

private:
    void serve();

    const unsigned limit_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<Job>> jobs_;
    unsigned idle_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

} // namespace axon
