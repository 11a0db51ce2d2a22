#include "axon/walk.hpp"

#include "axon/component.hpp"
#include "axon/scheduler.hpp"

#include <utility>

namespace axon {
namespace {

bool within(const Component* component, const Component& above) noexcept {
    while (component && component != &above) component = component->parent();
    return component != nullptr;
}

} // namespace

Walk::Walk(Component& top)
    : top_{&top}, next_{&top}, all_{top.scheduler().walks_}, other_{std::exchange(all_, this)} {}

Walk::~Walk() {
    auto** walk = &all_;
    while (*walk != this) walk = &(*walk)->other_;
    *walk = other_;
}

Component* Walk::next() {
    auto* const now = next_;
    if (now) next_ = now->first_child() ? now->first_child() : beside(*now);
    return now;
}

// The next that is not below `component`.
Component* Walk::beside(Component& component) const noexcept {
    for (auto* left = &component; left && left != top_; left = left->parent()) {
        if (left->next_sibling()) return left->next_sibling();
    }
    return nullptr;
}

void Walk::leaves(Walk* walks, Component& component) noexcept {
    for (auto* walk = walks; walk; walk = walk->other_) {
        if (walk->next_ && within(walk->top_, component)) {
            walk->next_ = nullptr;
        } else if (within(walk->next_, component)) {
            walk->next_ = walk->beside(component);
        }
        walk->left(component);
    }
}

} // namespace axon
