// Box, and what all inboxes and outboxes share: a name, an owner, and the linkages between them.
//
// A linkage joins one box to one destination; a box has any number of sources. Chains of linkages
// (outbox to exported outbox to inbox to a child's inbox) are resolved when they change, so that
// sending touches only the last box.
#pragma once

#include "axon/message_type.hpp"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace axon {

class SendWaitBase;

/// Why two boxes could not be joined: names components, boxes and types.
class LinkError : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Never moves. Belongs to one component and knows its name there.
class Box {
public:
    Box(const Box&) = delete;
    Box& operator=(const Box&) = delete;

    virtual ~Box();

    [[nodiscard]] std::string_view name() const noexcept { return name_; }
    [[nodiscard]] Component& owner() const noexcept { return *owner_; }
    /// False for the runtime's own loose ends only.
    [[nodiscard]] bool owned() const noexcept { return owner_ != nullptr; }
    [[nodiscard]] virtual const MessageType& type() const noexcept = 0;
    [[nodiscard]] virtual bool is_inbox() const noexcept = 0;
    /// Messages change workers by components made for it (bridge, offload) and never by a box.
    [[nodiscard]] bool used_on_its_own_worker() const noexcept;

    /// Where its messages are led, if it is linked onwards.
    [[nodiscard]] Box* destination() const noexcept { return destination_; }
    /// The first of the boxes that lead here; go on with next_source().
    [[nodiscard]] Box* first_source() const noexcept { return first_source_; }
    [[nodiscard]] Box* next_source() const noexcept { return next_source_; }
    /// The next box of the same component, in the order of declaration from last to first.
    [[nodiscard]] Box* next_box() const noexcept { return next_box_; }

protected:
    /// `name` must outlive the box. A null owner is for the runtime's own loose ends (Sender).
    Box(Component* owner, const char* name);

private:
    friend class Linkages;

    const char* name_;
    Component* owner_;
    Box* next_box_ = nullptr;
    Box* destination_ = nullptr;
    Box* first_source_ = nullptr;
    Box* next_source_ = nullptr;
    Box* previous_source_ = nullptr;
};

enum class Overflow : std::uint8_t { wait, drop_oldest, drop_newest };

/// How much an inbox holds, and what happens to the message that does not fit.
struct InboxOptions {
    std::uint32_t capacity = 64;      ///< messages; 0 = no limit
    std::uint32_t bytes = 256 * 1024; ///< summed Weight of the messages; 0 = no limit
    Overflow overflow = Overflow::wait;
    /// Without a linkage its component is of no use: who wires components by name refuses that.
    bool required = false;
};

class InboxBase : public Box {
public:
    ~InboxBase() override;

    [[nodiscard]] bool is_inbox() const noexcept final { return true; }

    /// Messages waiting here.
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    /// Their summed Weight.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    /// No message will come any more: it has had a linkage, the last one was closed, and it is drained.
    [[nodiscard]] bool ended() const noexcept;
    /// A message waits, or the end has come: receive() would not wait.
    [[nodiscard]] bool ready() const noexcept { return count_ > 0 || ended(); }

    [[nodiscard]] InboxOptions options() const noexcept {
        return {capacity_, byte_limit_, overflow_, required_};
    }
    [[nodiscard]] bool required() const noexcept { return required_; }
    /// Somebody has, or had, a Sender that leads here.
    [[nodiscard]] bool gets_replies() const noexcept { return gets_replies_; }
    /// Changes the limits; what is here stays, and so does whether it is required.
    void set_options(const InboxOptions& options);

    [[nodiscard]] std::uint64_t received() const noexcept { return taken_ + count_; } ///< ever put here
    /// Of those, the ones that are gone from here: handed out, displaced, or moved on by a linkage.
    [[nodiscard]] std::uint64_t taken() const noexcept { return taken_; }
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }
    /// Put into inboxes on this thread, ever; one that a linkage moves on counts again.
    [[nodiscard]] static std::uint64_t received_on_thread() noexcept { return received_on_thread_; }

protected:
    InboxBase(Component* owner, const char* name, const InboxOptions& options)
        : Box{owner, name},
          capacity_{options.capacity},
          byte_limit_{options.bytes},
          overflow_{options.overflow},
          required_{options.required} {}

    [[nodiscard]] bool fits(std::size_t weight) const noexcept {
        return count_ == 0 || ((capacity_ == 0 || count_ < capacity_) &&
                               (byte_limit_ == 0 || bytes_ + weight <= byte_limit_));
    }
    /// Lets in waiting senders while there is room. Call after taking.
    void admit() {
        if (waiting_) admit_waiting();
    }
    /// The owner is told of the first message in an empty box, and of the end.
    void announce();

    std::uint32_t capacity_;
    std::uint32_t byte_limit_;
    std::uint32_t head_ = 0;
    std::uint32_t count_ = 0;
    std::uint32_t bytes_ = 0;
    std::uint32_t open_ = 0;         ///< open linkages that lead here
    std::uint64_t dropped_ : 48 = 0; ///< not 64, so that an idle box stays small
    std::uint8_t ring_bits_ = 0;
    Overflow overflow_ : 2;
    bool closed_ : 1 = false;   ///< the linkage that went last was closed, not just unlinked
    bool used_ : 1 = false;     ///< the owner reads this box
    bool end_seen_ : 1 = false; ///< the owner was told of the end
    bool offered_ : 1 = false;  ///< a service of a CAT
    bool gets_replies_ : 1 = false;
    bool required_ : 1;
    std::uint64_t taken_ = 0;
    SendWaitBase* waiting_ = nullptr; ///< circular; the first to be let in
    /// A scheduler has a thread of its own, and this is found without asking whose the box is: a delivery
    /// would take 2 % longer.
    static inline constinit thread_local std::uint64_t received_on_thread_ = 0;

private:
    friend class Linkages;
    friend class SendWaitBase;
    friend class OutboxBase;
    friend class Component;
    friend class PauseWait;
    friend class Cat;

    void admit_waiting();
    /// Moves everything into `to`, whatever its limits: linking loses nothing.
    virtual void move_messages(InboxBase& to, Put put) = 0;
};

class OutboxBase : public Box {
public:
    ~OutboxBase() override;

    [[nodiscard]] bool is_inbox() const noexcept final { return false; }

    /// Ends this outbox for good: its linkage counts as finished, and so does each one made later; messages
    /// are discarded from now on.
    void close();
    [[nodiscard]] bool linked() const noexcept { return final_ != nullptr; }
    [[nodiscard]] bool closed() const noexcept { return closed_; }
    [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; } ///< ever, discarded ones too
    [[nodiscard]] std::uint64_t discarded() const noexcept { return discarded_; }

protected:
    OutboxBase(Component* owner, const char* name) : Box{owner, name} {}

    /// Delivers, or discards where nothing is linked; false when it has to wait.
    bool deliver(void* message);
    /// Delivers in any case.
    void deliver_displacing(void* message);

private:
    friend class Linkages;
    friend class SendWaitBase;
    friend class InboxBase;

    InboxBase* final_ = nullptr;
    Put put_ = nullptr;
    std::uint64_t sent_ = 0;
    std::uint64_t discarded_ : 48 = 0; ///< not 64, so that an idle box stays small
    bool closed_ = false;
    bool waits_ = false; ///< a message of it stands in an inbox's queue
};

inline bool OutboxBase::deliver(void* message) {
    if (final_ == nullptr) {
        ++sent_;
        ++discarded_;
        return true;
    }
    if (final_->waiting_ != nullptr || !put_(*final_, message)) return false;
    ++sent_;
    return true;
}

} // namespace axon
