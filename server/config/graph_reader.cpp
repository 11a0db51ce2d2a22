#include "server/config/graph_reader.hpp"

#include "axon/params.hpp"
#include "axon/quote.hpp"
#include "server/config/linkage.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace server {
namespace {

using axon::Setting;
using kamaelia::Restart;

constexpr std::array<std::string_view, 3> restart_words{"never", "on-failure", "always"};
constexpr std::array restarts{Restart::never, Restart::on_failure, Restart::always};

// Nothing is around a graph that could be linked to it.
void refuse_self(const GraphlineSpec& graph, axon::Complaints& complaints) {
    for (const auto& linkage : graph.linkages) {
        if (linkage.from.component != BoxName::self && linkage.to.component != BoxName::self) continue;
        complaints.add(linkage.where,
                       "a graph has no boxes of its own; expected a component instead of self");
    }
}

} // namespace

std::vector<GraphConfig> read_graphs(std::span<const Setting::Entry> entries, PipelineReader& pipelines,
                                     axon::Complaints& complaints) {
    constexpr std::array<std::string_view, 1> other_keys{"restart"};
    std::vector<GraphConfig> graphs;
    graphs.reserve(entries.size());
    for (const auto& [name, where, setting] : entries) {
        GraphConfig graph{.name = name, .where = where, .graph = {}};
        const auto subject = "graph " + axon::quote(name);
        const bool is_map = setting.kind() == Setting::Kind::map;
        auto composition = is_map ? pipelines.read_graphline(setting, subject, other_keys)
                                  : pipelines.read(setting, subject);
        if (const auto* restart = is_map ? setting.find("restart") : nullptr) {
            if (const auto word = axon::detail::read_word(*restart, "restart", restart_words, complaints))
                graph.restart = restarts[*word];
        }
        if (composition) {
            if (const auto* graphline = std::get_if<GraphlineSpec>(&*composition))
                refuse_self(*graphline, complaints);
            graph.graph = *std::move(composition);
        }
        graphs.push_back(std::move(graph));
    }
    return graphs;
}

} // namespace server
