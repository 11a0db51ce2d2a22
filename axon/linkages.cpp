#include "axon/linkages.hpp"

#include "axon/check.hpp"
#include "axon/component.hpp"
#include "axon/outbox.hpp"

#include <string>
#include <utility>

namespace axon {
namespace {

std::string named(const Box& box) {
    return (box.owned() ? box.owner().path() + "." : "") + std::string{box.name()} + " (" +
           std::string{box.type().name} + ")";
}

Put find_put(const MessageType& from, const MessageType& to) noexcept {
    for (const auto& accepted : to.accepts()) {
        if (accepted.type == &from) return accepted.put;
    }
    return nullptr;
}

// The boxes of a component with their types, for the message about a name that is not among them.
std::string boxes_of(const Component& component, bool inboxes) {
    std::string list;
    for (const auto* box = component.first_box(); box; box = box->next_box()) {
        if (box->is_inbox() == inboxes) list = std::string{box->name()} + ", " + list;
    }
    return list + (inboxes ? "control" : "signal");
}

} // namespace

bool fits(const MessageType& from, const MessageType& to) noexcept { return find_put(from, to) != nullptr; }

void Linkages::require_linkable(Box& from, Box& to) {
    AXON_DEV_CHECK(from.used_on_its_own_worker() && to.used_on_its_own_worker());
    if (!find_put(from.type(), to.type())) {
        throw LinkError{named(from) + " does not fit " + named(to)};
    }
    if (from.is_inbox() && !to.is_inbox()) {
        throw LinkError{named(from) + " is an inbox and cannot lead to the outbox " + named(to)};
    }
    for (const Box* box = &to; box; box = box->destination_) {
        if (box == &from) throw LinkError{named(from) + " to " + named(to) + " would close a loop"};
    }
    if (const auto* final = final_inbox(to)) require_upstream(from, *final);
}

// Adjacent boxes may fit while the ends of the chain do not: that would take two conversions in one hop.
void Linkages::require_upstream(const Box& box, const InboxBase& final) {
    if (!find_put(box.type(), final.type())) {
        throw LinkError{named(box) + " does not fit " + named(final) +
                        " at the end of this chain: a message is converted at most once on its way"};
    }
    for (const Box* source = box.first_source_; source; source = source->next_source_) {
        require_upstream(*source, final);
    }
}

void Linkages::link(Box& from, Box& to) {
    if (from.destination_) {
        throw LinkError{named(from) + " is linked already, to " + named(*from.destination_)};
    }
    require_linkable(from, to);
    join(from, to);
}

// What is linked to a component that has ended finds nobody, as if it had been linked before; what comes
// from an outbox that is closed has finished.
void Linkages::join(Box& from, Box& to) noexcept {
    if (to.owned() && to.owner().state() == Component::State::ended) {
        resolve_upstream(from, from.is_inbox() ? static_cast<InboxBase*>(&from) : nullptr);
        return;
    }
    attach(from, to);
    resolve_upstream(from, final_inbox(to));
    if (!from.is_inbox() && static_cast<OutboxBase&>(from).closed_) close(from);
}

// A sender that leaves may have been too large for what room there is, and have stood before others.
void Linkages::unlink(Box& from) noexcept {
    if (!from.destination_) return;
    auto* const before = final_inbox(from);
    cut(from);
    if (before) before->admit();
}

void Linkages::relink(Box& from, Box& to) {
    require_linkable(from, to);
    auto* const before = from.destination_ ? final_inbox(from) : nullptr;
    if (from.destination_) detach(from, Cut::unlinked);
    join(from, to);
    if (before) before->admit();
}

// Nobody is let in any more.
void Linkages::unlink_sources(Box& to) noexcept {
    while (to.first_source_) cut(*to.first_source_);
}

void Linkages::cut(Box& from) noexcept {
    detach(from, from.owned() ? Cut::unlinked : Cut::given_back);
    resolve_upstream(from, from.is_inbox() ? static_cast<InboxBase*>(&from) : nullptr);
}

void Linkages::close(Box& from) noexcept {
    if (!from.destination_) return;
    detach(from, Cut::closed);
    resolve_upstream(from, nullptr);
}

void Linkages::attach(Box& from, Box& to) noexcept {
    from.destination_ = &to;
    from.next_source_ = to.first_source_;
    from.previous_source_ = nullptr;
    if (to.first_source_) to.first_source_->previous_source_ = &from;
    to.first_source_ = &from;
    // An inbox that leads on passes on only the linkages that are open before it; an outbox is one itself.
    if (!from.is_inbox() || static_cast<InboxBase&>(from).open_ > 0) {
        opened(to, !from.owned());
    } else if (static_cast<InboxBase&>(from).closed_) {
        mark_closed(to);
    }
}

void Linkages::detach(Box& from, Cut cut) noexcept {
    Box& to = *from.destination_;
    AXON_DEV_CHECK(from.used_on_its_own_worker() && to.used_on_its_own_worker());
    if (from.next_source_) from.next_source_->previous_source_ = from.previous_source_;
    (from.previous_source_ ? from.previous_source_->next_source_ : to.first_source_) = from.next_source_;
    from.destination_ = from.next_source_ = from.previous_source_ = nullptr;
    if (!from.is_inbox() || static_cast<InboxBase&>(from).open_ > 0) shut(to, cut);
}

void Linkages::opened(Box& box, bool lent) noexcept {
    if (!box.is_inbox()) return; // an exported outbox is open by itself
    auto& inbox = static_cast<InboxBase&>(box);
    if (lent) {
        inbox.gets_replies_ = true;
    } else {
        inbox.closed_ = false;
    }
    inbox.end_seen_ = false;
    if (inbox.open_++ == 0 && inbox.destination_) opened(*inbox.destination_, lent);
}

void Linkages::shut(Box& box, Cut cut) noexcept {
    if (!box.is_inbox()) return;
    auto& inbox = static_cast<InboxBase&>(box);
    if (cut != Cut::given_back) inbox.closed_ = cut == Cut::closed;
    if (--inbox.open_ > 0) return;
    if (inbox.offered_) { // its next user may come any time
        inbox.closed_ = false;
        cut = Cut::unlinked;
    }
    if (inbox.destination_) {
        shut(*inbox.destination_, inbox.closed_ ? Cut::closed : cut);
    } else {
        inbox.announce(); // it may have ended, also by what came by control before
    }
}

void Linkages::mark_closed(Box& box) noexcept {
    auto& inbox = static_cast<InboxBase&>(box);
    if (inbox.open_ > 0 || inbox.offered_) return;
    inbox.closed_ = true;
    if (inbox.destination_) {
        mark_closed(*inbox.destination_);
    } else {
        inbox.announce();
    }
}

InboxBase* Linkages::final_inbox(Box& box) noexcept {
    Box* last = &box;
    while (last->destination_) last = last->destination_;
    return last->is_inbox() ? static_cast<InboxBase*>(last) : nullptr;
}

// Everything that reaches `box` now ends in `final`: outboxes learn it, messages that wait in inboxes on
// the way move there, and senders that wait look again.
void Linkages::resolve_upstream(Box& box, InboxBase* final) noexcept {
    if (box.is_inbox()) {
        auto& inbox = static_cast<InboxBase&>(box);
        if (final && final != &inbox) move_all(inbox, *final);
    } else {
        resolve(static_cast<OutboxBase&>(box), final);
    }
    for (Box* source = box.first_source_; source; source = source->next_source_)
        resolve_upstream(*source, final);
}

// Whatever the limits of `to`.
void Linkages::move_all(InboxBase& from, InboxBase& to) noexcept {
    if (from.empty()) return;
    const auto capacity = std::exchange(to.capacity_, 0);
    const auto byte_limit = std::exchange(to.byte_limit_, 0);
    from.move_messages(to, find_put(from.type(), to.type()));
    to.capacity_ = capacity;
    to.byte_limit_ = byte_limit;
}

void Linkages::hand_back(InboxBase& from) noexcept {
    auto* const source = from.first_source_;
    if (!source || source->next_source_ || !source->is_inbox()) return;
    auto& to = static_cast<InboxBase&>(*source);
    if (find_put(from.type(), to.type())) move_all(from, to);
}

void Linkages::resolve(OutboxBase& outbox, InboxBase* final) noexcept {
    auto* const before = outbox.final_;
    if (before == final) return;
    outbox.final_ = final;
    outbox.put_ = final ? find_put(outbox.type(), final->type()) : nullptr;
    if (before && outbox.waits_) look_again(*before);
    if (final && outbox.owned()) outbox.owner().heard_again();
}

// Those in the queue of `inbox` whose outbox leads elsewhere by now go there.
void Linkages::look_again(InboxBase& inbox) noexcept {
    auto* wait = inbox.waiting_;
    while (wait && inbox.waiting_) {
        auto* const next = wait->next_ == inbox.waiting_ ? nullptr : wait->next_;
        if (wait->outbox_.final_ != &inbox) {
            wait->leave(inbox);
            if (wait->deliver()) {
                wait->outbox_.owner().notify();
            } else {
                wait->enter(*wait->outbox_.final_);
            }
        }
        wait = next;
    }
}

void link(Component& from, std::string_view outbox, Component& to, std::string_view inbox) {
    if (outbox == "signal" || outbox == "control" || inbox == "control" || inbox == "signal") {
        link_signal(from, outbox, to, inbox);
        return;
    }
    auto* const source = from.find_box(outbox);
    if (!source) {
        throw LinkError{from.path() + " has no outbox \"" + std::string{outbox} + "\", only " +
                        boxes_of(from, false)};
    }
    auto* const sink = to.find_box(inbox);
    if (!sink) {
        throw LinkError{to.path() + " has no inbox \"" + std::string{inbox} + "\", only " +
                        boxes_of(to, true)};
    }
    Linkages::link(*source, *sink);
}

} // namespace axon
