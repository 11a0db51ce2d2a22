#include "axon/outbox.hpp"

#include "axon/awaited.hpp"
#include "axon/check.hpp"

#include <utility>

namespace axon {

void OutboxBase::deliver_displacing(void* message) {
    AXON_DEV_CHECK(used_on_its_own_worker());
    if (!final_ || final_->overflow_ != Overflow::wait) {
        (void)deliver(message);
        return;
    }
    auto& inbox = *final_;
    inbox.overflow_ = Overflow::drop_oldest;
    (void)put_(inbox, message);
    inbox.overflow_ = Overflow::wait;
    ++sent_;
}

void SendWaitBase::arm() {
    if (message_) enter(*outbox_.final_);
}

void SendWaitBase::describe(std::vector<Awaited>& list) const {
    list.push_back({.what = Awaited::What::room, .box = &outbox_});
}

void SendWaitBase::enter(InboxBase& inbox) noexcept {
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

void SendWaitBase::leave(InboxBase& inbox) noexcept {
    if (next_ == this) {
        inbox.waiting_ = nullptr;
    } else {
        if (inbox.waiting_ == this) inbox.waiting_ = next_;
        next_->previous_ = previous_;
        previous_->next_ = next_;
    }
    next_ = nullptr;
    outbox_.waits_ = false;
}

void SendWaitBase::give_up() noexcept {
    auto& inbox = *outbox_.final_;
    leave(inbox);
    inbox.admit();
}

bool SendWaitBase::let_in(InboxBase& inbox) {
    if (!outbox_.put_(inbox, message_)) return false;
    message_ = nullptr;
    ++outbox_.sent_;
    leave(inbox);
    outbox_.owner().notify();
    return true;
}

} // namespace axon
