// Keys: things under a name that components put there, look at and take away, like a Linda tuple space.
//
//     auto& keys = cat().keys();
//     keys.set("title", std::string{"Ode"});                // in this scope, instead of what was there
//     auto title = keys.get<std::string>("title");          // a copy, from the nearest scope that has it
//     auto job = co_await keys.take<Job>(*this, "job");     // waits until it is there, and has it alone
//     auto watch = keys.watch("title", titles);             // each new one into an Inbox<std::string>
#pragma once

#include "axon/key_asker.hpp"
#include "axon/outbox.hpp"

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace axon {

class Cat;
class TakeWaitBase;
template <class T>
class KeyWatch;
template <class T>
class TakeWait;

/// The keys of one scope. They live as long as it does, not as long as whoever set them. A key has one
/// type while it is there, waited for or watched; every function throws CatError when asked for another.
/// Only for the thread of the scope's scheduler: use from another one is a broken invariant.
class Keys {
public:
    explicit Keys(Cat& cat) noexcept : cat_{cat} {}
    ~Keys();
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;

    /// Puts it into this scope, whatever enclosing ones have. Those who watch are told; then the one who
    /// has waited longest in take(), here or below, gets it; if nobody waits it stays, instead of what was
    /// there.
    template <KeyContent T>
    void set(std::string_view name, T content) {
        put(name, std::make_unique<HeldAs<T>>(std::move(content)));
    }
    /// A copy; empty where neither this nor an enclosing scope has it.
    template <KeyContent T>
        requires std::copyable<T>
    [[nodiscard]] std::optional<T> get(std::string_view name) const {
        const auto* const held = look(name, key_type<T>);
        return held ? std::optional<T>{static_cast<const HeldAs<T>*>(held)->content} : std::nullopt;
    }
    /// Waits until this or an enclosing scope has it, removes it there and gives it to `self` alone. Of
    /// several the first to ask gets it; what was given to one that ends before it goes on is the next one's.
    template <KeyContent T>
    [[nodiscard]] TakeWait<T> take(Component& self, std::string_view name) {
        return TakeWait<T>{self, *this, name};
    }
    /// Sends what is set from now on to `inbox`, while the KeyWatch and the inbox are there; not what a
    /// nearer scope hides. What finds no room is lost: `{.capacity = 1, .overflow = Overflow::drop_oldest}`
    /// keeps the latest.
    template <KeyContent T>
        requires std::copyable<T>
    [[nodiscard]] KeyWatch<T> watch(std::string_view name, Inbox<T>& inbox) {
        return KeyWatch<T>{*this, name, inbox};
    }
    /// What is there in this scope, in alphabetical order.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    friend class KeyAsker;
    friend class TakeWaitBase;

    void put(std::string_view name, std::unique_ptr<Held> held);
    [[nodiscard]] const Held* look(std::string_view name, KeyType type) const;
    /// The key of that type, made if need be. Throws CatError when it is of another.
    KeyMap::iterator key_of(std::string_view name, KeyType type);
    void hand_out(KeyMap::iterator key, std::unique_ptr<Held> held);
    void give_back(std::string_view name, std::unique_ptr<Held> held);
    void forget_if_unused(KeyMap::iterator key) noexcept;
    void check_scheduler() const;
    [[nodiscard]] Keys* outer() const noexcept;

    Cat& cat_;
    KeyMap keys_;
    std::vector<TakeWaitBase*> given_; ///< those who have something from here and have not gone on yet
};

/// A component that waits for a key, or has been given it and has not gone on yet.
class TakeWaitBase : public Wait, private KeyAsker {
public:
    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override;
    void arm() override;
    [[nodiscard]] bool await_ready() const noexcept { return ready() && component_.spend(); }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }

protected:
    TakeWaitBase(Component& self, Keys& keys, std::string_view name, KeyType type);
    ~TakeWaitBase();
    [[nodiscard]] std::unique_ptr<Held> taken();

private:
    friend class Keys;

    void was_set(Keys& where, std::unique_ptr<Held>& held) override;
    void receive(Keys& from, std::unique_ptr<Held>& held);
    /// The nearest scope that has it now.
    [[nodiscard]] Keys* found() const noexcept;
    void take_from(Keys& keys);

    Component& component_;
    Keys& keys_;
    std::string_view name_;
    KeyType type_;
    bool armed_ = false;
    std::unique_ptr<Held> held_;
    Keys* from_ = nullptr; ///< where it goes back to
};

/// What `keys.take<T>(*this, name)` gives to `co_await`.
template <class T>
class [[nodiscard]] TakeWait final : public TakeWaitBase {
public:
    TakeWait(Component& self, Keys& keys, std::string_view name)
        : TakeWaitBase{self, keys, name, key_type<T>} {}
    T await_resume() { return std::move(static_cast<HeldAs<T>&>(*taken()).content); }
};

/// Tells an inbox of each new content of a key. Does not move: keep it in main() or in a std::optional.
template <class T>
class [[nodiscard]] KeyWatch final : private KeyAsker {
public:
    KeyWatch(Keys& keys, std::string_view name, Inbox<T>& inbox) : to_{inbox} {
        enter(keys, name, key_type<T>, &Key::watchers);
    }

private:
    void was_set(Keys& where, std::unique_ptr<Held>& held) override {
        (void)where;
        (void)to_.try_send(static_cast<const HeldAs<T>&>(*held).content);
    }

    Sender<T> to_;
};

} // namespace axon
