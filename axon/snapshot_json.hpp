// snapshot_json: a snapshot as JSON.
//
//     {"components": [{"id": 0, "path": "/Echo#1", "state": "waiting", "waits": [...], "boxes": [...]}],
//      "linkages": [{"from": {"component": 0, "box": "outbox"}, "to": ...}], "services": [], "whole": true}
#pragma once

#include "axon/snapshot.hpp"

#include <string>

namespace axon {

/// On one line. Every name of a box says which component's it is by `component`, the `id` of one in
/// `components`; null for a loose end (a reply). A component with `"seen": false` was not looked at and has
/// no state. A group has `count` and, instead of `state`, `states`; its numbers are sums.
[[nodiscard]] std::string snapshot_json(const Snapshot& snapshot);

} // namespace axon
