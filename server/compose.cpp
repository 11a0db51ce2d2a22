#include "server/compose.hpp"

#include "axon/bytes.hpp"
#include "axon/did_you_mean.hpp"
#include "axon/graphline.hpp"
#include "axon/outbox.hpp"
#include "axon/pipeline.hpp"
#include "axon/quote.hpp"
#include "kamaelia/file/file_region.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
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

// What a part or composition becomes. After a complaint it is there all the same, to look at its boxes.
struct Draft {
    Built component;
    bool good = true;      // else it is not for running
    bool all_boxes = true; // else it would have more, or others, were it right
};

Draft draft_of(const PipelineSpec& pipeline, Complaints& complaints);
Draft draft_of(const GraphlineSpec& graphline, Complaints& complaints);

Draft draft_of(const axon::Blueprint& blueprint, Complaints&) { return {blueprint.build()}; }

Draft draft_of_nothing() { return {std::make_unique<axon::Graphline>(), false, false}; }

// A component may have a box for each item of a list, and the list may be what is wrong.
Draft draft_of(const FaultyPart& part, Complaints&) {
    if (!part.kind) return draft_of_nothing();
    const bool may_vary = std::ranges::any_of(
        part.kind->fields(), [](const auto& field) { return field.type.starts_with("list"); });
    return {part.kind->specimen(), false, !may_vary};
}

Draft draft_of(const Part& part, Complaints& complaints) {
    return std::visit([&](const auto& what) { return draft_of(what, complaints); }, part.what);
}

