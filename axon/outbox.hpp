// Outbox<T>: where a component's messages leave. It never knows where to.
//
//     axon::Outbox<Bytes> outbox{*this, "outbox"};
//     co_await outbox.send(std::move(data));                // waits while the destination is full
#pragma once

#include "axon/box.hpp"
#include "axon/check.hpp"
#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/linkages.hpp"
#include "axon/wait.hpp"

#include <memory>
#include <utility>

namespace axon {

template <class T>
class SendWait;
template <class T>
class SendCopyWait;

template <class T>
class Outbox final : public OutboxBase {
public:
    using Message = T;

    /// A member of its component. `name` must be a string literal or outlive the box.
    Outbox(Component& owner, const char* name) : OutboxBase{&owner, name} {}

    [[nodiscard]] const MessageType& type() const noexcept override;

    /// Waits while the destination is full. Not linked: the message is counted and gone. It is moved from
    /// when it is delivered; until then it stays where it is.
    [[nodiscard]] SendWait<T> send(T&& message [[clang::lifetimebound]]) noexcept {
        return SendWait<T>{*this, message};
    }
    [[nodiscard]] SendCopyWait<T> send(const T& message)
        requires std::copy_constructible<T>
    {
        return SendCopyWait<T>{*this, message};
    }
    /// Never waits: false when the destination has no room or others wait for it; the message is then
    /// still the caller's.
    [[nodiscard]] bool try_send(T& message) {
        AXON_DEV_CHECK(used_on_its_own_worker());
        return deliver(&message);
    }
    [[nodiscard]] bool try_send(T&& message) { return try_send(message); }
    /// Never waits: where the destination has no room and would have the sender wait, it drops its oldest
    /// messages for this one. Who waits there goes on waiting.
    void send_displacing(T message) { deliver_displacing(&message); }

private:
    template <class>
    friend class Sender;
    explicit Outbox(const char* name) : OutboxBase{nullptr, name} {}
};

/// A sender that waits: stands in the queue of the inbox that was full, with its message.
class SendWaitBase : public Wait {
public:
    [[nodiscard]] bool ready() const noexcept final { return message_ == nullptr; }
    [[nodiscard]] bool sends() const noexcept final { return true; }
    void arm() final;
    void describe(std::vector<Awaited>& list) const final;

    [[nodiscard]] Component& component() const noexcept { return outbox_.owner(); }
    [[nodiscard]] bool await_ready() {
        AXON_CHECK(message_);                                             // awaited once
        AXON_DEV_CHECK(component().state() == Component::State::running); // a component awaits its own boxes
        return deliver() && component().spend();
    }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component().suspend(*this);
    }
    static void await_resume() noexcept {}

protected:
    SendWaitBase(OutboxBase& outbox, void* message) noexcept : outbox_{outbox}, message_{message} {}
    ~SendWaitBase() {
        if (next_) give_up();
    }

private:
    friend class InboxBase;
    friend class Linkages;

    void enter(InboxBase& inbox) noexcept;
    void leave(InboxBase& inbox) noexcept;
    /// Leaves, and lets in those behind it whom only it held up.
    void give_up() noexcept;
    /// Let in by the inbox: false when there is still no room.
    bool let_in(InboxBase& inbox);
    [[nodiscard]] bool deliver() {
        if (!outbox_.deliver(message_)) return false;
        message_ = nullptr;
        return true;
    }

    OutboxBase& outbox_;
    void* message_;                ///< null: delivered
    SendWaitBase* next_ = nullptr; ///< in the queue of the inbox that the outbox leads to; null: in none
    SendWaitBase* previous_ = nullptr;
};

/// What `outbox.send(std::move(message))` gives to `co_await`.
template <class T>
class [[nodiscard]] SendWait final : public SendWaitBase {
public:
    SendWait(Outbox<T>& outbox, T& message) noexcept : SendWaitBase{outbox, &message} {}
};

/// What `outbox.send(message)` gives to `co_await`: it sends a copy.
template <class T>
class [[nodiscard]] SendCopyWait final : public SendWaitBase {
public:
    SendCopyWait(Outbox<T>& outbox, const T& message) : SendWaitBase{outbox, &copy_}, copy_(message) {}

private:
    T copy_;
};

