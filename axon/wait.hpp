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
    /// Does who waits here have nothing in hand of what `inbox` gave? A Shutdown takes effect there (design:
    /// after earlier data).
    [[nodiscard]] virtual bool done_with(const InboxBase& inbox) const noexcept {
        (void)inbox;
        return false;
    }
    /// Is a message to be sent what it waits for?
    [[nodiscard]] virtual bool sends() const noexcept { return false; }
    /// It is over, by the choice of a first_of(), which consumes nothing.
    virtual void chosen() noexcept {}
    /// Sets going what will make it ready. Called once when the component suspends.
    virtual void arm() {}
    /// Adds what is waited for, for people: any one of it will do.
    virtual void describe(std::vector<Awaited>& list) const;

    /// The coroutine to go on with.
    std::coroutine_handle<> resume;
    /// Its `co_await`.
    std::source_location where;

protected:
    Wait() = default;
    ~Wait() = default;
};

/// The next message of one inbox, or its end, is waited for.
class InputWait : public Wait {
public:
    /// Also with what other inboxes gave, unless this one gets an answer: what was asked for it is in hand.
    [[nodiscard]] bool done_with(const InboxBase& inbox) const noexcept final;
    void describe(std::vector<Awaited>& list) const final;

protected:
    explicit InputWait(InboxBase& inbox) noexcept : input_{inbox} {}
    ~InputWait() = default;

    InboxBase& input_;
};

} // namespace axon
