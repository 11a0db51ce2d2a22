// Composite: a component made of components. It links its children in its constructor and ends with them.
//
//     struct Loud final : axon::Composite {
//         Shout& shout = child<Shout>();
//         Twice& twice = child<Twice>();
//         axon::Inbox<std::string> inbox{*this, "inbox"};
//         Loud() { link(inbox, shout.inbox); shout | twice; ... }
//     };
#pragma once

#include "axon/component.hpp"
#include "axon/outbox.hpp"

namespace axon {

template <class C>
concept HasInbox = requires(C& component) { component.inbox; };
template <class C>
concept HasOutbox = requires(C& component) { component.outbox; };

/// What comes by its control goes to the children whose control nobody feeds.
class Composite : public Component {
protected:
    Task<> main() override;
    void control_arrived(const Signal& news) override;
    /// Tells a child that was made after the start what had come by control before.
    void catch_up(Component& child);
};

/// Links outbox to inbox and signal to control. Throws LinkError when `from` is linked already.
template <HasOutbox From, HasInbox To>
    requires FitsInto<typename decltype(From::outbox)::Message, typename decltype(To::inbox)::Message>
To& operator|(From& from, To& to) {
    link(from.outbox, to.inbox);
    link(from.signal, to.control);
    return to;
}

} // namespace axon
