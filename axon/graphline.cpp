#include "axon/graphline.hpp"

#include "axon/component_extra.hpp"

#include <algorithm>

namespace axon {

Graphline::Graphline(std::vector<Node> nodes, const std::vector<Linkage>& linkages) {
    for (auto& node : nodes) {
        const bool taken =
            std::ranges::find(named_, node.name, &std::pair<std::string, Component*>::first) != named_.end();
        if (taken || node.name == self) {
            throw LinkError{"the name \"" + node.name + "\" is taken"};
        }
        auto& added = adopt(std::move(node.component));
        added.set_label(node.name);
        named_.emplace_back(node.name, &added);
    }
    for (const auto& linkage : linkages) add_linkage(linkage);
}

void Graphline::add_linkage(const Linkage& linkage) {
    if (linkage.from == self && linkage.to == self) throw LinkError{"self cannot be linked to itself"};
    if (linkage.from == self) return lead_in(linkage);
    if (linkage.to == self) return lead_out(linkage);
    axon::link(named(linkage.from), linkage.outbox, named(linkage.to), linkage.inbox);
}

// From one of our own inboxes to a child's.
void Graphline::lead_in(const Linkage& linkage) {
    auto& to = named(linkage.to);
    if (linkage.outbox == "control") {
        if (linkage.inbox != "control") throw LinkError{"self.control leads to a control only"};
        control_to_.push_back(&to);
        return;
    }
    auto* const sink = to.find_box(linkage.inbox);
    if (!sink || !sink->is_inbox()) throw LinkError{linkage.to + " has no inbox \"" + linkage.inbox + "\""};
    auto* own = find_box(linkage.outbox);
    if (!own) own = inboxes_.emplace_back(sink->type().make_inbox(*this, keep(linkage.outbox))).get();
    Linkages::link(*own, *sink);
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
    auto* own = find_box(linkage.inbox);
    if (!own) own = outboxes_.emplace_back(source->type().make_outbox(*this, keep(linkage.inbox))).get();
    Linkages::link(*source, *own);
}

void Graphline::control_arrived(const Signal& news) {
    if (control_to_.empty()) return Composite::control_arrived(news);
    for (auto* child : control_to_) child->control.deliver(news);
}

Component& Graphline::named(std::string_view name) {
    const auto found = std::ranges::find(named_, name, &std::pair<std::string, Component*>::first);
    if (found == named_.end()) throw LinkError{"no component is named \"" + std::string{name} + "\""};
    return *found->second;
}

const char* Graphline::keep(std::string_view box_name) { return box_names_.emplace_back(box_name).c_str(); }

} // namespace axon
