// kamaeliad graph: the components that would run, as a picture or for programs.
#pragma once

#include "axon/snapshot.hpp"
#include "server/config/config.hpp"
#include "server/options.hpp"

#include <string>

namespace server {

/// Each graph, and each server with its addresses and what it makes for a connection, in the long form: what
/// `http://` stands for is there. As one worker has it; the first has the graphs. Nothing is opened and
/// nothing runs. `config` was checked.
[[nodiscard]] axon::Snapshot planned_components(const Config& config);

/// Ends in a line end.
[[nodiscard]] std::string render(const axon::Snapshot& components, GraphFormat format);

} // namespace server
