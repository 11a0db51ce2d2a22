// Reads the `linkages:` of a graphline against its `components:`.
#pragma once

#include "axon/setting.hpp"
#include "server/config/linkage.hpp"

#include <optional>
#include <vector>

namespace server {

/// Nothing after complaints: a linkage that is none, one of a component that is not among the keys of
/// `components` nor `self`, and a second one from the same box.
[[nodiscard]] std::optional<std::vector<LinkageSpec>> read_linkages(const axon::Setting& linkages,
                                                                    const axon::Setting& components,
                                                                    axon::Complaints& complaints);

} // namespace server
