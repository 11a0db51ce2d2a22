// How a component takes what comes by `control`: ends, shutdowns and their order after the data.
#include "axon/awaited.hpp"
#include "axon/box.hpp"
#include "axon/component.hpp"
#include "axon/component_extra.hpp"
#include "axon/ended.hpp"

#include <vector>

namespace axon {

void Component::control_arrived(const Signal& news) {
    if (std::holds_alternative<Shutdown>(news)) request_shutdown();
    keep_failure(news);
}

void Component::keep_failure(const Signal& news) {
    const auto* failure = std::get_if<Failure>(&news);
    if (failure && !extra().failure) extra().failure = *failure;
}

bool Component::has_signal() const noexcept { return extra_ && !extra_->signals.empty(); }

Signal Component::next_signal() {
    auto& signals = extra_->signals;
    auto first = std::move(signals[extra_->signals_taken++]);
    if (extra_->signals_taken == signals.size()) {
        signals.clear();
        extra_->signals_taken = 0;
    }
    if (std::holds_alternative<Shutdown>(first)) ending_ = Ending::shut_down;
    keep_failure(first);
    return first;
}

void Component::take_signal(const Signal& news) {
    if (state_ == State::ended) return;
    if (handles_control_) {
        extra().signals.push_back(news);
    } else {
        try {
            control_arrived(news);
        } catch (...) {
            if (!scheduler_) throw; // it has not been added to anything: the caller is making it
            fail_later(std::current_exception());
        }
    }
    notify();
}

// A Shutdown takes effect after the data that was sent before it: what waits in the linked inboxes is
// handed out first, and what the component made of the last of it is sent on.
void Component::request_shutdown() {
    if (shutdown_ || closing_) return;
    shutdown_ = true;
    auto& pending = extra();
    for (auto* box = boxes_; box; box = box->next_box()) {
        if (!box->is_inbox()) continue;
        auto& inbox = static_cast<InboxBase&>(*box);
        if (pending.ended_box && &inbox == pending.ended_box) continue; // that is not what a producer sent
        if (inbox.first_source() || inbox.closed_ || !inbox.empty())
            pending.marks.push_back({&inbox, inbox.received()});
    }
    if (state_ == State::running) scheduler_->set_budget(0);
    if (state_ == State::waiting && shutdown_due()) wake();
}

// An inbox that the component never reads holds up nothing, unless it has not come to reading at all; one
// that it reads holds up until the component has taken what was there and asks for more: it waits for input,
// or looks for it in vain twice, with whatever it does in between, and so has nothing in hand that it still
// has to send. Whose reader has ended, and whom nobody else hears, ends at its next send, as who writes into
// a pipe without a reader.
bool Component::shutdown_due() const noexcept {
    if (stop_asked_ || extra_->error) return true;
    if (handles_control_ || !wait_) return false;
    if (reader_ended_ && wait_->sends() && unheard()) return true;
    for (const auto& mark : extra_->marks) {
        if (!mark.inbox->used_ && mark.inbox->taken() == 0 && (mark.taken == 0 || reads())) continue;
        if (mark.inbox->taken() < mark.taken) return false;
        if (!mark.has_nothing_in_hand && !wait_->done_with(*mark.inbox)) return false;
    }
    return true;
}

bool Component::reads() const noexcept {
    for (const auto* box = boxes_; box; box = box->next_box()) {
        if (box->is_inbox() && static_cast<const InboxBase*>(box)->used_) return true;
    }
    return false;
}

// Who has closed an outbox has said all there.
bool Component::unheard() const noexcept {
    for (const auto* box = boxes_; box; box = box->next_box()) {
        if (box->is_inbox()) continue;
        const auto& outbox = *static_cast<const OutboxBase*>(box);
        if (outbox.linked() || outbox.closed()) return false;
    }
    return true;
}

// Whom its signal led to has ended. What a composite sent came from those who feed its outboxes: they have
// lost their reader, too.
void Component::receiver_ended() {
    if (state_ == State::ended || reader_ended_) return;
    reader_ended_ = true;
    control.deliver(Shutdown{});
    std::vector<Component*> feeders; // first, for what they do when told may change the linkages
    for (auto* box = boxes_; box; box = box->next_box()) {
        if (box->is_inbox()) continue;
        for (auto* from = box->first_source(); from; from = from->next_source())
            feeders.push_back(&from->owner());
    }
    for (auto* feeder : feeders) {
        if (!feeder->handles_control_ && feeder->unheard()) feeder->receiver_ended();
    }
}

void Component::note_vain_look(const InboxBase& inbox) noexcept {
    if (!extra_) return; // it is being stopped
    for (auto& mark : extra_->marks) {
        if (mark.inbox != &inbox) continue;
        mark.has_nothing_in_hand = mark.vain_look == inbox.taken();
        mark.vain_look = inbox.taken();
    }
}

void Component::forget_box(const Box& box) noexcept {
    if (!extra_) return;
    std::erase_if(extra_->marks, [&](const auto& mark) { return mark.inbox == &box; });
    if (extra_->ended_box == &box) extra_->ended_box = nullptr;
}

bool PauseWait::ready() const noexcept {
    for (auto* box = component_.first_box(); box; box = box->next_box()) {
        if (!box->is_inbox()) continue;
        const auto& inbox = static_cast<const InboxBase&>(*box);
        if (!inbox.empty() || (!inbox.end_seen_ && inbox.ended())) return true;
    }
    return component_.has_signal();
}

void PauseWait::arm() {
    for (auto* box = component_.first_box(); box; box = box->next_box()) {
        if (box->is_inbox()) static_cast<InboxBase&>(*box).used_ = true;
    }
}

void PauseWait::chosen() noexcept {
    for (auto* box = component_.first_box(); box; box = box->next_box()) {
        if (!box->is_inbox()) continue;
        auto& inbox = static_cast<InboxBase&>(*box);
        if (inbox.ended()) inbox.end_seen_ = true;
    }
}

bool ChildrenWait::ready() const noexcept {
    return !component_.extra_ || component_.extra_->live_children == 0;
}

void YieldWait::describe(std::vector<Awaited>& list) const { list.push_back({.what = Awaited::What::turn}); }

void PauseWait::describe(std::vector<Awaited>& list) const {
    list.push_back({.what = Awaited::What::any_box});
}

void ChildrenWait::describe(std::vector<Awaited>& list) const {
    list.push_back({.what = Awaited::What::children});
}

void Component::CloseDeadline::fire() {
    component_.log(LogLevel::warning, "close() was cut short by its deadline");
    component_.state_ = State::running;
    component_.destroy_frames();
    component_.closed();
}

std::string what(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "an exception of unknown type";
    }
}

} // namespace axon
