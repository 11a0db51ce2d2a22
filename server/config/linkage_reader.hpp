// Reads the `linkages:` of a graphline against its `components:`.
#pragma once

#include "axon/setting.hpp"
#include "server/config/linkage.hpp"

#include <vector>

namespace server {

struct ReadLinkages {
    std::vector<LinkageSpec> linkages;
    bool good = true; ///< nothing was complained about
};

/// Complains of a linkage that is none, of one of a component that is not among the keys of `components` nor
/// `self`, and of a second one from the same box. Leaves out the first and the last of these: they say
/// nothing of boxes.
[[nodiscard]] ReadLinkages read_linkages(const axon::Setting& linkages, const axon::Setting& components,
                                         axon::Complaints& complaints);

} // namespace server
