#include "server/loose_ends.hpp"

#include "axon/box.hpp"
#include "axon/component.hpp"
#include "kamaelia/util/console_echoer.hpp"
#include "server/compose.hpp"
#include "server/config/linkage.hpp"
#include "server/config/pipeline_spec.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace server {
namespace {

std::unique_ptr<axon::Component> built(const Part& part) {
    if (const auto* blueprint = std::get_if<axon::Blueprint>(&part.what)) return blueprint->build();
    if (const auto* pipeline = std::get_if<PipelineSpec>(&part.what)) return compose_checked(*pipeline);
    return compose_checked(std::get<GraphlineSpec>(part.what));
}

// What it passes on it has shown already.
bool is_console(const Part& part) {
    const auto* blueprint = std::get_if<axon::Blueprint>(&part.what);
    return blueprint && blueprint->params<kamaelia::ConsoleEchoer::Params>();
}

class LooseEndFinder {
public:
    explicit LooseEndFinder(axon::Complaints& warnings) : warnings_{warnings} {}

    void look_at(const Composition& composition) {
        std::visit([this](const auto& spec) { look_at(spec); }, composition);
    }
    // The network takes one outbox of a protocol.
    void look_at_ends_of(const GraphlineSpec& protocol) {
        for (const auto& [from, to, where] : protocol.linkages)
            if (to.component == BoxName::self && to.box != "outbox" && to.box != "signal")
                warn(show(to), where, "; a protocol speaks on its outbox");
    }

    // Nothing is around a graph that could take what its last component sends.
    void look_at_end_of(const PipelineSpec& graph) {
        const auto& last = graph.parts.back();
        const auto component = built(last);
        const auto* box = component->find_box("outbox");
        if (box && !box->is_inbox() && !is_console(last)) warn("outbox of " + title(last), last.where, "");
    }

private:
    void look_at(const PipelineSpec& pipeline) {
        for (const auto& part : pipeline.parts)
            look_at_part(part, [](const BoxName& name) { return name.box == "outbox"; });
    }

    void look_at(const GraphlineSpec& graphline) {
        for (const auto& part : graphline.parts)
            look_at_part(part, [&](const BoxName& name) {
                return std::ranges::find(graphline.linkages, name, &LinkageSpec::from) !=
                       graphline.linkages.end();
            });
    }

    template <class IsLinked>
    void look_at_part(const Part& part, IsLinked is_linked) {
        if (is_console(part)) return;
        const auto component = built(part);
        for (const auto* box = component->first_box(); box; box = box->next_box()) {
            if (box->is_inbox() || is_linked(BoxName{part.id, std::string{box->name()}})) continue;
            const std::string name{box->name()};
            warn(part.id.empty() ? name + " of " + title(part) : part.id + "." + name, part.where, "");
        }
        if (const auto* pipeline = std::get_if<PipelineSpec>(&part.what)) look_at(*pipeline);
        if (const auto* graphline = std::get_if<GraphlineSpec>(&part.what)) look_at(*graphline);
    }

    void warn(std::string box, axon::Where where, std::string_view hint) {
        warnings_.add(where, (box += " leads nowhere, so what is sent there is discarded").append(hint));
    }

    axon::Complaints& warnings_;
};

} // namespace

void check_loose_ends(const Config& config, axon::Complaints& warnings) {
    LooseEndFinder finder{warnings};
    for (const auto& server : config.servers) {
        finder.look_at(server.protocol);
        if (const auto* graphline = std::get_if<GraphlineSpec>(&server.protocol))
            finder.look_at_ends_of(*graphline);
    }
    for (const auto& graph : config.graphs) {
        finder.look_at(graph.graph);
        if (const auto* pipeline = std::get_if<PipelineSpec>(&graph.graph)) finder.look_at_end_of(*pipeline);
    }
}

} // namespace server
