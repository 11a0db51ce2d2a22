// Snapshot: what a system, or a part of it, looked like: components, boxes, linkages, as plain values.
//
//     auto snapshot = co_await axon::take_snapshot(*this);            // axon/take_snapshot.hpp
//     std::fputs(axon::who_waits_where(snapshot).c_str(), stderr);    // axon/who_waits_where.hpp
#pragma once

#include "axon/awaited.hpp"
#include "axon/box.hpp"
#include "axon/component.hpp"
#include "axon/time.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace axon {

struct Snapshot {
    /// A place in `components`.
    using Id = std::uint32_t;
    static constexpr Id none = ~Id{0};

    struct BoxName {
        Id component = none;
        std::string box;
        friend auto operator<=>(const BoxName&, const BoxName&) = default;
    };

    /// One of the things that a component waits for.
    struct Reason {
        Awaited::What what = Awaited::What::other;
        std::optional<BoxName> box{};   ///< an inbox; where room is waited for, the outbox
        std::optional<BoxName> full{};  ///< the inbox that has no room
        std::optional<Duration> left{}; ///< of the time that is waited for
        std::string text{};             ///< what Awaited::text said
    };

    struct Source {
        std::string_view file; ///< from the root of the sources
        std::uint32_t line = 0;
        friend bool operator==(const Source&, const Source&) = default;
    };

    /// An await: any of its reasons ends it.
    struct Await {
        std::vector<Reason> reasons;
        Source at;
        std::uint32_t count = 1; ///< of a group's components, those that stand here
    };

    struct Box {
        std::string name;
        std::string_view type;
        bool inbox = false;
        Overflow overflow = Overflow::wait;
        // Of an inbox. A capacity of 0 is no limit.
        std::uint64_t depth = 0, capacity = 0, bytes = 0, byte_capacity = 0;
        std::uint64_t received = 0, taken = 0, dropped = 0;
        // Of an outbox.
        std::uint64_t sent = 0, discarded = 0;
    };

    struct Component {
        Id parent = none;
        std::string name; ///< its part of the path, as in `Connection#7`
        std::string class_name;
        std::uint64_t serial = 0; ///< 0: of a static child
        /// It was looked at. Others are only named: linked to, or above what was looked at.
        bool seen = false;
        std::uint32_t count = 1;               ///< more: a group of so many, whose numbers are sums
        std::array<std::uint32_t, 6> states{}; ///< how many were in which Component::State
        std::vector<Await> awaits;
        std::vector<Box> boxes; ///< in the order of their declaration
    };

    struct Linkage {
        BoxName from, to;
        friend auto operator<=>(const Linkage&, const Linkage&) = default;
    };

    struct Service {
        std::string name;
        BoxName inbox;
    };

    /// From the root, as axon::Component::path() has it.
    [[nodiscard]] std::string path(Id component) const;
    /// The path and the name of the box, as in `/Pipeline#1/Echo.inbox`.
    [[nodiscard]] std::string path(const BoxName& box) const;
    /// Of one component.
    [[nodiscard]] axon::Component::State state(Id component) const;
    /// Null when the component has no box of that name.
    [[nodiscard]] const Box* find(const BoxName& box) const;
    /// The ids of the components below each, and of those without a parent last, as they were seen.
    [[nodiscard]] std::vector<std::vector<Id>> families() const;

    std::vector<Component> components;
    std::vector<Id> order; ///< those that were seen, parents before children
    std::vector<Linkage> linkages;
    std::vector<Service> services;
    bool whole = true; ///< there were not more components than were asked for
};

/// A word for people: "running", "ready", "waiting", ...
[[nodiscard]] std::string_view show(Component::State state) noexcept;

} // namespace axon
