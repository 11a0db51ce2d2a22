// The Selector: the one component of a worker that touches the operating system's poller.
//
// Whoever has a socket sends it once to the service "selector", with a reply box:
//
//     auto watch = co_await kamaelia::watch(*this, fd);       // finds the Selector, or makes it
//     co_await watch.readable();
//
// or, with messages only: each `watch.tell_when(readable)` puts one Ready into the reply box.
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "axon/poller.hpp"
#include "axon/task.hpp"
#include "axon/wait.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace kamaelia {

enum class Direction : std::uint8_t { readable, writable };

class Reactor;
class Watched;
class WatchWait;

/// A descriptor that the selector watches for its owner. Must end before the descriptor is closed.
class Watch {
public:
    Watch() = default;
    explicit Watch(Watched* watched) noexcept : watched_{watched} {}
    Watch(Watch&& other) noexcept : watched_{std::exchange(other.watched_, nullptr)} {}
    Watch& operator=(Watch&& other) noexcept {
        std::swap(watched_, other.watched_);
        return *this;
    }
    ~Watch();

    /// False before it was answered, and when the selector could not take the descriptor.
    [[nodiscard]] bool valid() const noexcept { return watched_ != nullptr; }
    /// Waits until a read (write) would not block; also when the other side has gone. One at a time a
    /// direction. `self` is the component that waits.
    [[nodiscard]] WatchWait readable(axon::Component& self) noexcept;
    [[nodiscard]] WatchWait writable(axon::Component& self) noexcept;
    /// For whoever has just read something and answers it: waits until everyone else has had their turn,
    /// or until it is readable if there is nobody else. A read may then find nothing.
    [[nodiscard]] WatchWait perhaps_readable(axon::Component& self) noexcept;
    /// Instead of waiting: one Ready message to the reply box of the request, when it is so.
    void tell_when(Direction direction);
    /// Room that is the worker's: good until the next await. Empty before it was answered, and when the
    /// selector is gone.
    [[nodiscard]] std::span<char> scratch() const noexcept;

private:
    friend class WatchWait;
    Watched* watched_ = nullptr;
};

/// What the reply box gets: first the answer to the request, with the watch; then, for those who ask by
/// tell_when(), which way the descriptor is ready.
struct Ready {
    Watch watch;
    Direction direction = Direction::readable;
};

/// "Watch this for me, and tell me here."
struct WatchRequest {
    int fd = -1;
    axon::Sender<Ready> reply;
};

/// Ends when nobody watches and nobody is linked to it any more; the next who needs one makes another.
class Selector final : public axon::Component {
public:
    static constexpr const char* service = "selector";

    Selector();
    ~Selector() override;

    /// Leads `requests` to this worker's selector; it is made if there is none yet.
    static void link(axon::Component& user, axon::Outbox<WatchRequest>& requests);

    axon::Inbox<WatchRequest> notify{*this, "notify", {.capacity = 0}};

    [[nodiscard]] Reactor& reactor() const noexcept { return *reactor_; }

private:
    class Needed;
    axon::Task<> main() override;

    std::unique_ptr<Reactor> reactor_;
};

/// Sends `fd` to the selector and waits for the answer.
[[nodiscard]] axon::Task<Watch> watch(axon::Component& self, int fd);

/// What Watch::readable() and its like give to `co_await`.
class [[nodiscard]] WatchWait final : public axon::Wait {
public:
    enum class Until : std::uint8_t { ready, come_round };

    WatchWait(axon::Component& component, Watched* watched, Direction direction,
              Until until = Until::ready) noexcept
        : component_{component}, watched_{watched}, direction_{direction}, until_{until} {}
    ~WatchWait();

    [[nodiscard]] axon::Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override { return over_; }
    void arm() override;
    void describe(std::vector<axon::Awaited>& list) const override;
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    friend class Watched;
    void over() noexcept;

    axon::Component& component_;
    Watched* watched_;
    Direction direction_;
    Until until_;
    bool over_ = false;
};

} // namespace kamaelia
