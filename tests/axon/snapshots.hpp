// Small snapshots that the tests of their renderings share.
#pragma once

#include "axon/snapshot.hpp"
#include "axon/take_snapshot.hpp"

#include "tests/axon/parts.hpp"

#include <string>
#include <utility>
#include <vector>

namespace snapshots {

using axon::Snapshot;
using State = axon::Component::State;
using What = axon::Awaited::What;

/// All of what is on the rig.
inline Snapshot all_of(axon::testing::Rig& rig) {
    axon::SnapshotTaker taker{rig.scheduler().root()};
    while (taker.slice(1000)) {
    }
    return taker.finish();
}

/// Adds a component; the snapshot is made of parents before children.
inline Snapshot::Id add(Snapshot& snapshot, Snapshot::Id parent, std::string name, std::string class_name,
                        std::uint64_t serial = 0, State state = State::waiting) {
    Snapshot::Component component{.parent = parent,
                                  .name = std::move(name),
                                  .class_name = std::move(class_name),
                                  .serial = serial,
                                  .seen = true,
                                  .awaits = {},
                                  .boxes = {}};
    component.states[static_cast<std::size_t>(state)] = 1;
    const auto id = static_cast<Snapshot::Id>(snapshot.components.size());
    snapshot.components.push_back(std::move(component));
    snapshot.order.push_back(id);
    return id;
}

/// Adds an inbox and an outbox of the usual names.
inline void add_boxes(Snapshot& snapshot, Snapshot::Id id, std::uint64_t depth = 0) {
    auto& boxes = snapshot.components[id].boxes;
    boxes.push_back({.name = "inbox",
                     .type = "int",
                     .inbox = true,
                     .depth = depth,
                     .capacity = 64,
                     .byte_capacity = 1000,
                     .received = 10 + depth,
                     .taken = 10,
                     .dropped = 1});
    boxes.push_back({.name = "outbox", .type = "int", .sent = 7, .discarded = 2});
}

inline void add_await(Snapshot& snapshot, Snapshot::Id id, Snapshot::Reason reason, std::uint32_t line) {
    snapshot.components[id].awaits.push_back(
        {.reasons = {std::move(reason)}, .at = {.file = "axon/echo.cpp", .line = line}});
}

/// A server with one connection, which is linked to somebody who was not looked at.
inline Snapshot server() {
    Snapshot snapshot;
    const auto top = add(snapshot, Snapshot::none, "Server#1", "Server", 1, State::running);
    const auto echo = add(snapshot, top, "Echo#2", "Echo", 2);
    add_boxes(snapshot, echo, 3);
    add_await(snapshot, echo, {.what = What::input, .box = Snapshot::BoxName{echo, "inbox"}}, 9);
    snapshot.components.push_back(
        {.name = "Log#3", .class_name = "Log", .serial = 3, .awaits = {}, .boxes = {}});
    const Snapshot::Id log = 2;
    snapshot.linkages.push_back({{echo, "outbox"}, {log, "inbox"}});
    snapshot.linkages.push_back({{echo, "outbox"}, {echo, "inbox"}});
    snapshot.linkages.push_back({{echo, "signal"}, {log, "control"}});
    snapshot.linkages.push_back({{echo, "outbox"}, {Snapshot::none, "reply"}});
    snapshot.services.push_back({"echoes", {echo, "inbox"}});
    return snapshot;
}

/// A component whose name no format takes as it is.
inline Snapshot wild() {
    Snapshot snapshot;
    const auto id = add(snapshot, Snapshot::none, "a\"b\\c\nd\x01<&>#%`{|}\xff\xc3\xa9", "Wild");
    add_boxes(snapshot, id);
    snapshot.components[id].boxes[1].name = "out\"box\n";
    snapshot.linkages.push_back({{id, "out\"box\n"}, {id, "inbox"}});
    return snapshot;
}

} // namespace snapshots
