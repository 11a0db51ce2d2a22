// control and signal: how components tell each other about ends, apart from the data.
//
// Nothing here ever waits or is lost: a control box keeps what matters (has everyone finished, is it a
// shutdown, the first error) instead of a queue.
#pragma once

#include "axon/wait.hpp"

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <variant>

namespace axon {

class Component;
class ControlWait;

/// A clean end of data: the receiver finishes what is queued.
struct ProducerFinished {};
/// Stop: takes effect after the same sender's earlier data.
struct Shutdown {};
/// A component failed: which, and with what.
struct Failure {
    std::string path;
    std::string what;
    std::exception_ptr error;
};

using Signal = std::variant<ProducerFinished, Shutdown, Failure>;

/// A component's `signal`: at its end the runtime sends here how it ended.
class SignalOutbox final {
public:
    SignalOutbox() = default;
    SignalOutbox(const SignalOutbox&) = delete;
    SignalOutbox& operator=(const SignalOutbox&) = delete;

    [[nodiscard]] Component& owner() const noexcept;
    /// For components that handle control themselves; others leave it to the runtime.
    void send(const Signal& signal) const;
    void unlink() noexcept;
    /// From now until unlink(): the end of whom it leads to is a Shutdown of its owner, whom nobody hears any
    /// more.
    void end_with_receiver() noexcept;
    [[nodiscard]] bool linked() const noexcept { return receiver_ != nullptr; }
    /// Whose control it leads to, or, where it is exported, whose signal; null: it is not linked.
    [[nodiscard]] Component* receiver() const noexcept { return receiver_; }
    /// It leaves by the signal of a composite.
    [[nodiscard]] bool exported() const noexcept;
    /// A child's signal leaves through here, so the component's own end says nothing more.
    [[nodiscard]] bool exports() const noexcept;

private:
    friend class ControlInbox;
    friend void link(SignalOutbox& from, class ControlInbox& to);
    friend void link(SignalOutbox& from, SignalOutbox& to);

    Component* receiver_ = nullptr;
    SignalOutbox* next_source_ = nullptr;
    SignalOutbox* previous_source_ = nullptr;
};

/// A component's `control`.
class ControlInbox final {
public:
    ControlInbox() = default;
    ControlInbox(const ControlInbox&) = delete;
    ControlInbox& operator=(const ControlInbox&) = delete;

    [[nodiscard]] Component& owner() const noexcept;
    /// What a parent (or a test) says without a linkage.
    void deliver(const Signal& signal);
    void unlink_sources() noexcept;
    /// Also tells those who end with their receiver.
    void dismiss_sources();
    [[nodiscard]] bool linked() const noexcept { return sources_ != nullptr; }
    /// ProducerFinished has come from everyone who is linked here.
    [[nodiscard]] bool finished() const noexcept;

    /// For a component that handles control itself: waits for the next signal.
    [[nodiscard]] ControlWait receive() noexcept;

private:
    friend class SignalOutbox;
    friend void link(SignalOutbox& from, ControlInbox& to);

    SignalOutbox* sources_ = nullptr;
};

/// What each component begins with. It is a base so that its two members find their owner without keeping
/// a pointer to it.
struct ControlAndSignal {
    ControlInbox control; ///< control in, signal out; linked by pipelines and graphlines
    SignalOutbox signal;
};

/// Throws LinkError when `from` leads somewhere already.
void link(SignalOutbox& from, ControlInbox& to);
/// A child's signal becomes its composite's own. Throws LinkError also when `from` is no child's of `to`.
void link(SignalOutbox& from, SignalOutbox& to);
/// A composite's control becomes its child's own, and only of those children to which it was linked so.
/// Throws LinkError when `to` is no child's of `from`.
void link(ControlInbox& from, ControlInbox& to);
/// By name, where one of the names is `signal` or `control`. Throws LinkError.
void link_signal(Component& from, std::string_view outbox, Component& to, std::string_view inbox);

/// What `control.receive()` gives to `co_await`.
class [[nodiscard]] ControlWait final : public Wait {
public:
    explicit ControlWait(Component& component) noexcept : component_{component} {}

    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override;
    void describe(std::vector<Awaited>& list) const override;
    [[nodiscard]] bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> waiting);
    Signal await_resume();

private:
    Component& component_;
};

} // namespace axon
