// Composite: a component made of components. It links its children in its constructor and ends with them.
//
//     struct Loud final : axon::Composite {
//         axon::Inbox<std::string> inbox{*this, "inbox"};
//         axon::Outbox<std::string> outbox{*this, "outbox"};
//         Loud() {
//             auto& shout = child<Shout>();
//             auto& twice = child<Twice>();
//             link(inbox, shout.inbox);
//             shout | twice;
//             link(twice.outbox, outbox);
//         }
//     };
#pragma once

#include "axon/component.hpp"
#include "axon/outbox.hpp"

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace axon {

template <class C>
concept HasInbox = requires(C& component) { component.inbox.receive(); };
template <class C>
concept HasOutbox = requires(C& component) { component.outbox.close(); };

/// What an `inbox` takes, and what an `outbox` sends.
template <HasInbox C>
using InboxMessage = typename std::remove_reference_t<decltype(std::declval<C&>().inbox)>::Message;
template <HasOutbox C>
using OutboxMessage = typename std::remove_reference_t<decltype(std::declval<C&>().outbox)>::Message;

/// Whether `from | to` fits.
template <class From, class To>
concept Links = HasOutbox<From> && HasInbox<To> && FitsInto<OutboxMessage<From>, InboxMessage<To>>;

/// What comes by its control goes to the children whose control nobody feeds, or, where it was linked
/// to some (`link(control, shout.control)`), to these alone. A Shutdown of all reaches each child once those
/// children who feed it have ended, so that nothing on its way is lost. At its end it says by its signal what
/// had come by its control; a child's signal that is linked to it says it instead.
class Composite : public Component {
protected:
    Task<> main() override;
    void control_arrived(const Signal& news) override;
    /// Tells a child that was made after the start what had come by control before.
    void catch_up(Component& child);

private:
    bool pass_on_as_linked(const Signal& news);
    void shut_down_in_order();
    void fewer_children() final;
    [[nodiscard]] bool is_fed(const Component& child) const noexcept;
    [[nodiscard]] bool feeds_another(const Component& child) const noexcept;

    std::uint32_t untold_children_ = 0; ///< of a Shutdown
};

/// Links outbox to inbox and signal to control, as in `reader | pace | pager`. When a stage ends early, the
/// one above it is shut down, and ends at its next send where nobody else hears it. Throws LinkError when
/// `from` is linked already.
template <std::derived_from<Component> From, std::derived_from<Component> To>
To& operator|(From& from, To& to) {
    constexpr bool has_outbox = HasOutbox<From>; // not asserted as it is: that would be told in six lines
    constexpr bool has_inbox = HasInbox<To>;
    static_assert(has_outbox, "what stands left of | has no outbox");
    static_assert(has_inbox, "what stands right of | has no inbox");
    if constexpr (has_outbox && has_inbox) {
        link(from.outbox, to.inbox);
        link(from.signal, to.control);
        from.signal.end_with_receiver();
    }
    return to;
}

} // namespace axon
