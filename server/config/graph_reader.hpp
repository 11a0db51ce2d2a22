// Reads the `graphs:` of a configuration.
#pragma once

#include "axon/setting.hpp"
#include "server/config/config.hpp"
#include "server/config/pipeline_reader.hpp"

#include <span>
#include <vector>

namespace server {

/// One for each entry, with what of it is right. An entry is a graphline, which may have `restart` besides, a
/// pipeline, or the name of either.
[[nodiscard]] std::vector<GraphConfig> read_graphs(std::span<const axon::Setting::Entry> entries,
                                                   PipelineReader& pipelines, axon::Complaints& complaints);

} // namespace server
