// for_each_component: looks at every component that a configuration builds, wherever it stands.
#pragma once

#include "server/config/config.hpp"

#include <variant>
#include <vector>

namespace server {

/// Calls `look(blueprint, where)` with each component of the parts, nested ones too, and its place.
template <class Look>
void for_each_component(const std::vector<Part>& parts, const Look& look) {
    for (const auto& part : parts) {
        if (const auto* blueprint = std::get_if<axon::Blueprint>(&part.what))
            look(*blueprint, part.where);
        else if (const auto* pipeline = std::get_if<PipelineSpec>(&part.what))
            for_each_component(pipeline->parts, look);
        else if (const auto* graphline = std::get_if<GraphlineSpec>(&part.what))
            for_each_component(graphline->parts, look);
    }
}

/// Those of servers and graphs; pipelines that nobody uses do not count.
template <class Look>
void for_each_component(const Config& config, const Look& look) {
    for (const auto& server : config.servers)
        std::visit([&](const auto& spec) { for_each_component(spec.parts, look); }, server.protocol);
    for (const auto& graph : config.graphs)
        std::visit([&](const auto& spec) { for_each_component(spec.parts, look); }, graph.graph);
}

} // namespace server
