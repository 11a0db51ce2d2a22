// group_snapshot: a snapshot in which crowds of one shape, such as connections, stand as one component each.
//
//     auto summary = group_snapshot(snapshot);                             // /Server#1/Connection#*, 20000
//     auto closer = group_snapshot(snapshot, {{"/Server#1/Connection#7"}});   // that one by itself
#pragma once

#include "axon/snapshot.hpp"

#include <span>
#include <string>

namespace axon {

/// Siblings of one shape become a group: the same class or label, the same boxes, children of the same shapes
/// (however many), and linkages to the same components. Its name ends in `#*`, `count` says how many they
/// are, its numbers are sums. Not grouped is a component whose own path, whose parent's or whose group's is
/// in `expand`. Pure work, linear in the size of the snapshot but for its depth.
[[nodiscard]] Snapshot group_snapshot(const Snapshot& snapshot, std::span<const std::string> expand = {});

} // namespace axon
