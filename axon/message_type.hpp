// MessageType: what the runtime knows of a message type when boxes are wired by name.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <variant>

namespace axon {

class Box;
class Component;
class InboxBase;
class OutboxBase;
struct MessageType;

/// Puts the message behind the pointer into the inbox: moves from it and says true, or leaves it and
/// says false when there is no room.
using Put = bool (*)(InboxBase& inbox, void* message);

/// A type that an inbox accepts, and how.
struct Accepted {
    const MessageType* type;
    Put put;
};

/// One for each message type, found by message_type<T>; equal types have equal addresses.
struct MessageType {
    std::string_view name;
    /// What an inbox of this type takes: the type itself, and types that it is made from without loss.
    std::span<const Accepted> (*accepts)() noexcept;
    /// New boxes of this type, for chassis that are wired by name. `box_name` must outlive the box.
    std::unique_ptr<InboxBase> (*make_inbox)(Component& owner, const char* box_name);
    std::unique_ptr<OutboxBase> (*make_outbox)(Component& owner, const char* box_name);
};

/// The name of a message type in messages and documents. Specialise for a shorter one.
template <class T>
struct MessageName {
    static constexpr std::string_view value = [] {
        constexpr std::string_view text = __PRETTY_FUNCTION__;
        constexpr auto from = text.find("T = ") + 4;
        return text.substr(from, text.rfind(']') - from);
    }();
};

/// The types that an Inbox<T> takes besides T: specialise with `MadeFrom<A, B>` where T can be made
/// from A and from B without loss. A variant takes each of its alternatives.
template <class... Ts>
struct MadeFrom {};

template <class T>
struct Sources {
    using type = MadeFrom<>;
};
template <class... Ts>
struct Sources<std::variant<Ts...>> {
    using type = MadeFrom<Ts...>;
};

namespace detail {
template <class T, class List>
inline constexpr bool is_listed = false;
template <class T, class... Ts>
inline constexpr bool is_listed<T, MadeFrom<Ts...>> = (std::is_same_v<T, Ts> || ...);
} // namespace detail

/// Messages of type From may go into a box of type To.
template <class From, class To>
concept FitsInto = std::same_as<From, To> || detail::is_listed<From, typename Sources<To>::type>;

} // namespace axon
