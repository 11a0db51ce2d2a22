#include "axon/take_snapshot.hpp"

#include "axon/cat.hpp"
#include "axon/scheduler.hpp"
#include "axon/type_name.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace axon {
namespace {

// So many boxes are as much to look at as a component.
constexpr std::size_t boxes_a_component = 16;

// More than components have, mostly. What is not used is not touched either.
constexpr std::size_t linkages_a_component = 4;

// Looking at one component takes as long as forgetting so many.
constexpr std::size_t forgotten_a_seen = 10;

Snapshot::Source source_of(const std::source_location& where) noexcept {
    constexpr std::string_view here = __FILE__;
    constexpr auto root = here.substr(0, here.size() - std::string_view{"axon/take_snapshot.cpp"}.size());
    std::string_view file = where.file_name();
    if (file.starts_with(root)) file.remove_prefix(root.size());
    return {file, where.line()};
}

Snapshot::Box look_at(const Box& box) {
    Snapshot::Box seen{.name = std::string{box.name()}, .type = box.type().name, .inbox = box.is_inbox()};
    if (box.is_inbox()) {
        const auto& inbox = static_cast<const InboxBase&>(box);
        const auto options = inbox.options();
        seen.overflow = options.overflow;
        seen.depth = inbox.size();
        seen.capacity = options.capacity;
        seen.bytes = inbox.bytes();
        seen.byte_capacity = options.bytes;
        seen.received = inbox.received();
        seen.taken = inbox.taken();
        seen.dropped = inbox.dropped();
    } else {
        const auto& outbox = static_cast<const OutboxBase&>(box);
        seen.sent = outbox.sent();
        seen.discarded = outbox.discarded();
    }
    return seen;
}

} // namespace

SnapshotTaker::SnapshotTaker(Component& top, std::size_t most_components)
    : Walk{top}, scheduler_{top.scheduler()}, most_{most_components} {
    // To grow by moving all that is there would be a long turn.
    const auto components = std::min(scheduler_.live() + 1, most_components);
    snapshot_.components.reserve(components);
    snapshot_.order.reserve(components);
    snapshot_.linkages.reserve(components * linkages_a_component);
    ids_.reserve(components);
}

bool SnapshotTaker::slice(std::size_t components) {
    for (std::size_t seen = 0; seen < components;) {
        const auto* component = next();
        if (!component) return false;
        if (component == &scheduler_.root()) continue;
        if (snapshot_.order.size() == most_) {
            snapshot_.whole = false;
            return false;
        }
        see(*component);
        seen += 1 + snapshot_.components[snapshot_.order.back()].boxes.size() / boxes_a_component;
    }
    return true;
}

Snapshot SnapshotTaker::finish() {
    std::ranges::sort(snapshot_.services, {}, &Snapshot::Service::name);
    return std::move(snapshot_);
}

bool SnapshotTaker::forget(std::size_t components) {
    const auto count = std::min(components, ids_.size());
    ids_.erase(ids_.begin(), std::next(ids_.begin(), static_cast<std::ptrdiff_t>(count)));
    return !ids_.empty();
}

void SnapshotTaker::see(const Component& component) {
    const auto id = id_of(component);
    snapshot_.order.push_back(id);
    auto& seen = snapshot_.components[id];
    seen.seen = true;
    ++seen.states[static_cast<std::size_t>(component.state())];
    see_boxes(component, id);
    see_await(component, id);
    for (auto& [name, inbox] : Cat::offered_by(component))
        snapshot_.services.push_back({std::move(name), name_of(*inbox)});
}

void SnapshotTaker::see_boxes(const Component& component, Id id) {
    std::vector<Snapshot::Box> boxes;
    for (const auto* box = component.first_box(); box; box = box->next_box()) {
        boxes.push_back(look_at(*box));
        if (const auto* to = box->destination()) {
            snapshot_.linkages.push_back({{id, boxes.back().name}, name_of(*to)});
        }
    }
    std::ranges::reverse(boxes);
    snapshot_.components[id].boxes = std::move(boxes);
    if (const auto* receiver = component.signal.receiver()) {
        snapshot_.linkages.push_back(
            {{id, "signal"}, {id_of(*receiver), component.signal.exported() ? "signal" : "control"}});
    }
    if (component.has_parents_control())
        snapshot_.linkages.push_back({{id_of(*component.parent()), "control"}, {id, "control"}});
}

void SnapshotTaker::see_await(const Component& component, Id id) {
    if (!component.wait()) return;
    std::vector<Awaited> list;
    component.wait()->describe(list);
    Snapshot::Await await{.reasons = {}, .at = source_of(component.wait()->where)};
    for (const auto& awaited : list) {
        const bool never = awaited.until == Time::max(); // as in first_of(..., sleep_until(a limit or none))
        if (!never || list.size() == 1) await.reasons.push_back(reason_of(awaited));
    }
    snapshot_.components[id].awaits.push_back(std::move(await));
}

Snapshot::Reason SnapshotTaker::reason_of(const Awaited& awaited) {
    Snapshot::Reason reason{.what = awaited.what, .text = awaited.text};
    if (awaited.box) reason.box = name_of(*awaited.box);
    if (awaited.what == Awaited::What::room) {
        const auto* last = awaited.box;
        while (last->destination()) last = last->destination();
        if (last != awaited.box) reason.full = name_of(*last);
    }
    if (awaited.until) reason.left = std::max(*awaited.until - scheduler_.now(), Duration::zero());
    return reason;
}

Snapshot::Id SnapshotTaker::id_of(const Component& component) {
    if (const auto known = ids_.find(&component); known != ids_.end()) return known->second;
    const auto* const parent = component.parent();
    const bool below_root = parent && parent != &scheduler_.root();
    const auto above = below_root ? id_of(*parent) : Snapshot::none;
    const auto id = static_cast<Id>(snapshot_.components.size());
    const auto& class_name = class_name_of(component);
    auto name = std::string{component.label()};
    if (name.empty()) name = class_name;
    if (component.label().empty() && component.serial() > 0) name += "#" + std::to_string(component.serial());
    snapshot_.components.push_back({.parent = above,
                                    .name = std::move(name),
                                    .class_name = class_name,
                                    .serial = component.serial(),
                                    .awaits = {},
                                    .boxes = {}});
    ids_.emplace(&component, id);
    return id;
}

// A loose end of the runtime's own (Sender) has no owner.
Snapshot::BoxName SnapshotTaker::name_of(const Box& box) {
    return {box.owned() ? id_of(box.owner()) : Snapshot::none, std::string{box.name()}};
}

const std::string& SnapshotTaker::class_name_of(const Component& component) {
    auto& name = class_names_[typeid(component)];
    if (name.empty()) name = type_name(typeid(component));
    return name;
}

Task<Snapshot> take_snapshot(Component& self, SnapshotLimits limits) {
    return take_snapshot(self, self.scheduler().root(), limits);
}

Task<Snapshot> take_snapshot(Component& self, Component& top, SnapshotLimits limits) {
    SnapshotTaker taker{top, limits.components};
    while (taker.slice(limits.a_turn)) co_await YieldWait{self};
    while (taker.forget(forgotten_a_seen * limits.a_turn)) co_await YieldWait{self};
    co_return taker.finish();
}

} // namespace axon
