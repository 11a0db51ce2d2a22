// overview_page: what the admin listener shows to people.
#pragma once

#include "axon/snapshot.hpp"
#include "axon/value_info.hpp"
#include "server/admin/stats_json.hpp"

#include <span>
#include <string>

namespace server::admin {

/// An HTML page without scripts and without anything from elsewhere: the condition, each value, each
/// component with what it waits for, and where the same is for programs.
[[nodiscard]] std::string overview_page(const Condition& condition,
                                        std::span<const axon::ValueFamily> families,
                                        const axon::Snapshot& components);

} // namespace server::admin
