// Graphline: named components and the linkages between them, any shape.
//
//     std::vector<Graphline::Node> nodes;
//     nodes.push_back({"reader", std::make_unique<Reader>()});
//     nodes.push_back({"shout", std::make_unique<Shout>()});
//     Graphline graph{std::move(nodes), {{"reader", "outbox", "shout", "inbox"},
//                                        {"shout", "outbox", "self", "outbox"}}};
#pragma once

#include "axon/composite.hpp"

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace axon {

/// Its own boxes ("self") come into being by being linked. It ends when all its components have.
class Graphline final : public Composite {
public:
    struct Node {
        std::string name;
        std::unique_ptr<Component> component;
    };
    struct Linkage {
        std::string from, outbox, to, inbox;
    };
    static constexpr std::string_view self = "self";

    /// Throws LinkError for unknown or duplicate names and for boxes that are not there or do not fit.
    Graphline(std::vector<Node> nodes, const std::vector<Linkage>& linkages);

private:
    void control_arrived(const Signal& news) override;
    void add_linkage(const Linkage& linkage);
    void lead_in(const Linkage& linkage);
    void lead_out(const Linkage& linkage);
    Component& named(std::string_view name);
    const char* keep(std::string_view box_name);

    std::list<std::string> box_names_; ///< boxes point at their names
    std::vector<std::pair<std::string, Component*>> named_;
    std::vector<std::unique_ptr<InboxBase>> inboxes_;
    std::vector<std::unique_ptr<OutboxBase>> outboxes_;
    std::vector<Component*> control_to_; ///< where self.control leads, if it is linked
};

} // namespace axon
