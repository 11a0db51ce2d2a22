#include "axon/offload_pool.hpp"

#include "axon/bytes.hpp"

namespace axon {

OffloadPool::~OffloadPool() {
    {
        std::lock_guard lock{mutex_};
        ending_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void OffloadPool::submit(std::unique_ptr<Job> job) {
    if (limit_ == 0) {
        job.release()->work(); // it owns itself from here until it arrives
        return;
    }
    std::lock_guard lock{mutex_};
    jobs_.push_back(std::move(job));
    // A thread that was notified and has not run yet is idle still: one of the jobs here is for it.
    if (jobs_.size() > idle_ && threads_.size() < limit_) threads_.emplace_back([this] { serve(); });
    changed_.notify_one();
}

void OffloadPool::serve() {
    std::unique_lock lock{mutex_};
    while (true) {
        ++idle_;
        changed_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
        --idle_;
        if (ending_) return;
        auto* const job = jobs_.front().release();
        jobs_.pop_front();
        lock.unlock();
        job->work(); // it owns itself from here until it arrives
        Bytes::return_shares();
        lock.lock();
    }
}

} // namespace axon
