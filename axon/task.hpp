// Task: what a component's main() and its own asynchronous functions return.
//
//     axon::Task<Request> read_request();
//     auto request = co_await read_request();      // awaited in the expression that made it
//
// Lazy, immovable and awaited in place, so that references to arguments stay good. Destroying a Task
// destroys its frame, innermost first. An exception goes to whoever awaits.
#pragma once

#include "axon/check.hpp"
#include "axon/frame_pool.hpp"
#include "axon/wait.hpp"

#include <concepts>
#include <coroutine>
#include <exception>
#include <optional>
#include <source_location>
#include <type_traits>
#include <utility>

namespace axon {

namespace detail {

/// Coroutine frames of this thread that have not been destroyed: a test compares to find a leak.
inline constinit thread_local std::size_t live_frames = 0;

class PromiseBase {
public:
    static void* operator new(std::size_t size) {
        ++live_frames;
        return frame_pool::allocate(size);
    }
    static void operator delete(void* frame, std::size_t size) noexcept {
        --live_frames;
        frame_pool::deallocate(frame, size);
    }

    struct Final {
        static bool await_ready() noexcept { return false; }
        template <class Promise>
        static std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) noexcept {
            const auto next = ended.promise().continuation;
            return next ? next : std::noop_coroutine();
        }
        static void await_resume() noexcept {}
    };

    static std::suspend_always initial_suspend() noexcept { return {}; }
    static Final final_suspend() noexcept { return {}; }
    /// Every await comes by here: a Wait is told where it stands.
    template <class Awaitable>
    static Awaitable&& await_transform(
        Awaitable&& awaitable, std::source_location where = std::source_location::current()) noexcept {
        if constexpr (std::derived_from<std::remove_cvref_t<Awaitable>, Wait>) awaitable.where = where;
        return std::forward<Awaitable>(awaitable);
    }
    void unhandled_exception() noexcept {
        if (continuation.address() == &being_destroyed) std::terminate(); // as in any other unwinding
        error = std::current_exception();
    }

    /// Destroys a frame where it waits. An exception that leaves a destructor in it ends the process: the
    /// compiler would go on at the frame's final suspension, and from there in who awaits it.
    template <class Promise>
    static void destroy(std::coroutine_handle<Promise> frame) noexcept {
        frame.promise().continuation = std::coroutine_handle<>::from_address(&being_destroyed);
        frame.destroy();
    }

    std::coroutine_handle<> continuation;
    std::exception_ptr error;

private:
    static inline constinit char being_destroyed = 0; ///< an address that is no coroutine's
};

template <class T>
class Promise : public PromiseBase {
public:
    std::coroutine_handle<Promise> get_return_object() noexcept {
        return std::coroutine_handle<Promise>::from_promise(*this);
    }
    template <class U = T>
    void return_value(U&& value) {
        value_.emplace(std::forward<U>(value));
    }
    T result() {
        if (error) std::rethrow_exception(error);
        return std::move(*value_);
    }

private:
    std::optional<T> value_;
};

template <>
class Promise<void> : public PromiseBase {
public:
    std::coroutine_handle<Promise> get_return_object() noexcept {
        return std::coroutine_handle<Promise>::from_promise(*this);
    }
    void return_void() noexcept {}
    void result() {
        if (error) std::rethrow_exception(error);
    }
};

} // namespace detail

template <class T = void>
class [[nodiscard]] Task {
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    /// A task that does nothing; it may not be awaited.
    Task() noexcept = default;
    Task(Handle handle) noexcept : handle_{handle} {} // NOLINT: what get_return_object() gives
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task() { cancel(); }

    /// Hands the frame to the caller, who destroys it. Only the runtime does this.
    [[nodiscard]] Handle release() noexcept { return std::exchange(handle_, {}); }
    /// Destroys the frame now; what it waited for is taken back.
    void cancel() noexcept {
        if (handle_) promise_type::destroy(release());
    }
    [[nodiscard]] bool done() const noexcept { return handle_.done(); }
    T result() { return handle_.promise().result(); }

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) {
        AXON_CHECK(handle_ && !handle_.done() && !handle_.promise().continuation); // awaited once
        handle_.promise().continuation = awaiting;
        return handle_;
    }
    T await_resume() { return result(); }

private:
    Handle handle_;
};

} // namespace axon
