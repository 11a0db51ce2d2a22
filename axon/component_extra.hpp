// Component::Extra: what only some components need to keep. Internal to axon.
#pragma once

#include "axon/cat.hpp"
#include "axon/component.hpp"
#include "axon/timer_wheel.hpp"

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace axon {

class InboxBase;

/// What an exception says, for a log line.
[[nodiscard]] std::string what(const std::exception_ptr& error);

/// Ends a close() that takes too long.
class Component::CloseDeadline final : public Timer {
public:
    explicit CloseDeadline(Component& component) noexcept : component_{component} {}

private:
    void fire() override;
    Component& component_;
};

struct Component::Extra {
    explicit Extra(Component& component) : deadline{component} {}

    /// Messages that came before a Shutdown: it waits until `inbox` has handed out this many.
    struct Mark {
        const InboxBase* inbox;
        std::uint64_t taken;
        std::optional<std::uint64_t> vain_look{}; ///< how many had been taken when none was found
        bool has_nothing_in_hand = false;         ///< two such looks, and nothing taken between
    };

    std::string label;
    Component* first_child = nullptr;
    Component* last_child = nullptr;
    std::uint32_t live_children = 0;
    Inbox<ChildEnded>* ended_box = nullptr;

    std::unique_ptr<Cat> cat;     ///< its own scope
    Cat::Offer* offers = nullptr; ///< the services that its inboxes are, wherever they are offered

    std::vector<Mark> marks;
    std::optional<Failure> failure; ///< the first that came by control
    std::vector<Signal> signals;    ///< for a component that handles control itself
    std::size_t signals_taken = 0;  ///< how many of them it has had; none is left when all are

    std::exception_ptr error;
    CloseDeadline deadline;
};

} // namespace axon
