#include "axon/signal.hpp"

#include "axon/awaited.hpp"
#include "axon/box.hpp"
#include "axon/check.hpp"
#include "axon/component.hpp"

#include <cstddef>
#include <type_traits>

namespace axon {

Component& ControlInbox::owner() const noexcept {
    // The first member of a standard-layout class is where that class is.
    static_assert(std::is_standard_layout_v<ControlAndSignal>);
    auto* const ends = reinterpret_cast<ControlAndSignal*>(const_cast<ControlInbox*>(this));
    return static_cast<Component&>(*ends);
}

Component& SignalOutbox::owner() const noexcept {
    auto* const bytes = reinterpret_cast<std::byte*>(const_cast<SignalOutbox*>(this));
    auto* const ends = reinterpret_cast<ControlAndSignal*>(bytes - offsetof(ControlAndSignal, signal));
    return static_cast<Component&>(*ends);
}

bool SignalOutbox::exported() const noexcept { return receiver_ && owner().signal_is_exported_; }

bool SignalOutbox::exports() const noexcept { return owner().exports_signal_; }

bool ControlInbox::finished() const noexcept { return owner().heard_finish_ && sources_ == nullptr; }

void SignalOutbox::send(const Signal& signal) const {
    if (!receiver_) return;
    if (exported()) {
        receiver_->signal.send(signal);
    } else {
        receiver_->control.deliver(signal);
    }
}

void SignalOutbox::end_with_receiver() noexcept { owner().ends_with_receiver_ = receiver_ != nullptr; }

void SignalOutbox::unlink() noexcept {
    if (!receiver_) return;
    auto& receiver = *receiver_;
    const bool to_control = !exported();
    if (next_source_) next_source_->previous_source_ = previous_source_;
    if (previous_source_) {
        previous_source_->next_source_ = next_source_;
    } else if (to_control) {
        receiver.control.sources_ = next_source_;
    }
    receiver_ = nullptr;
    next_source_ = previous_source_ = nullptr;
    owner().ends_with_receiver_ = false;
    if (to_control && receiver.control.finished()) receiver.take_signal(ProducerFinished{});
}

void ControlInbox::deliver(const Signal& signal) {
    AXON_DEV_CHECK(owner().runs_here());
    if (!std::holds_alternative<Shutdown>(signal)) owner().heard_finish_ = true;
    if (!std::holds_alternative<ProducerFinished>(signal) || finished()) owner().take_signal(signal);
}

void ControlInbox::unlink_sources() noexcept {
    while (sources_) sources_->unlink();
}

void ControlInbox::dismiss_sources() {
    while (sources_) {
        auto& source = *sources_;
        const bool ends = source.owner().ends_with_receiver_;
        source.unlink();
        if (ends) source.owner().receiver_ended();
    }
}

ControlWait ControlInbox::receive() noexcept { return ControlWait{owner()}; }

void link(SignalOutbox& from, ControlInbox& to) {
    if (from.receiver_) throw LinkError{from.owner().path() + ".signal is linked already"};
    from.receiver_ = &to.owner();
    from.owner().signal_is_exported_ = false;
    from.next_source_ = to.sources_;
    if (to.sources_) to.sources_->previous_source_ = &from;
    to.sources_ = &from;
    to.owner().heard_finish_ = false; // as with data: a new linkage opens it again
    from.owner().signal_was_linked();
}

void link(SignalOutbox& from, SignalOutbox& to) {
    if (from.receiver_) throw LinkError{from.owner().path() + ".signal is linked already"};
    if (from.owner().parent() != &to.owner()) {
        throw LinkError{from.owner().path() + ".signal leaves by its parent's only, not by " +
                        to.owner().path() + ".signal"};
    }
    from.receiver_ = &to.owner();
    from.owner().signal_is_exported_ = true;
    to.owner().exports_signal_ = true;
    from.owner().signal_was_linked();
}

void link(ControlInbox& from, ControlInbox& to) {
    if (to.owner().parent() != &from.owner()) {
        throw LinkError{from.owner().path() + ".control leads to its children only, not to " +
                        to.owner().path() + ".control"};
    }
    to.owner().takes_parents_control_ = true;
}

void link_signal(Component& from, std::string_view outbox, Component& to, std::string_view inbox) {
    if (outbox == "signal" && inbox == "control") {
        link(from.signal, to.control);
    } else if (outbox == "signal" && inbox == "signal") {
        link(from.signal, to.signal);
    } else if (outbox == "control" && inbox == "control") {
        link(from.control, to.control);
    } else {
        throw LinkError{from.path() + "." + std::string{outbox} + " cannot lead to " + to.path() + "." +
                        std::string{inbox} + ": signal leads to control, data boxes to data boxes"};
    }
}

bool ControlWait::ready() const noexcept { return component_.has_signal(); }
void ControlWait::describe(std::vector<Awaited>& list) const {
    list.push_back({.what = Awaited::What::control});
}
bool ControlWait::await_ready() const noexcept { return ready() && component_.spend(); }
void ControlWait::await_suspend(std::coroutine_handle<> waiting) {
    resume = waiting;
    component_.suspend(*this);
}
Signal ControlWait::await_resume() { return component_.next_signal(); }

} // namespace axon
