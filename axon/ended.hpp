// The `ended` box: how a parent learns of its children's ends.
#pragma once

#include "axon/component.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"

#include <exception>

namespace axon {

struct ChildEnded {
    /// Only to compare with: a spawned child is freed at the end of the tick.
    const Component* child;
    std::uint64_t serial;
    Ending how;
    std::exception_ptr error; ///< where how is Ending::failed
};

/// Declared by a parent that wants to know: `axon::EndedBox ended{*this};`, read like any inbox through
/// `ended.box`. Unbounded: there are never more messages than the parent made children.
class EndedBox {
public:
    explicit EndedBox(Component& parent);
    Inbox<ChildEnded> box;
    [[nodiscard]] auto receive() noexcept { return box.receive(); }
    [[nodiscard]] auto try_receive() { return box.try_receive(); }
};

} // namespace axon
