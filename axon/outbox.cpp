#include "axon/outbox.hpp"

namespace axon {

void SendWaitBase::arm() {
    if (!delivered_) enter(*outbox_.final_);
}

void SendWaitBase::enter(InboxBase& inbox) noexcept {
    queue_ = &inbox;
    outbox_.waits_ = true;
    if (auto* first = inbox.waiting_) {
        next_ = first;
        previous_ = first->previous_;
        previous_->next_ = this;
        first->previous_ = this;
    } else {
        next_ = previous_ = inbox.waiting_ = this;
    }
}

void SendWaitBase::leave() noexcept {
    if (!queue_) return;
    if (next_ == this) {
        queue_->waiting_ = nullptr;
    } else {
        if (queue_->waiting_ == this) queue_->waiting_ = next_;
        next_->previous_ = previous_;
        previous_->next_ = next_;
    }
    queue_ = nullptr;
    outbox_.waits_ = false;
}

void SendWaitBase::give_up() noexcept {
    auto& inbox = *queue_;
    leave();
    inbox.admit();
}

bool SendWaitBase::let_in(InboxBase& inbox) {
    if (!outbox_.put_(inbox, message())) return false;
    ++outbox_.sent_;
    leave();
    delivered_ = true;
    outbox_.owner().notify();
    return true;
}

} // namespace axon
