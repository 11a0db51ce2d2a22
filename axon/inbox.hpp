// Inbox<T>: where a component's messages arrive.
//
//     axon::Inbox<Bytes> inbox{*this, "inbox"};
//     while (auto data = co_await inbox.receive()) ...      // empty at the end of input
#pragma once

#include "axon/box.hpp"
#include "axon/check.hpp"
#include "axon/component.hpp"
#include "axon/frame_pool.hpp"
#include "axon/wait.hpp"
#include "axon/weight.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <memory>
#include <optional>
#include <utility>

namespace axon {

inline bool InboxBase::ended() const noexcept {
    return count_ == 0 && open_ == 0 && waiting_ == nullptr && (closed_ || owner().producers_finished());
}

inline void InboxBase::announce() { owner().notify(); }

template <class T>
class ReceiveWait;

template <class T>
class Inbox final : public InboxBase {
    static_assert(std::is_nothrow_move_constructible_v<T>, "a message type moves without throwing");
    static_assert(alignof(T) <= 16, "the pool aligns to 16");

public:
    using Message = T;

    /// A member of its component. `name` must be a string literal or outlive the box.
    Inbox(Component& owner, const char* name, const InboxOptions& options = {})
        : InboxBase{&owner, name, options} {}
    ~Inbox() override { clear(); }

    [[nodiscard]] const MessageType& type() const noexcept override;

    /// Waits for the next message; empty at the end of input.
    [[nodiscard]] ReceiveWait<T> receive() noexcept { return ReceiveWait<T>{*this}; }
    /// Never waits; empty when nothing is here now.
    [[nodiscard]] std::optional<T> try_receive() {
        AXON_DEV_CHECK(used_on_its_own_worker());
        used_ = true;
        if (count_ > 0) return next();
        owner().looked_in_vain(*this);
        return std::nullopt;
    }

    /// Puts a message in, if the limits allow; what does not fit goes by the overflow policy. False when
    /// the sender has to wait; the message is then still the caller's.
    template <FitsInto<T> From>
    bool accept(From& message) {
        AXON_DEV_CHECK(used_on_its_own_worker());
        const auto weight = Weight<From>::of(message);
        if (!fits(weight) && !make_room(weight)) return overflow_ != Overflow::wait;
        ++received_on_thread_;
        if (count_ == 0) {
            put_first(message);
        } else {
            push(message);
        }
        return true;
    }

private:
    friend class ReceiveWait<T>;

    T pop() noexcept {
        if constexpr (lone_is_here) {
            if (ring_bits_ == 0) {
                T message(std::move(place_.lone)); // not braces: a T may be made from a list of T
                place_.lone.~T();
                bytes_ = 0;
                count_ = 0;
                return message;
            }
        }
        T* const slot = place_.ring + head_;
        T message(std::move(*slot));
        slot->~T();
        bytes_ -= static_cast<std::uint32_t>(Weight<T>::of(message));
        head_ = (head_ + 1) & (slots() - 1);
        if (--count_ == 0) give_back_ring();
        return message;
    }

    // Not built into a coroutine: the message on its way would take room in its frame.
    [[gnu::noinline]] std::optional<T> next() {
        T message = pop();
        ++taken_;
        admit();
        return std::optional<T>(std::move(message));
    }

    // What push() does to an empty box, the usual case: no place in the ring has to be worked out.
    template <class From>
    void put_first(From& message) {
        const bool lone = lone_is_here && ring_bits_ == 0;
        auto* const slot = ::new (lone ? &place_.lone : take_ring()) T(std::move(message));
        bytes_ = static_cast<std::uint32_t>(Weight<T>::of(*slot));
        count_ = 1;
        announce();
    }

    template <class From>
    void push(From& message) {
        if (count_ == slots()) grow();
        auto* const slot = ::new (ring() + ((head_ + count_) & (slots() - 1))) T(std::move(message));
        bytes_ += static_cast<std::uint32_t>(Weight<T>::of(*slot));
        ++count_;
    }

