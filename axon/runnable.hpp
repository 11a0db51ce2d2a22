// Runnable: what a scheduler gives turns to.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace axon {

class Scheduler;

/// Stands in at most one run queue, at most once. A component is one; a nested scheduler can be.
class Runnable {
public:
    Runnable() = default;
    Runnable(const Runnable&) = delete;
    Runnable& operator=(const Runnable&) = delete;

    /// Which it is, for people: as in `/web/Connection#7/Echo`.
    [[nodiscard]] virtual std::string path() const = 0;

protected:
    ~Runnable() = default;
    [[nodiscard]] bool queued() const noexcept { return next_ != nullptr; }

private:
    friend class Scheduler;
    friend class RunQueue;
    /// One turn. Must return soon. False when it had no use for it any more: then it is the next one's.
    virtual bool turn(Scheduler& scheduler) = 0;

    Runnable* next_ = nullptr; ///< in a run queue; the last one's is itself
};

/// First in, first out, through the runnables themselves.
class RunQueue {
public:
    RunQueue() = default;
    RunQueue(const RunQueue&) = delete;
    RunQueue& operator=(const RunQueue&) = delete;

    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    void push(Runnable& runnable) noexcept {
        runnable.next_ = &runnable;
        (first_ ? last_->next_ : first_) = &runnable;
        last_ = &runnable;
        ++size_;
    }
    /// Not on an empty queue.
    Runnable& pop() noexcept {
        auto& runnable = *first_;
        auto* const next = std::exchange(runnable.next_, nullptr);
        first_ = next == &runnable ? nullptr : next;
        --size_;
        return runnable;
    }

private:
    Runnable* first_ = nullptr;
    Runnable* last_ = nullptr; ///< of a queue that is not empty
    std::size_t size_ = 0;
};

} // namespace axon
