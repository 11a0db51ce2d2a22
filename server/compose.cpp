#include "server/compose.hpp"

#include "axon/bytes.hpp"
#include "axon/did_you_mean.hpp"
#include "axon/graphline.hpp"
#include "axon/outbox.hpp"
#include "axon/pipeline.hpp"
#include "axon/quote.hpp"
#include "kamaelia/file/file_region.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace server {
namespace {

using axon::Box;
using axon::Complaints;
using axon::Component;
using axon::MessageType;
using axon::Where;
using Built = std::unique_ptr<Component>;

Built compose_pipeline(const PipelineSpec& pipeline, Complaints& complaints);
Built compose_graphline(const GraphlineSpec& graphline, Complaints& complaints);

Built compose_part(const Part& part, Complaints& complaints) {
    if (const auto* blueprint = std::get_if<axon::Blueprint>(&part.what)) return blueprint->build();
    if (const auto* pipeline = std::get_if<PipelineSpec>(&part.what))
        return compose_pipeline(*pipeline, complaints);
    return compose_graphline(std::get<GraphlineSpec>(part.what), complaints);
}

Box* find_box(const Component& component, std::string_view name, bool inbox) {
    auto* const box = component.find_box(name);
    return box && box->is_inbox() == inbox ? box : nullptr;
}

std::string boxes_of(const Component& component, std::string_view wrong, bool inboxes) {
    std::vector<std::string_view> names;
    for (const auto* box = component.first_box(); box; box = box->next_box()) {
        if (box->is_inbox() == inboxes) names.push_back(box->name());
    }
    names.push_back(inboxes ? "control" : "signal");
    std::ranges::reverse(names);
    return axon::suggestion(wrong, names);
}

std::string mismatch(const std::string& from, const Box& outbox, const std::string& to, const Box& inbox) {
    const bool can_be_read = &outbox.type() == &axon::message_type<kamaelia::BytesOrRegion> &&
                             axon::fits(axon::message_type<axon::Bytes>, inbox.type());
    return from + " sends " + std::string{outbox.type().name} + " on " + std::string{outbox.name()} +
           ", but " + to + " takes " + std::string{inbox.type().name} + " on " + std::string{inbox.name()} +
           (can_be_read ? "; put ReadRegions between them" : "");
}

// An inbox of a chassis is what the one is that it leads to.
bool is_required(const Box& box) {
    const auto* final = &box;
    while (final->destination()) final = final->destination();
    return box.is_inbox() && static_cast<const axon::InboxBase*>(final)->required();
}

// Neighbours of a pipeline: whether what one sends is what the next one takes.
bool check_neighbours(const Part& from, const Component& sender, const Part& to, const Component& receiver,
                      Complaints& complaints) {
    const auto* const outbox = find_box(sender, "outbox", false);
    const auto* const inbox = find_box(receiver, "inbox", true);
    if (!outbox) {
        complaints.add(from.where, title(from) + " has no outbox, so nothing can follow it in a pipeline");
    } else if (!inbox) {
        complaints.add(to.where, title(to) + " has no inbox, so it can only be the first in a pipeline");
    } else if (!axon::fits(outbox->type(), inbox->type())) {
        complaints.add(to.where, mismatch(title(from), *outbox, title(to), *inbox));
    } else {
        return true;
    }
    return false;
}

// A pipeline links no more than the inbox.
bool check_other_inboxes(const Part& part, const Component& stage, Complaints& complaints) {
    bool good = true;
    for (const auto* box = stage.first_box(); box; box = box->next_box()) {
        if (!is_required(*box) || box->name() == "inbox") continue;
        complaints.add(part.where, title(part) + " has an inbox " + axon::quote(box->name()) +
                                       " that needs a linkage; expected a graphline, which can link it");
        good = false;
    }
    return good;
}

Built compose_pipeline(const PipelineSpec& pipeline, Complaints& complaints) {
    std::vector<Built> stages;
    bool good = !pipeline.parts.empty();
    for (const auto& part : pipeline.parts) {
        stages.push_back(compose_part(part, complaints));
        good = good && stages.back();
        if (stages.back()) good = check_other_inboxes(part, *stages.back(), complaints) && good;
        if (stages.size() < 2 || !stages.back() || !stages[stages.size() - 2]) continue;
        const auto& before = pipeline.parts[stages.size() - 2];
        good = check_neighbours(before, *stages[stages.size() - 2], part, *stages.back(), complaints) && good;
    }
    if (!good) return nullptr;
    if (stages.size() == 1) return std::move(stages.front());
    return std::make_unique<axon::Pipeline>(std::move(stages));
}

// The parts of a graphline while it is checked, before it takes them.
class GraphlineCheck {
public:
    GraphlineCheck(const GraphlineSpec& spec, const std::vector<axon::Graphline::Node>& nodes,
                   Complaints& complaints)
        : spec_{spec}, nodes_{nodes}, complaints_{complaints} {}