    bool make_room(std::size_t weight) {
        if (overflow_ == Overflow::wait) return false;
        if (overflow_ == Overflow::drop_newest) {
            ++dropped_;
            return false;
        }
        while (!fits(weight)) {
            (void)pop();
            ++taken_; // gone from here, too: a Shutdown behind it need not wait for it
            ++dropped_;
        }
        owner().notify_of_shutdown();
        return true;
    }

    void move_messages(InboxBase& to, Put put) override {
        while (count_ > 0) {
            T message = pop();
            ++taken_; // gone from here: a Shutdown that waits for it need not
            put(to, &message);
        }
        owner().notify_of_shutdown();
    }

    void clear() noexcept {
        while (count_ > 0) (void)pop();
    }

    // A small message that is alone has its place in the box; others have theirs in a ring from the pool,
    // which goes back when the box is empty. ring_bits_ then says how large the next will be: half as large,
    // so that one burst after the other does not grow through all sizes, and one that was large is forgotten;
    // and no larger than what the pool has at hand.
    static constexpr bool lone_is_here = sizeof(T) <= 16;
    static constexpr std::uint8_t least_ring_bits = 2;
    static constexpr std::uint8_t most_next_bits = std::bit_width(frame_pool::largest / sizeof(T) / 2);
    union Place {
        Place() noexcept : ring{nullptr} {}
        ~Place() {}
        T* ring; ///< for 2^ring_bits_, where that is not 0
        T lone;  ///< where it is
    };
    [[nodiscard]] T* ring() noexcept {
        if constexpr (lone_is_here) {
            if (ring_bits_ == 0) return &place_.lone;
        }
        return place_.ring;
    }
    [[nodiscard]] std::uint32_t slots() const noexcept { return 1U << ring_bits_; }
    [[gnu::noinline]] T* take_ring() {
        if (ring_bits_ == 0) ring_bits_ = least_ring_bits;
        return place_.ring = allocate(ring_bits_);
    }
    void give_back_ring() noexcept {
        frame_pool::deallocate(place_.ring, sizeof(T) * slots());
        ring_bits_ = ring_bits_ > least_ring_bits
                         ? std::min(static_cast<std::uint8_t>(ring_bits_ - 1), most_next_bits)
                         : std::uint8_t{0};
        head_ = 0;
    }
    void grow() {
        const auto bits = ring_bits_ == 0 ? least_ring_bits : static_cast<std::uint8_t>(ring_bits_ + 1);
        T* const larger = allocate(bits);
        for (std::uint32_t i = 0; i < count_; ++i) {
            T* const from = ring() + ((head_ + i) & (slots() - 1));
            ::new (larger + i) T(std::move(*from));
            from->~T();
        }
        if (ring_bits_ > 0) frame_pool::deallocate(place_.ring, sizeof(T) * slots());
        place_.ring = larger;
        ring_bits_ = bits;
        head_ = 0;
    }
    static T* allocate(std::uint8_t bits) { return static_cast<T*>(frame_pool::allocate(sizeof(T) << bits)); }

    Place place_;
};

/// What `inbox.receive()` gives to `co_await`.
template <class T>
class [[nodiscard]] ReceiveWait final : public InputWait {
public:
    explicit ReceiveWait(Inbox<T>& inbox) noexcept : InputWait{inbox} {}

    [[nodiscard]] Component& component() const noexcept { return input_.owner(); }
    [[nodiscard]] bool ready() const noexcept override { return input_.ready(); }
    void arm() override { inbox().used_ = true; }

    [[nodiscard]] bool await_ready() const {
        AXON_DEV_CHECK(component().state() == Component::State::running); // a component awaits its own boxes
        return input_.ready() && component().spend();
    }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component().suspend(*this);
    }
    std::optional<T> await_resume() {
        if (inbox().count_ > 0) return inbox().next();
        inbox().used_ = true; // it reads this box, though it never had to wait for it
        inbox().end_seen_ = true;
        return std::nullopt;
    }

private:
    [[nodiscard]] Inbox<T>& inbox() const noexcept { return static_cast<Inbox<T>&>(input_); }
};

} // namespace axon
