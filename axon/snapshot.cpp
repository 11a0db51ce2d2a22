#include "axon/snapshot.hpp"

#include <algorithm>
#include <utility>

namespace axon {

std::string Snapshot::path(Id component) const {
    std::string text;
    for (; component != none; component = components[component].parent) {
        text.insert(0, "/" + components[component].name);
    }
    return text;
}

std::string Snapshot::path(const BoxName& box) const { return path(box.component) + "." + box.box; }

Component::State Snapshot::state(Id component) const {
    const auto& states = components[component].states;
    return static_cast<axon::Component::State>(std::ranges::max_element(states) - states.begin());
}

const Snapshot::Box* Snapshot::find(const BoxName& box) const {
    if (box.component == none) return nullptr;
    const auto& boxes = components[box.component].boxes;
    const auto found = std::ranges::find(boxes, box.box, &Box::name);
    return found == boxes.end() ? nullptr : &*found;
}

std::vector<std::vector<Snapshot::Id>> Snapshot::families() const {
    std::vector<std::vector<Id>> below(components.size() + 1);
    for (const auto id : order) {
        const auto parent = components[id].parent;
        const bool top = parent == none || !components[parent].seen;
        below[top ? components.size() : parent].push_back(id);
    }
    return below;
}

std::string_view show(Component::State state) noexcept {
    switch (state) {
    case Component::State::fresh: return "not started";
    case Component::State::ready: return "ready";
    case Component::State::running: return "running";
    case Component::State::waiting: return "waiting";
    case Component::State::ending: return "ending";
    case Component::State::ended: return "ended";
    }
    std::unreachable();
}

} // namespace axon
