#include "axon/box.hpp"

#include "axon/cat.hpp"
#include "axon/component.hpp"
#include "axon/linkages.hpp"
#include "axon/outbox.hpp"

#include <utility>

namespace axon {

Box::Box(Component* owner, const char* name) : name_{name}, owner_{owner} {
    if (owner_) next_box_ = std::exchange(owner_->boxes_, this);
}

Box::~Box() {
    if (!owner_) return;
    owner_->forget_box(*this);
    for (auto** box = &owner_->boxes_; *box; box = &(*box)->next_box_) {
        if (*box != this) continue;
        *box = next_box_;
        return;
    }
}

bool Box::used_on_its_own_worker() const noexcept { return !owner_ || owner_->runs_here(); }

InboxBase::~InboxBase() {
    Cat::withdraw(*this); // first: nobody may find this box any more
    Linkages::unlink_sources(*this);
    Linkages::unlink(*this);
}

void InboxBase::set_options(const InboxOptions& options) {
    capacity_ = options.capacity;
    byte_limit_ = options.bytes;
    overflow_ = options.overflow;
    admit();
}

void InboxBase::admit_waiting() {
    while (waiting_ && waiting_->let_in(*this)) {
    }
}

OutboxBase::~OutboxBase() {
    Linkages::close(*this);
    Linkages::unlink_sources(*this);
}

void OutboxBase::close() {
    closed_ = true;
    Linkages::close(*this);
}

} // namespace axon
