#include "axon/stepped_component.hpp"

#include <utility>

namespace axon {
namespace {

const Component* youngest_child(const Component& parent) noexcept {
    const Component* youngest = nullptr;
    for (const auto* child = parent.first_child(); child; child = child->next_sibling()) youngest = child;
    return youngest;
}

} // namespace

Task<> SteppedComponent::main() {
    initialise_component();
    co_await yield();
    while (main_body()) {
        if (std::exchange(pause_, false)) {
            co_await pause();
        } else {
            co_await yield();
        }
    }
}

Task<> SteppedComponent::close() {
    const auto* const before = youngest_child(*this);
    close_down_component();
    if (youngest_child(*this) != before) co_await children_ended();
}

} // namespace axon
