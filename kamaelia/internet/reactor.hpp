// Reactor: Boost.Asio's poller as a scheduler's. Internal to the Selector.
#pragma once

#include "axon/poller.hpp"
#include "kamaelia/internet/selector.hpp"

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace kamaelia {

/// What the worker runs. Freed by the last who lets it go: objects of Asio may live longer than the reactor,
/// though nobody runs it then.
class WorkerContext {
public:
    WorkerContext() = default;
    WorkerContext(const WorkerContext&) = delete;
    WorkerContext& operator=(const WorkerContext&) = delete;

    [[nodiscard]] WorkerContext& keep() noexcept {
        ++keepers_;
        return *this;
    }
    void let_go() noexcept {
        if (--keepers_ == 0) delete this;
    }

    // One thread at a time; only wake() comes from others, and that the scheduler's own lock covers.
    boost::asio::io_context asio{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};

private:
    ~WorkerContext() = default;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy_{asio.get_executor()};
    unsigned keepers_ = 1;
};

/// Watches descriptors and is what the worker sleeps in. All but wake() on the worker's thread.
class Reactor final : public axon::Poller {
public:
    /// `selector` is told when nothing is watched any more.
    explicit Reactor(axon::Component& selector);
    ~Reactor() override;

    bool poll() override;
    void wait(std::optional<axon::Duration> timeout) override;
    void wake() noexcept override;

    /// Answers on `reply`: with a Watch, or with an invalid one when the descriptor cannot be watched.
    void watch(int fd, axon::Sender<Ready> reply);
    [[nodiscard]] std::size_t watched() const noexcept { return watched_; }
    [[nodiscard]] WorkerContext& context() noexcept { return *context_; }
    [[nodiscard]] std::span<char> scratch() noexcept { return scratch_; }

private:
    friend class Watched;

    void forget(Watched& watched) noexcept;
    void start_waits();

    axon::Component& selector_;
    WorkerContext* context_;
    Watched* first_ = nullptr;                             ///< all that live, also those whose owner has gone
    std::size_t watched_ = 0;                              ///< those whose owner has not
    bool busy_ = false;                                    ///< the last poll() found something
    unsigned came_alone_ = 0;                              ///< events that wait() took
    std::vector<std::pair<Watched*, Direction>> to_start_; ///< before the next look at the kernel
    std::array<char, 64 * 1024> scratch_;
};

} // namespace kamaelia
