// Wait: what a suspended component waits for. Awaitables derive from it; authors only `co_await` them.
#pragma once

#include <coroutine>
#include <source_location>
#include <vector>

namespace axon {

class InboxBase;
struct Awaited;

/// Lives in the coroutine frame of the one leaf that a component has suspended. It takes itself back
/// (a timer, a place in a queue) in its destructor, so that a frame may be destroyed at any time.
class Wait {
public:
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;

    /// Could the await complete now? Asked when something changed and again before resuming.
    [[nodiscard]] virtual bool ready() const noexcept = 0;
    /// Is it the next message that is waited for? A Shutdown takes effect there (design: after earlier data).
    [[nodiscard]] virtual bool for_input() const noexcept { return false; }
    /// Sets going what will make it ready. Called once when the component suspends.
    virtual void arm() {}
    /// Adds what is waited for, for people: any one of it will do.
    virtual void describe(std::vector<Awaited>& list) const;

    /// The coroutine to go on with.
    std::coroutine_handle<> resume;
    /// The inbox whose next message, or end, is all that is waited for. The runtime then looks there and
    /// need not call ready(); most awaits are of this kind.
    InboxBase* const input = nullptr;
    /// Its `co_await`. Last, because that is where it measured cheapest.
    std::source_location where;

protected:
    Wait() = default;
    explicit Wait(InboxBase& only) noexcept : input{&only} {}
    ~Wait() = default;
};

} // namespace axon
