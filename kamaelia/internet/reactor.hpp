// Reactor: Boost.Asio's poller as a scheduler's. Internal to the Selector.
#pragma once

#include "axon/poller.hpp"
#include "kamaelia/internet/selector.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace kamaelia {

/// Watches descriptors and is what the worker sleeps in. All but wake() on the worker's thread.
class Reactor final : public axon::Poller {
public:
    /// `selector` is told when nothing is watched any more.
    explicit Reactor(axon::Component& selector);
    ~Reactor() override;

    void poll() override;
    void wait(std::optional<axon::Duration> timeout) override;
    void wake() noexcept override;

    /// Answers on `reply`: with a Watch, or with an invalid one when the descriptor cannot be watched.
    void watch(int fd, axon::Sender<Ready> reply);
    [[nodiscard]] std::size_t watched() const noexcept { return watched_; }
    [[nodiscard]] std::span<char> scratch() noexcept { return scratch_; }

private:
    friend class Watched;
    struct Asio;

    void forget(Watched& watched) noexcept;
    void start_waits();

    axon::Component& selector_;
    std::unique_ptr<Asio> asio_;
    Watched* first_ = nullptr;                             ///< all that live, also those whose owner has gone
    std::size_t watched_ = 0;                              ///< those whose owner has not
    bool busy_ = false;                                    ///< the last poll() found something
    unsigned came_alone_ = 0;                              ///< events that wait() took
    std::vector<std::pair<Watched*, Direction>> to_start_; ///< before the next look at the kernel
    std::array<char, 64 * 1024> scratch_;
};

} // namespace kamaelia