    bool run() {
        for (const auto& linkage : spec_.linkages) check_linkage(linkage);
        for (std::size_t i = 0; i < nodes_.size(); ++i) check_inboxes(spec_.parts[i], *nodes_[i].component);
        return good_;
    }

private:
    void complain(Where where, std::string text) {
        complaints_.add(where, std::move(text));
        good_ = false;
    }

    const Component* component(const std::string& id) const {
        const auto node = std::ranges::find(nodes_, id, &axon::Graphline::Node::name);
        return node == nodes_.end() ? nullptr : node->component.get();
    }

    static bool is_self(const BoxName& name) { return name.component == BoxName::self; }
    static bool is_signal(const LinkageSpec& linkage) {
        return linkage.from.box == "signal" || linkage.from.box == "control" || linkage.to.box == "control" ||
               linkage.to.box == "signal";
    }

    // The box that a linkage names; null after a complaint, and for `self`, whose boxes are what they are
    // linked to.
    const Box* box(const BoxName& name, bool inbox, Where where) {
        if (is_self(name)) return nullptr;
        const auto* const owner = component(name.component);
        if (!owner) return nullptr;
        const auto* const found = find_box(*owner, name.box, inbox);
        if (!found) {
            complain(where, name.component + " has no " + (inbox ? "inbox " : "outbox ") +
                                axon::quote(name.box) + boxes_of(*owner, name.box, inbox));
        }
        return found;
    }

    void check_linkage(const LinkageSpec& linkage) {
        if (is_signal(linkage)) return check_signal(linkage);
        const auto* const from = box(linkage.from, false, linkage.where);
        const auto* const to = box(linkage.to, true, linkage.where);
        if (from && to && !axon::fits(from->type(), to->type())) {
            complain(linkage.where, mismatch(linkage.from.component, *from, linkage.to.component, *to));
        }
        if (is_self(linkage.from) && is_self(linkage.to)) {
            complain(linkage.where, "self cannot be linked to itself; expected a component on one side");
        }
    }

    void check_signal(const LinkageSpec& linkage) {
        const bool from = linkage.from.box == (is_self(linkage.from) ? "control" : "signal");
        const bool to = linkage.to.box == (is_self(linkage.to) ? "signal" : "control");
        if (from && to && !(is_self(linkage.from) && is_self(linkage.to))) return;
        complain(linkage.where, show(linkage.from) + " cannot lead to " + show(linkage.to) +
                                    "; expected signal to control, and data boxes among themselves");
    }

    // A component that waits for data which can never come is a mistake.
    void check_inboxes(const Part& part, const Component& owner) {
        for (const auto* box = owner.first_box(); box; box = box->next_box()) {
            if (!is_required(*box)) continue;
            const BoxName name{part.id, std::string{box->name()}};
            const bool linked = std::ranges::any_of(spec_.linkages, [&](const auto& l) {
                const bool misspelt = l.to.component == part.id && l.to.box != "control" &&
                                      !find_box(owner, l.to.box, true); // complained about already
                return l.to == name || misspelt;
            });
            if (!linked)
                complain(part.where, show(name) +
                                         " is not linked, so nothing ever arrives there; expected a "
                                         "linkage such as self.inbox -> " +
                                         show(name));
        }
    }