/// A movable loose end into an inbox: what a request carries so that it can be answered ("send the
/// service a service"). Never waits. Cut when the inbox's owner ends. While it is there more may come, so
/// the inbox has not ended; its going ends nothing by itself, but makes way for an end that came before.
template <class T>
class Sender {
public:
    Sender() = default;
    explicit Sender(Inbox<T>& to) : outbox_{new Outbox<T>{"reply"}} { Linkages::link(*outbox_, to); }

    /// False when the message was not taken: the box is full.
    bool try_send(T message) { return outbox_ && outbox_->try_send(message); }
    [[nodiscard]] bool linked() const noexcept { return outbox_ && outbox_->linked(); }

private:
    struct Cut {
        void operator()(Outbox<T>* outbox) const noexcept {
            Linkages::unlink(*outbox);
            delete outbox;
        }
    };
    std::unique_ptr<Outbox<T>, Cut> outbox_;
};

namespace detail {

template <class From, class To>
bool put(InboxBase& inbox, void* message) {
    return static_cast<Inbox<To>&>(inbox).accept(*static_cast<From*>(message));
}

template <class To, class... Froms>
std::span<const Accepted> accepts_of(MadeFrom<Froms...>) noexcept;

template <class T>
std::span<const Accepted> accepts() noexcept {
    return accepts_of<T>(typename Sources<T>::type{});
}

} // namespace detail

/// The one MessageType of T.
template <class T>
inline constexpr MessageType message_type{
    .name = MessageName<T>::value,
    .accepts = &detail::accepts<T>,
    .make_inbox = [](Component& owner, const char* name) -> std::unique_ptr<InboxBase> {
        return std::make_unique<Inbox<T>>(owner, name);
    },
    .make_outbox = [](Component& owner, const char* name) -> std::unique_ptr<OutboxBase> {
        return std::make_unique<Outbox<T>>(owner, name);
    },
};

template <class To, class... Froms>
std::span<const Accepted> detail::accepts_of(MadeFrom<Froms...>) noexcept {
    static_assert((std::is_nothrow_constructible_v<To, Froms> && ...),
                  "a message is made from another without throwing: it may happen far from the sender");
    static constexpr std::array<Accepted, 1 + sizeof...(Froms)> table{
        Accepted{&message_type<To>, &put<To, To>}, Accepted{&message_type<Froms>, &put<Froms, To>}...};
    return table;
}

template <class T>
const MessageType& Inbox<T>::type() const noexcept {
    return message_type<T>;
}
template <class T>
const MessageType& Outbox<T>::type() const noexcept {
    return message_type<T>;
}

/// As FitsInto; asserted in this form, a misfit is told in two lines and not in eight.
template <class From, class To>
inline constexpr bool fits_into = FitsInto<From, To>;

/// Joins two boxes, checked by the compiler: outbox to inbox, a composite's inbox to its child's inbox, a
/// child's outbox to its composite's. Throws LinkError when `from` leads somewhere already.
template <class From, class To>
void link(Outbox<From>& from, Inbox<To>& to) {
    static_assert(fits_into<From, To>, "what the outbox sends does not fit into the inbox");
    Linkages::link(from, to);
}
template <class From, class To>
void link(Inbox<From>& from, Inbox<To>& to) {
    static_assert(fits_into<From, To>, "what the first inbox takes does not fit into the second");
    Linkages::link(from, to);
}
template <class From, class To>
void link(Outbox<From>& from, Outbox<To>& to) {
    static_assert(fits_into<From, To>, "what the first outbox sends does not fit into the second");
    Linkages::link(from, to);
}
template <class From, class To>
void link(Inbox<From>&, Outbox<To>&) {
    static_assert(!sizeof(From), "an inbox leads to an inbox, never to an outbox");
}
/// Leads `from` to `to` instead of where it led; every queued message is kept.
template <class From, class To>
void relink(Outbox<From>& from, Inbox<To>& to) {
    static_assert(fits_into<From, To>, "what the outbox sends does not fit into the inbox");
    Linkages::relink(from, to);
}
inline void unlink(Box& from) noexcept { Linkages::unlink(from); }

} // namespace axon
