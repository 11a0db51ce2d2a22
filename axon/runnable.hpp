// Runnable: what a scheduler gives turns to.
#pragma once

#include <string>

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
    [[nodiscard]] bool queued() const noexcept { return queued_; }

private:
    friend class Scheduler;
    friend class RunQueue;
    /// One turn. Must return soon.
    virtual void turn(Scheduler& scheduler) = 0;

    Runnable* next_ = nullptr;
    bool queued_ = false;
};

/// First in, first out, through the runnables themselves.
class RunQueue {
public:
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    void push(Runnable& runnable) noexcept {
        runnable.next_ = nullptr;
        runnable.queued_ = true;
        (first_ ? last_->next_ : first_) = &runnable;
        last_ = &runnable;
    }
    /// Not on an empty queue.
    Runnable& pop() noexcept {
        auto& runnable = *first_;
        first_ = runnable.next_;
        runnable.queued_ = false;
        return runnable;
    }

private:
    Runnable* first_ = nullptr;
    Runnable* last_ = nullptr;
};

} // namespace axon