    const GraphlineSpec& spec_;
    const std::vector<axon::Graphline::Node>& nodes_;
    Complaints& complaints_;
    bool good_ = true;
};

Built compose_graphline(const GraphlineSpec& graphline, Complaints& complaints) {
    std::vector<axon::Graphline::Node> nodes;
    bool good = true;
    for (const auto& part : graphline.parts) {
        nodes.push_back({part.id, compose_part(part, complaints)});
        good = good && nodes.back().component;
    }
    if (!good || !GraphlineCheck{graphline, nodes, complaints}.run()) return nullptr;
    std::vector<axon::Graphline::Linkage> linkages;
    linkages.reserve(graphline.linkages.size());
    for (const auto& linkage : graphline.linkages) {
        linkages.push_back({linkage.from.component, linkage.from.box, linkage.to.component, linkage.to.box});
    }
    try {
        return std::make_unique<axon::Graphline>(std::move(nodes), linkages);
    } catch (const axon::LinkError& refused) {
        complaints.add(graphline.where, refused.what());
        return nullptr;
    }
}

// The network speaks bytes, so must the two ends of a protocol.
void check_protocol(const ServerConfig& server, const Component& protocol, Complaints& complaints) {
    const auto& bytes = axon::message_type<axon::Bytes>;
    const auto& taken = axon::message_type<kamaelia::BytesOrRegion>;
    if (const auto* box = find_box(protocol, "inbox", true); box && !axon::fits(bytes, box->type())) {
        complaints.add(server.where, "the protocol of " + server.name + " takes " +
                                         std::string{box->type().name} +
                                         " on its inbox, but the network sends " + std::string{bytes.name});
    }
    if (const auto* box = find_box(protocol, "outbox", false); box && !axon::fits(box->type(), taken)) {
        complaints.add(server.where, "the protocol of " + server.name + " sends " +
                                         std::string{box->type().name} +
                                         " on its outbox, but the network takes " + std::string{taken.name});
    }
}

// A pipeline that waits for what nobody sends is a mistake; of graphlines that was seen already.
void check_graph(const GraphConfig& graph, const Component& built, Complaints& complaints) {
    if (std::holds_alternative<PipelineSpec>(graph.graph) && find_box(built, "inbox", true)) {
        complaints.add(graph.where,
                       "graph " + graph.name +
                           " begins with a component that has an inbox, and nothing ever arrives there");
    }
}

// Nothing leads to the other inboxes of a protocol.
void check_inboxes_of_self(const Composition& protocol, Complaints& complaints) {
    const auto* graphline = std::get_if<GraphlineSpec>(&protocol);
    if (!graphline) return;
    for (const auto& [from, to, where] : graphline->linkages)
        if (from.component == BoxName::self && from.box != "inbox" && from.box != "control")
            complaints.add(where, "nothing ever arrives at " + show(from) +
                                      "; expected self.inbox, where a protocol hears the network");
}

} // namespace

std::string title(const Part& part) {
    if (!part.id.empty()) return part.id;
    const auto* blueprint = std::get_if<axon::Blueprint>(&part.what);
    return blueprint ? blueprint->kind() : "the pipeline";
}

Built compose(const Composition& composition, Complaints& complaints) {
    if (const auto* pipeline = std::get_if<PipelineSpec>(&composition))
        return compose_pipeline(*pipeline, complaints);
    return compose_graphline(std::get<GraphlineSpec>(composition), complaints);
}

Built compose_checked(const Composition& composition) {
    Complaints complaints;
    auto built = compose(composition, complaints);
    if (!built) throw std::logic_error{"a protocol that was checked cannot be built"};
    return built;
}

void check_compositions(const Config& config, Complaints& complaints) {
    for (const auto& server : config.servers) {
        if (const auto protocol = compose(server.protocol, complaints))
            check_protocol(server, *protocol, complaints);
        check_inboxes_of_self(server.protocol, complaints);
    }
    for (const auto& graph : config.graphs) {
        if (const auto built = compose(graph.graph, complaints)) check_graph(graph, *built, complaints);
    }
    for (const auto& named : config.pipelines) {
        const bool used =
            std::ranges::any_of(config.servers,
                                [&](const auto& s) { return s.protocol == named.pipeline; }) ||
            std::ranges::any_of(config.graphs, [&](const auto& g) { return g.graph == named.pipeline; });
        if (!used) (void)compose(named.pipeline, complaints);
    }
}

} // namespace server