Draft draft_of(const Composition& composition, Complaints& complaints) {
    return std::visit([&](const auto& spec) { return draft_of(spec, complaints); }, composition);
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
bool check_neighbours(const Part& from, const Draft& sender, const Part& to, const Draft& receiver,
                      Complaints& complaints) {
    const auto* const outbox = find_box(*sender.component, "outbox", false);
    const auto* const inbox = find_box(*receiver.component, "inbox", true);
    if (!outbox && sender.all_boxes) {
        complaints.add(from.where, title(from) + " has no outbox, so nothing can follow it in a pipeline");
    } else if (!inbox && receiver.all_boxes) {
        complaints.add(to.where, title(to) + " has no inbox, so it can only be the first in a pipeline");
    } else if (outbox && inbox && !axon::fits(outbox->type(), inbox->type())) {
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

// Of stages that make no pipeline: it would have had the inbox of the first and the outbox of the last.
Draft ends_of(std::vector<Draft> stages) {
    auto& [first, first_good, first_boxes] = stages.front();
    auto& [last, last_good, last_boxes] = stages.back();
    std::vector<axon::Graphline::Linkage> linkages;
    if (find_box(*first, "inbox", true)) linkages.push_back({"self", "inbox", "first", "inbox"});
    if (find_box(*last, "outbox", false)) linkages.push_back({"last", "outbox", "self", "outbox"});
    std::vector<axon::Graphline::Node> nodes;
    nodes.push_back({"first", std::move(first)});
    nodes.push_back({"last", std::move(last)});
    return {std::make_unique<axon::Graphline>(std::move(nodes), linkages), false, first_boxes && last_boxes};
}

Draft draft_of(const PipelineSpec& pipeline, Complaints& complaints) {
    if (pipeline.parts.empty()) return draft_of_nothing();
    std::vector<Draft> stages;
    stages.reserve(pipeline.parts.size());
    bool good = true;
    for (const auto& part : pipeline.parts) {
        const auto& stage = stages.emplace_back(draft_of(part, complaints));
        good = good && stage.good;
        good = check_other_inboxes(part, *stage.component, complaints) && good;
        if (stages.size() < 2) continue;
        const auto before = stages.size() - 2;
        good = check_neighbours(pipeline.parts[before], stages[before], part, stage, complaints) && good;
    }
    if (stages.size() == 1) {
        stages.front().good = good;
        return std::move(stages.front());
    }
    if (!good) return ends_of(std::move(stages));
    std::vector<Built> built;
    built.reserve(stages.size());
    for (auto& stage : stages) built.push_back(std::move(stage.component));
    return {std::make_unique<axon::Pipeline>(std::move(built))};
}

// The parts of a graphline while it is checked, before it takes them.
class GraphlineCheck {
public:
    GraphlineCheck(const GraphlineSpec& spec, const std::map<std::string_view, Draft>& drafts,
                   Complaints& complaints)
        : spec_{spec}, drafts_{drafts}, complaints_{complaints} {}

    // False after a complaint.
    bool run() {
        for (const auto& linkage : spec_.linkages) {
            const bool before = std::exchange(good_, true);
            check_linkage(linkage);
            if (good_ && is_known(linkage))
                linkages_.push_back(
                    {linkage.from.component, linkage.from.box, linkage.to.component, linkage.to.box});
            good_ = good_ && before;
        }
        if (spec_.all_linked)
            for (const auto& part : spec_.parts) check_inboxes(part, *drafts_.at(part.id).component);
        return good_;
    }
    // Those that can be made.
    const std::vector<axon::Graphline::Linkage>& linkages() const { return linkages_; }

private:
    void complain(Where where, std::string text) {
        complaints_.add(where, std::move(text));
        good_ = false;
    }

    const Draft* draft(const std::string& id) const {
        const auto found = drafts_.find(id);
        return found == drafts_.end() ? nullptr : &found->second;
    }

    bool is_known(const LinkageSpec& linkage) const {
        const auto known = [&](const BoxName& name, bool inbox) {
            const bool signal = name.box == "signal" || name.box == "control";
            const auto* const owner = draft(name.component);
            return is_self(name) || (owner && (signal || find_box(*owner->component, name.box, inbox)));
        };
        return known(linkage.from, false) && known(linkage.to, true);
    }

    static bool is_self(const BoxName& name) { return name.component == BoxName::self; }
    static bool is_signal(const LinkageSpec& linkage) {
        return linkage.from.box == "signal" || linkage.from.box == "control" || linkage.to.box == "control" ||
               linkage.to.box == "signal";
    }

    // The box that a linkage names; null after a complaint, which may have been the reader's, and for `self`,
    // whose boxes are what they are linked to.
    const Box* box(const BoxName& name, bool inbox, Where where) {
        if (is_self(name)) return nullptr;
        const auto* const owner = draft(name.component);
        if (!owner) return nullptr;
        const auto* const found = find_box(*owner->component, name.box, inbox);
        if (!found && owner->all_boxes) {
            complain(where, name.component + " has no " + (inbox ? "inbox " : "outbox ") +
                                axon::quote(name.box) + boxes_of(*owner->component, name.box, inbox));
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
    const std::map<std::string_view, Draft>& drafts_;
    Complaints& complaints_;
    bool good_ = true;
    std::vector<axon::Graphline::Linkage> linkages_;
};

Draft draft_of(const GraphlineSpec& graphline, Complaints& complaints) {
    std::map<std::string_view, Draft> drafts;
    bool good = graphline.all_linked;
    for (const auto& part : graphline.parts) {
        const auto [added, is_new] = drafts.emplace(part.id, draft_of(part, complaints));
        good = good && added->second.good;
    }
    GraphlineCheck check{graphline, drafts, complaints};
    good = check.run() && good;
    const auto& linkages = check.linkages();
    const bool all_linked = graphline.all_linked && linkages.size() == graphline.linkages.size();
    std::vector<axon::Graphline::Node> nodes;
    nodes.reserve(graphline.parts.size());
    for (const auto& part : graphline.parts)
        nodes.push_back({part.id, std::move(drafts.at(part.id).component)});
    try {
        return {std::make_unique<axon::Graphline>(std::move(nodes), linkages), good, all_linked};
    } catch (const axon::LinkError& refused) {
        complaints.add(graphline.where, refused.what());
        return draft_of_nothing();
    }
}

// The network speaks bytes, so must the two ends of a protocol.
void check_protocol(const ServerConfig& server, const Component& protocol, Complaints& complaints) {
    const auto& bytes = axon::message_type<axon::Bytes>;
    const auto& taken = axon::message_type<kamaelia::BytesOrRegion>;
    if (const auto* box = find_box(protocol, "inbox", true); box && !axon::fits(bytes, box->type())) {
        complaints.add(server.where, "the protocol of " + axon::quote(server.name) + " takes " +
                                         std::string{box->type().name} +
                                         " on its inbox, but the network sends " + std::string{bytes.name});
    }
    if (const auto* box = find_box(protocol, "outbox", false); box && !axon::fits(box->type(), taken)) {
        complaints.add(server.where, "the protocol of " + axon::quote(server.name) + " sends " +
                                         std::string{box->type().name} +
                                         " on its outbox, but the network takes " + std::string{taken.name});
    }
}

// A pipeline that waits for what nobody sends is a mistake; of graphlines that was seen already.
void check_graph(const GraphConfig& graph, const Component& built, Complaints& complaints) {
    if (std::holds_alternative<PipelineSpec>(graph.graph) && find_box(built, "inbox", true)) {
        complaints.add(graph.where,
                       "graph " + axon::quote(graph.name) +
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
    if (const auto* blueprint = std::get_if<axon::Blueprint>(&part.what)) return blueprint->kind();
    const auto* faulty = std::get_if<FaultyPart>(&part.what);
    return faulty && faulty->kind ? std::string{faulty->kind->name()} : "the pipeline";
}

Built compose(const Composition& composition, Complaints& complaints) {
    auto draft = draft_of(composition, complaints);
    return draft.good ? std::move(draft.component) : nullptr;
}

Built compose_checked(const Composition& composition) {
    Complaints complaints;
    auto built = compose(composition, complaints);
    if (!built) throw std::logic_error{"a protocol that was checked cannot be built"};
    return built;
}

void check_compositions(const Config& config, Complaints& complaints) {
    for (const auto& server : config.servers) {
        check_protocol(server, *draft_of(server.protocol, complaints).component, complaints);
        check_inboxes_of_self(server.protocol, complaints);
    }
    for (const auto& graph : config.graphs) {
        check_graph(graph, *draft_of(graph.graph, complaints).component, complaints);
    }
    for (const auto& named : config.pipelines) {
        const bool used =
            std::ranges::any_of(config.servers,
                                [&](const auto& s) { return s.protocol == named.pipeline; }) ||
            std::ranges::any_of(config.graphs, [&](const auto& g) { return g.graph == named.pipeline; });
        if (!used) (void)draft_of(named.pipeline, complaints);
    }
}

} // namespace server
