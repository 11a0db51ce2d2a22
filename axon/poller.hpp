// Poller: where a scheduler sleeps when nothing is ready.
#pragma once

#include "axon/time.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace axon {

class Poller {
public:
    virtual ~Poller() = default;
    /// Takes what has happened, at once, or some of it. False when that is nothing.
    virtual bool poll() = 0;
    /// Sleeps until something happens, wake() is called, or `timeout` has passed (empty: for ever), and takes
    /// what has happened: it does not sleep if that is something already.
    virtual void wait(std::optional<Duration> timeout) = 0;
    /// Ends the current wait(), or the next one. From any thread.
    virtual void wake() noexcept = 0;
};

/// Knows of nothing but time and wake(): what a scheduler has until someone brings a better one.
class SleepingPoller final : public Poller {
public:
    bool poll() override { return false; }
    void wait(std::optional<Duration> timeout) override;
    void wake() noexcept override;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
};

} // namespace axon
