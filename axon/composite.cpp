#include "axon/composite.hpp"

namespace axon {

Task<> Composite::main() { co_await children_ended(); }

void Composite::control_arrived(const Signal& news) {
    if (pass_on_as_linked(news)) return;
    if (std::holds_alternative<Shutdown>(news)) ending_ = Ending::shut_down;
    keep_failure(news);
    for (auto* child = first_child(); child; child = child->next_sibling()) {
        if (!child->control.linked()) child->control.deliver(news);
    }
}

void Composite::catch_up(Component& child) {
    if (child.control.linked()) return;
    if (ending_ == Ending::shut_down) {
        child.control.deliver(Shutdown{});
    } else if (control.finished()) {
        child.control.deliver(ProducerFinished{});
    }
}

// False when its control is linked to no child.
bool Composite::pass_on_as_linked(const Signal& news) {
    bool linked = false;
    for (auto* child = first_child(); child; child = child->next_sibling()) {
        if (!child->takes_parents_control_) continue;
        linked = true;
        child->control.deliver(news);
    }
    return linked;
}

} // namespace axon
