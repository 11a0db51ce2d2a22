// snapshot_picture: a snapshot as a picture: for Graphviz (dot) or as a mermaid flowchart.
//
//     dot -Tsvg <<< "$(curl .../graph?format=dot)" > graph.svg
#pragma once

#include "axon/snapshot.hpp"

#include <string>

namespace axon {

/// A component is a box with its name and, once it runs, its state, one with children a frame around them; a
/// linkage is an arrow that says from which box to which, and how full that is; signal to control is a dashed
/// one. What is linked to and was not looked at is dashed too; loose ends are left out.
[[nodiscard]] std::string snapshot_dot(const Snapshot& snapshot);
[[nodiscard]] std::string snapshot_mermaid(const Snapshot& snapshot);

} // namespace axon
