// Reads the `servers:` of a configuration.
#pragma once

#include "axon/registry.hpp"
#include "axon/setting.hpp"
#include "server/config/config.hpp"
#include "server/config/pipeline_reader.hpp"
#include "server/config/taken_addresses.hpp"

#include <span>
#include <vector>

namespace server {

/// One for each entry, with what of it is right. An address that is `taken` is a complaint too.
[[nodiscard]] std::vector<ServerConfig> read_servers(std::span<const axon::Setting::Entry> entries,
                                                     PipelineReader& pipelines, TakenAddresses& taken,
                                                     const axon::Registry& registry,
                                                     const axon::ParamContext& context,
                                                     axon::Complaints& complaints);

/// `admin:`. Without addresses it is loopback alone. One that a server has, and a server of its name, are
/// complaints.
[[nodiscard]] AdminConfig read_admin(const axon::Setting& setting, std::span<const ServerConfig> servers,
                                     TakenAddresses& taken, axon::Complaints& complaints);

} // namespace server
