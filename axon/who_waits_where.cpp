#include "axon/who_waits_where.hpp"

#include "axon/units.hpp"

#include <chrono>

namespace axon {
namespace {

std::string fill_of(const Snapshot& snapshot, const Snapshot::BoxName& name) {
    const auto* box = snapshot.find(name);
    if (!box) return "";
    std::string text = " (" + std::to_string(box->depth);
    if (box->capacity > 0) text += " of " + std::to_string(box->capacity);
    if (box->byte_capacity > 0 && box->bytes > 0) {
        text += ", " + std::to_string(box->bytes) + " of " + std::to_string(box->byte_capacity) + " bytes";
    }
    return text + ")";
}

std::string in_words(const Snapshot& snapshot, const Snapshot::Reason& reason) {
    using enum Awaited::What;
    switch (reason.what) {
    case input: return reason.box ? reason.box->box : "a message";
    case room:
        if (!reason.full) return "room behind " + (reason.box ? reason.box->box : "an outbox");
        return "room in " + snapshot.path(*reason.full) + fill_of(snapshot, *reason.full);
    case control: return "control";
    case any_box: return "any inbox";
    case turn: return "its turn";
    case time:
        return show(std::chrono::ceil<std::chrono::milliseconds>(reason.left.value_or(Duration::zero())));
    case children: return "its children";
    case work: return "offloaded work";
    case other: return reason.text;
    }
    std::unreachable();
}

std::string in_words(const Snapshot& snapshot, const Snapshot::Await& await) {
    std::string text;
    for (const auto& reason : await.reasons) {
        text += (text.empty() ? "" : " or ") + in_words(snapshot, reason);
    }
    return text;
}

std::string place(const Snapshot::Source& source) {
    return source.line == 0 ? "" : ", at " + std::string{source.file} + ":" + std::to_string(source.line);
}

std::string states_of(const Snapshot::Component& group) {
    std::string text;
    for (std::size_t i = 0; i < group.states.size(); ++i) {
        if (group.states[i] == 0) continue;
        text += (text.empty() ? "" : ", ") + std::to_string(group.states[i]) + " " +
                std::string{show(static_cast<Component::State>(i))};
    }
    return text;
}

std::string line_of(const Snapshot& snapshot, Snapshot::Id id) {
    const auto& component = snapshot.components[id];
    if (component.count == 1) {
        const auto& awaits = component.awaits;
        return state_in_words(snapshot, id) + (awaits.empty() ? "" : place(awaits.front().at));
    }
    auto text = states_of(component);
    for (const auto& await : component.awaits) {
        text += "; " + std::to_string(await.count) + " for " + in_words(snapshot, await) + place(await.at);
    }
    return text;
}

} // namespace

std::string state_in_words(const Snapshot& snapshot, Snapshot::Id component) {
    const auto& of = snapshot.components[component];
    if (of.count > 1) return states_of(of);
    const auto state = snapshot.state(component);
    std::string text{show(state)};
    if (state == Component::State::waiting && !of.awaits.empty()) {
        text += " for " + in_words(snapshot, of.awaits.front());
    }
    return text;
}

std::string who_waits_where(const Snapshot& snapshot) {
    std::string text;
    for (const auto id : snapshot.order) {
        text += snapshot.path(id) + ": " + line_of(snapshot, id) + "\n";
    }
    return text;
}

} // namespace axon
