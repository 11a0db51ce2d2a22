// who_waits_where: one line a component of a snapshot, for whoever wonders why nothing moves.
//
//     /Pipeline#1/Reader: waiting for room in /Pipeline#1/Slow.inbox (64 of 64), at
//     kamaelia/file/reader.cpp:31
#pragma once

#include "axon/snapshot.hpp"

#include <string>

namespace axon {

/// Path, state, what is waited for and the line of its `co_await`. In the order of the snapshot; each line
/// ends in a newline.
[[nodiscard]] std::string who_waits_where(const Snapshot& snapshot);

/// The state of one component or group, with what it waits for and without the line: `waiting for inbox`.
[[nodiscard]] std::string state_in_words(const Snapshot& snapshot, Snapshot::Id component);

} // namespace axon
