#include "axon/component.hpp"

#include "axon/cat.hpp"
#include "axon/check.hpp"
#include "axon/component_extra.hpp"
#include "axon/ended.hpp"
#include "axon/system.hpp"
#include "axon/type_name.hpp"
#include "axon/walk.hpp"

#include <algorithm>
#include <typeinfo>

namespace axon {

Component::Component() noexcept = default;

Component::Component(HandlesControl) noexcept : handles_control_{true} {}

Component::~Component() {
    signal.unlink();
    control.unlink_sources();
    // One that was adopted comes here through destroy(); one that never was still owns its children.
    while (auto* child = first_child()) {
        remove_child(*child);
        destroy(*child);
    }
}

Component::Extra& Component::extra() {
    if (!extra_) extra_ = std::make_unique<Extra>(*this);
    return *extra_;
}

System& Component::system() const noexcept { return scheduler_->system(); }

void Component::set_label(std::string label) { extra().label = std::move(label); }

std::string_view Component::label() const noexcept { return extra_ ? extra_->label : std::string_view{}; }

std::uint64_t Component::serial() const noexcept { return spawned() ? scheduler_->slots_[slot_].serial : 0; }

std::string Component::name() const {
    if (!label().empty()) return std::string{label()};
    auto name = type_name(typeid(*this));
    if (spawned() && scheduler_) name += "#" + std::to_string(serial());
    return name;
}

std::string Component::path() const {
    if (!parent_) return scheduler_ && &scheduler_->root() == this ? "" : name();
    auto path = parent_->path() + "/" + name();
    if (const auto twins = elder_twins(); twins > 0) path += "[" + std::to_string(twins + 1) + "]";
    return path;
}

// A spawned component's serial number and a label tell it from others by themselves.
std::size_t Component::elder_twins() const {
    if (spawned() || (extra_ && !extra_->label.empty())) return 0;
    std::size_t count = 0;
    for (const auto* other = previous_sibling_; other; other = other->previous_sibling_) {
        if (!other->spawned() && typeid(*other) == typeid(*this)) ++count;
    }
    return count;
}

Box* Component::find_box(std::string_view name) const noexcept {
    auto* box = boxes_;
    while (box && box->name() != name) box = box->next_box();
    return box;
}

Component* Component::first_child() const noexcept { return extra_ ? extra_->first_child : nullptr; }

void Component::log(LogLevel level, std::string_view text, LogFields fields) const {
    system().log().write(level, path(), text, fields);
}

// Turns

void Component::resume_at(Wait& wait) noexcept {
    wait_ = &wait;
    if (state_ == State::waiting) wake();
}

bool Component::turn(Scheduler& scheduler) {
    if (state_ != State::ready) return false; // it ended while it stood in the queue
    if (shutdown_ && shutdown_due()) {
        begin_end(stop_asked_ ? Ending::stopped : Ending::shut_down, nullptr);
        return true;
    }
    if (wait_ && !wait_->ready()) {
        state_ = State::waiting; // what woke it has gone again
        return true;
    }
    scheduler.set_budget(shutdown_ ? 0 : scheduler.options_.quota - 1);
    state_ = State::running;
    if (auto* wait = std::exchange(wait_, nullptr)) {
        wait->resume.resume();
    } else {
        start_main();
    }
    if (!wait_ || shutdown_) after_turn();
    return true;
}

void Component::start_main() {
    if (!main_) {
        try {
            main_ = main().release();
        } catch (...) {
            return begin_end(Ending::failed, std::current_exception());
        }
    }
    if (main_) main_.resume();
}

void Component::after_turn() {
    if (wait_) {
        if (state_ == State::waiting && shutdown_ && shutdown_due()) wake();
        return;
    }
    if (state_ != State::running) return;
    auto error = main_ ? main_.promise().error : nullptr;
    if (closing_) {
        if (error) log(LogLevel::error, "close() failed: " + what(error));
        destroy_frames();
        return closed();
    }
    begin_end(error ? Ending::failed : Ending::finished, std::move(error));
}

// Ends

void Component::begin_end(Ending ending, std::exception_ptr error) {
    destroy_frames();
    if (error) {
        ++scheduler_->failures_;
        log(LogLevel::error, what(error));
    } else if (extra_ && extra_->error) {
        ending = Ending::failed;
    }
    if (ending != Ending::finished) ending_ = ending;
    if (error) extra().error = std::move(error);
    closing_ = true;
    shutdown_ = false;
    try {
        main_ = close().release();
    } catch (...) {
        log(LogLevel::error, "close() failed: " + what(std::current_exception()));
    }
    if (!main_) return closed();
    auto& deadline = extra().deadline;
    scheduler_->timers().start(deadline, after(now(), close_deadline()));
    wake();
}

// What threw was called in another component's turn, who must not notice.
void Component::fail_later(std::exception_ptr error) {
    log(LogLevel::error, what(error));
    if (closing_) return;
    ++scheduler_->failures_;
    extra().error = std::move(error);
    shutdown_ = true; // and due at once, by the error
    if (state_ == State::running) scheduler_->set_budget(0);
    if (state_ == State::waiting) wake();
}

void Component::closed() {
    if (extra_) extra_->deadline.cancel();
    state_ = State::ending;
    if (extra_) {
        for (auto* child = extra_->first_child; child; child = child->next_sibling_) child->stop_now();
        if (extra_->live_children > 0) return;
    }
    finish();
}

void Component::finish() {
    if (state_ == State::ended) return;
    state_ = State::ended; // first: nothing that follows from the end may come back here
    close_boxes();
    send_ending();
    signal.unlink();
    control.dismiss_sources();
    --scheduler_->live_;
    if (spawned()) scheduler_->ended_.push_back(this); // before its parent, which may end by this
    if (parent_) parent_->child_ended(*this);
}

bool Component::may_be_freed() const noexcept {
    if (queued()) return false;
    for (const auto* child = first_child(); child; child = child->next_sibling_) {
        if (!child->may_be_freed()) return false;
    }
    return true;
}

void Component::close_boxes() {
    for (auto* box = boxes_; box; box = box->next_box()) {
        if (!box->is_inbox()) {
            static_cast<OutboxBase&>(*box).close();
            continue;
        }
        auto& inbox = static_cast<InboxBase&>(*box);
        Cat::withdraw(inbox);
        Linkages::hand_back(inbox);
        Linkages::unlink_sources(inbox);
        Linkages::unlink(inbox);
    }
}

void Component::send_ending() {
    if (signal.exports() && ending_ != Ending::failed) return; // a child has said it
    if (ending_ == Ending::failed) {
        signal.send(Failure{path(), what(extra_->error), extra_->error});
    } else if (ending_ == Ending::stopped || ending_ == Ending::shut_down) {
        signal.send(Shutdown{});
    } else if (extra_ && extra_->failure) {
        signal.send(*extra_->failure);
    } else {
        signal.send(ProducerFinished{});
    }
}

// Who has ended already has said so to nobody.
void Component::signal_was_linked() {
    if (state_ != State::ended) return;
    send_ending();
    signal.unlink();
}

void Component::destroy_frames() noexcept {
    wait_ = nullptr;
    if (state_ == State::waiting || state_ == State::ready)
        state_ = State::running; // destructors in its frames may notify it, or lead to a stop of it
    if (auto frame = std::exchange(main_, {})) detail::PromiseBase::destroy(frame);
}

// Frees a component and its children in whatever state they are.
void Component::destroy(Component& component) noexcept {
    component.state_ = State::ended;
    component.destroy_frames();
    if (component.extra_) {
        component.extra_->deadline.cancel();
        while (auto* child = component.extra_->first_child) {
            component.remove_child(*child);
            destroy(*child);
        }
    }
    if (component.spawned()) component.scheduler_->give_back_slot(component.slot_);
    delete &component;
}

void Component::stop(Component& child) {
    AXON_CHECK(child.parent_ == this);
    child.stop_now();
}

void Component::stop_now() {
    if (state_ == State::ended || closing_) return;
    AXON_CHECK(scheduler_);
    if (state_ == State::running) { // what it called has come round to this
        stop_asked_ = shutdown_ = true;
        scheduler_->set_budget(0);
        return;
    }
    if (state_ == State::fresh || (!wait_ && !main_)) { // it never ran, so there is nothing to close
        ending_ = Ending::stopped;
        closing_ = true;
        return closed();
    }
    begin_end(Ending::stopped, nullptr);
}

// Children

void Component::add_child(Component& component, bool spawned) {
    AXON_CHECK(component.parent_ == nullptr && state_ != State::ending && state_ != State::ended);
    AXON_CHECK(!spawned || scheduler_); // a constructor makes static children only
    component.parent_ = this;
    auto& family = extra();
    component.previous_sibling_ = family.last_child;
    (family.last_child ? family.last_child->next_sibling_ : family.first_child) = &component;
    family.last_child = &component;
    ++family.live_children;
    if (scheduler_) component.attach(*scheduler_, spawned);
}

void Component::remove_child(Component& child) noexcept {
    if (scheduler_ && scheduler_->walks_) Walk::leaves(scheduler_->walks_, child);
    auto& family = *extra_;
    (child.previous_sibling_ ? child.previous_sibling_->next_sibling_ : family.first_child) =
        child.next_sibling_;
    (child.next_sibling_ ? child.next_sibling_->previous_sibling_ : family.last_child) =
        child.previous_sibling_;
    child.next_sibling_ = child.previous_sibling_ = nullptr;
    child.parent_ = nullptr;
}

void Component::attach(Scheduler& scheduler, bool spawned) {
    scheduler_ = &scheduler;
    nested_ = parent_->nests_ || parent_->nested_;
    if (spawned) slot_ = scheduler.take_slot(*this);
    ++scheduler.live_;
    wake();
    for (auto* child = first_child(); child; child = child->next_sibling_) child->attach(scheduler, false);
}

void Component::child_ended(Component& child) {
    auto& family = *extra_;
    --family.live_children;
    if (family.ended_box) {
        const auto error = child.extra_ ? child.extra_->error : nullptr;
        ChildEnded news{&child, child.serial(), child.ending_, error};
        family.ended_box->accept(news);
    }
    if (child.ending_ == Ending::failed) tell_those_above(child);
    if (state_ == State::ending || state_ == State::ended) {
        if (family.live_children == 0) finish();
        return;
    }
    try {
        fewer_children();
        child_has_ended(child);
    } catch (...) {
        fail_later(std::current_exception());
    }
    notify();
}

void Component::tell_those_above(const Component& failed) {
    const Failure failure{failed.path(), what(failed.extra_->error), failed.extra_->error};
    for (const auto* below = &failed; below->parent_; below = below->parent_) {
        auto& above = *below->parent_;
        if (above.state_ != State::ending && above.state_ != State::ended) {
            try {
                above.failed_below(failure);
            } catch (...) {
                above.fail_later(std::current_exception());
            }
        }
        if (below->spawned()) return;
    }
}

EndedBox::EndedBox(Component& parent) : box{parent, "ended", {.capacity = 0, .bytes = 0}} {
    parent.extra().ended_box = &box;
}

} // namespace axon
