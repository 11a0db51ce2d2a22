#include "axon/graphline.hpp"

#include <algorithm>

namespace axon {
namespace {

// It may have more to say, and what its outboxes were linked to is gone.
bool leads_nowhere(const Component& component) {
    bool open = false;
    for (const auto* box = component.first_box(); box; box = box->next_box()) {
        if (box->is_inbox()) continue;
        if (box->destination()) return false;
        open = open || !static_cast<const OutboxBase*>(box)->closed();
    }
    return open;
}

} // namespace

Graphline::Graphline(std::vector<Node> nodes, const std::vector<Linkage>& linkages) {
    for (auto& node : nodes) add_node(std::move(node));
    for (const auto& linkage : linkages) add_linkage(linkage);
}

void Graphline::add_node(Node node) {
    const bool taken =
        std::ranges::find(named_, node.name, &std::pair<std::string, Component*>::first) != named_.end();
    if (taken || node.name == self) throw LinkError{"the name \"" + node.name + "\" is taken"};
    auto& added = adopt(std::move(node.component));
    added.set_label(node.name);
    named_.emplace_back(std::move(node.name), &added);
    catch_up(added);
}

void Graphline::add_linkage(const Linkage& linkage) {
    if (linkage.from == self && linkage.to == self) throw LinkError{"self cannot be linked to itself"};
    if (linkage.from == self) return lead_in(linkage);
    if (linkage.to == self) return lead_out(linkage);
    auto& from = named(linkage.from);
    axon::link(from, linkage.outbox, named(linkage.to), linkage.inbox);
    if (linkage.outbox != "signal") feeders_.push_back(&from);
}

void Graphline::child_has_ended(Component& child) {
    std::erase(feeders_, &child);
    for (auto* feeder : feeders_) {
        if (leads_nowhere(*feeder)) feeder->receiver_ended();
    }
}

// From one of our own inboxes to a child's.
void Graphline::lead_in(const Linkage& linkage) {
    auto& to = named(linkage.to);
    if (linkage.outbox == "control" || linkage.inbox == "control") {
        link_signal(*this, linkage.outbox, to, linkage.inbox);
        return;
    }
    auto* const sink = to.find_box(linkage.inbox);
    if (!sink || !sink->is_inbox()) throw LinkError{linkage.to + " has no inbox \"" + linkage.inbox + "\""};
    auto* const own = find_box(linkage.outbox);
    Linkages::link(own ? *own : own_inbox(linkage.outbox, sink->type()), *sink);
}

// From a child's outbox to one of our own.
void Graphline::lead_out(const Linkage& linkage) {
    auto& from = named(linkage.from);
    if (linkage.outbox == "signal" || linkage.inbox == "signal") {
        link_signal(from, linkage.outbox, *this, linkage.inbox);
        return;
    }
    auto* const source = from.find_box(linkage.outbox);
    if (!source || source->is_inbox())
        throw LinkError{linkage.from + " has no outbox \"" + linkage.outbox + "\""};
    auto* const own = find_box(linkage.inbox);
    Linkages::link(*source, own ? *own : own_outbox(linkage.inbox, source->type()));
}

Box& Graphline::own_inbox(std::string_view name, const MessageType& type) {
    if (auto* const own = own_box(name, true, type)) return *own;
    return *inboxes_.emplace_back(type.make_inbox(*this, keep(name)));
}

Box& Graphline::own_outbox(std::string_view name, const MessageType& type) {
    if (auto* const own = own_box(name, false, type)) return *own;
    return *outboxes_.emplace_back(type.make_outbox(*this, keep(name)));
}

Box* Graphline::own_box(std::string_view name, bool inbox, const MessageType& type) const {
    auto* const own = find_box(name);
    const bool other = own && (own->is_inbox() != inbox || &own->type() != &type);
    if (other || name == "control" || name == "signal") {
        throw LinkError{path() + "." + std::string{name} + " is not an " + (inbox ? "inbox" : "outbox") +
                        " of " + std::string{type.name}};
    }
    return own;
}

Component& Graphline::named(std::string_view name) {
    const auto found = std::ranges::find(named_, name, &std::pair<std::string, Component*>::first);
    if (found == named_.end()) throw LinkError{"no component is named \"" + std::string{name} + "\""};
    return *found->second;
}

const char* Graphline::keep(std::string_view box_name) { return box_names_.emplace_back(box_name).c_str(); }

} // namespace axon
