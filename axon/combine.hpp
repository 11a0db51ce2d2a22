// first_of and within: waiting for one of several things, or not for ever.
//
//     switch (co_await axon::first_of(inbox.receive(), orders.receive(), sleep_for(5s))) {
//     case 0: data = inbox.try_receive(); break;            // says which; consumes nothing
//     ...
//     auto answer = co_await axon::within(2s, inbox.receive());
//     if (!answer) ...                                      // axon::TimedOut
#pragma once

#include "axon/awaited.hpp"
#include "axon/component.hpp"
#include "axon/sleep.hpp"
#include "axon/task.hpp"

#include <cstddef>
#include <expected>
#include <tuple>
#include <type_traits>
#include <utility>

namespace axon {

class SendWaitBase;
template <class Inner>
class Within;

/// The time was up first.
struct TimedOut {
    friend bool operator==(TimedOut, TimedOut) = default;
};

/// The waits are arguments of the same full expression, hence alive while it is awaited.
template <class... Waits>
class [[nodiscard]] FirstOf final : public Wait {
public:
    explicit FirstOf(Waits&... waits) noexcept : waits_{waits...} {}

    [[nodiscard]] Component& component() const noexcept { return std::get<0>(waits_).component(); }
    [[nodiscard]] bool ready() const noexcept override { return which() < sizeof...(Waits); }
    [[nodiscard]] bool done_with(const InboxBase& inbox) const noexcept override {
        return std::apply([&](const auto&... wait) { return (wait.done_with(inbox) || ...); }, waits_);
    }
    void chosen() noexcept override {
        std::apply([](auto&... wait) { (void)((wait.ready() && (wait.chosen(), true)) || ...); }, waits_);
    }
    void arm() override {
        std::apply([](auto&... wait) { (wait.arm(), ...); }, waits_);
    }
    void describe(std::vector<Awaited>& list) const override {
        std::apply([&](const auto&... wait) { (wait.describe(list), ...); }, waits_);
    }
    [[nodiscard]] bool await_ready() const noexcept { return ready() && component().spend(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component().suspend(*this);
    }
    /// The index of the first that is ready, in the order of the arguments.
    [[nodiscard]] std::size_t await_resume() noexcept {
        const auto first = which();
        chosen();
        return first;
    }

private:
    [[nodiscard]] std::size_t which() const noexcept {
        return std::apply(
            [](const auto&... wait) {
                std::size_t index = 0;
                (void)((wait.ready() || (++index, false)) || ...);
                return index;
            },
            waits_);
    }

    std::tuple<Waits&...> waits_;
};

namespace detail {
// What waits inside a time limit.
template <class W>
struct Innermost {
    using type = W;
};
template <class Inner>
struct Innermost<Within<Inner>> : Innermost<Inner> {};

template <class W>
inline constexpr bool is_send = std::is_base_of_v<SendWaitBase, typename Innermost<W>::type>;
template <class W> // an inbox has the message; but an offload's result goes with its wait
inline constexpr bool keeps_its_result = !requires { typename Innermost<W>::type::GivenOnce; };
} // namespace detail

/// Which of several waits is over first. None of them is consumed: take the message with try_receive().
/// Takes receives, sleeps, pauses and readiness; not sends, nor an offload or an operation of Asio, whose
/// result would be lost.
template <class... Waits>
[[nodiscard]] auto first_of(Waits&&... waits) noexcept {
    static_assert(!(std::is_lvalue_reference_v<Waits> || ...), "make the waits in the call");
    static_assert(!(detail::is_send<Waits> || ...), "a send is not one of several");
    static_assert((detail::keeps_its_result<Waits> && ...),
                  "what gives its result once is not one of several");
    return FirstOf<Waits...>{waits...};
}

/// An await with a time limit.
template <class Inner>
class [[nodiscard]] Within final : public Wait {
public:
    using Value = decltype(std::declval<Inner&>().await_resume());

    Within(Duration limit, Inner& inner) noexcept : limit_{limit}, inner_{inner} {}

    [[nodiscard]] Component& component() const noexcept { return inner_.component(); }
    [[nodiscard]] bool ready() const noexcept override { return inner_.ready() || timer_.over; }
    [[nodiscard]] bool done_with(const InboxBase& inbox) const noexcept override {
        return inner_.done_with(inbox);
    }
    [[nodiscard]] bool sends() const noexcept override { return inner_.sends(); }
    void chosen() noexcept override {
        if (inner_.ready()) inner_.chosen();
    }
    void arm() override {
        inner_.arm();
        auto& scheduler = component().scheduler();
        timer_.component = &component();
        scheduler.timers().start(timer_, after(scheduler.now(), limit_));
    }
    void describe(std::vector<Awaited>& list) const override {
        inner_.describe(list);
        list.push_back({.what = Awaited::What::time, .until = timer_.due()});
    }
    [[nodiscard]] bool await_ready() { return inner_.await_ready(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component().suspend(*this);
    }
    [[nodiscard]] std::expected<Value, TimedOut> await_resume() {
        if (timer_.over && !inner_.ready()) return std::unexpected{TimedOut{}};
        if constexpr (std::is_void_v<Value>) {
            inner_.await_resume();
            return {};
        } else {
            return inner_.await_resume();
        }
    }

private:
    struct Limit final : Timer {
        void fire() override {
            over = true;
            component->notify();
        }
        Component* component = nullptr;
        bool over = false;
    };

    Duration limit_;
    Inner& inner_;
    Limit timer_;
};

/// Awaits `inner` for at most `limit`; a message that was not sent by then is not.
template <class Inner>
[[nodiscard]] auto within(Duration limit, Inner&& inner) noexcept {
    static_assert(!std::is_lvalue_reference_v<Inner>, "make the await in the call");
    return Within<Inner>{limit, inner};
}

/// Runs a task for at most `limit`; then its frames are destroyed where they wait.
template <class T>
class [[nodiscard]] TaskWithin final : public Wait, private Timer {
public:
    TaskWithin(Component& component, Duration limit, Task<T>& task) noexcept
        : component_{component}, limit_{limit}, task_{task} {}
    TaskWithin(TaskWithin&&) = delete;

    [[nodiscard]] bool ready() const noexcept override { return over_; }
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        auto& scheduler = component_.scheduler();
        scheduler.timers().start(*this, after(scheduler.now(), limit_));
        return task_.await_suspend(waiting);
    }
    [[nodiscard]] std::expected<T, TimedOut> await_resume() {
        if (over_) return std::unexpected{TimedOut{}};
        cancel();
        if constexpr (std::is_void_v<T>) {
            task_.result();
            return {};
        } else {
            return task_.result();
        }
    }

private:
    void fire() override {
        if (task_.done()) return; // its result is on the way
        over_ = true;
        component_.resume_at(*this); // first: destructors in the task's frames may notify the component
        task_.cancel();
    }

    Component& component_;
    Duration limit_;
    Task<T>& task_;
    bool over_ = false;
};

/// As within() for an await. `self` is the component whose task it is.
template <class T>
[[nodiscard]] auto within(Component& self, Duration limit, Task<T>&& task) noexcept {
    return TaskWithin<T>{self, limit, task};
}

} // namespace axon
