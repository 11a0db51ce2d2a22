// Awaited: one thing that a suspended component waits for, as its await tells it.
#pragma once

#include "axon/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace axon {

class Box;

/// As of now: the box may be gone after the next turn.
struct Awaited {
    enum class What : std::uint8_t {
        input,    ///< a message in the inbox `box`, or its end
        room,     ///< in the inbox that the outbox `box` leads to
        control,  ///< a signal
        any_box,  ///< something in any inbox, or a signal
        turn,     ///< nothing: the others come first
        time,     ///< `until`
        children, ///< their ends
        work,     ///< that was offloaded
        other,    ///< `text`
    };

    What what = What::other;
    const Box* box = nullptr;
    std::optional<Time> until{};
    std::string text{}; ///< what comes after "for", as in "descriptor 7 to be readable"
};

} // namespace axon
