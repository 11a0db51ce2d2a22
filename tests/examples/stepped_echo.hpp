// SteppedEcho: the third of three styles of one component: one step a turn (the paper, section 5.3).
#pragma once

#include "axon/bytes.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "axon/stepped_component.hpp"

#include <optional>

namespace examples {

using axon::Bytes;

// [echo]
/// No coroutine: main_body() is called until it says false. What it has in hand when a turn ends it keeps
/// itself. While the reader has no room it asks again each turn, which costs processor time; who has to
/// wait for room takes one of the other styles.
class SteppedEcho final : public axon::SteppedComponent {
public:
    axon::Inbox<Bytes> inbox{*this, "inbox"};
    axon::Outbox<Bytes> outbox{*this, "outbox"};

private:
    bool main_body() override {
        while (held_ || (held_ = inbox.try_receive())) {
            if (!outbox.try_send(*held_)) return true;
            held_.reset();
        }
        pause_next();
        return !inbox.ended();
    }

    std::optional<Bytes> held_;
};
// [/echo]

} // namespace examples
