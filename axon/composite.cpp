#include "axon/composite.hpp"

namespace axon {

Task<> Composite::main() { co_await children_ended(); }

void Composite::control_arrived(const Signal& news) {
    if (pass_on_as_linked(news)) return;
    if (std::holds_alternative<Shutdown>(news)) return shut_down_in_order();
    keep_failure(news);
    for (auto* child = first_child(); child; child = child->next_sibling()) {
        if (!child->control.linked()) child->control.deliver(news);
    }
}

void Composite::shut_down_in_order() {
    if (ending_ == Ending::shut_down) return;
    ending_ = Ending::shut_down;
    for (auto* child = first_child(); child; child = child->next_sibling()) {
        child->untold_ = !child->control.linked() && child->state() != State::ended;
        if (child->untold_) ++untold_children_;
    }
    fewer_children();
}

// Tells those whom no other child feeds; where those who are left feed each other, one of these.
void Composite::fewer_children() {
    if (untold_children_ == 0) return;
    bool all_wait = true;
    for (auto* child = first_child(); child; child = child->next_sibling()) {
        if (child->state() == State::ended) {
            if (child->untold_) --untold_children_;
            child->untold_ = false;
        } else if (!child->untold_ || !is_fed(*child)) {
            all_wait = false;
        }
    }
    for (auto* child = first_child(); child && untold_children_ > 0; child = child->next_sibling()) {
        if (!child->untold_ || (all_wait ? !feeds_another(*child) : is_fed(*child))) continue;
        child->untold_ = false;
        --untold_children_;
        child->control.deliver(Shutdown{});
        if (all_wait) return;
    }
}

bool Composite::is_fed(const Component& child) const noexcept {
    for (const auto* box = child.first_box(); box; box = box->next_box()) {
        if (!box->is_inbox()) continue;
        for (const auto* from = box->first_source(); from; from = from->next_source()) {
            if (from->owned() && from->owner().parent() == this && &from->owner() != &child) return true;
        }
    }
    return false;
}

bool Composite::feeds_another(const Component& child) const noexcept {
    for (const auto* box = child.first_box(); box; box = box->next_box()) {
        const auto* const to = box->is_inbox() ? nullptr : box->destination();
        if (to && to->owner().parent() == this && &to->owner() != &child) return true;
    }
    return false;
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
