// Graphline: named components and the linkages between them, any shape.
//
// In code, where the compiler checks the linkages:
//
//     auto graph = std::make_unique<Graphline>();
//     auto& reader = graph->add<Reader>("reader", path);
//     auto& shout = graph->add<Shout>("shout");
//     link(reader.outbox, shout.inbox);
//     link(shout.outbox, graph->outbox<Bytes>("outbox"));        // its own box, made by being named
//     link(graph->control, reader.control);
//
// By name, checked when it is built; a configuration's way:
//
//     std::vector<Graphline::Node> nodes;
//     nodes.push_back({"reader", std::make_unique<Reader>(path)});
//     nodes.push_back({"shout", std::make_unique<Shout>()});
//     Graphline graph{std::move(nodes), {{"reader", "outbox", "shout", "inbox"},
//                                        {"shout", "outbox", "self", "outbox"}}};
#pragma once

#include "axon/composite.hpp"

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace axon {

/// It ends when all its components have. Its own boxes ("self") come into being by being linked. A component
/// whose readers have all ended is shut down, as in a pipeline, where its linkages were given by name; in
/// code whoever links sees to it. What it hears by control and says by signal: see Composite.
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

    /// Empty; one without components ends as soon as it is started.
    Graphline() = default;
    /// Throws LinkError for unknown or duplicate names and for boxes that are not there or do not fit.
    Graphline(std::vector<Node> nodes, const std::vector<Linkage>& linkages);

    /// Makes a component, before the start or while it runs; what links it in the same turn does so before it
    /// starts. Throws LinkError when the name is taken.
    template <class C, class... Args>
    C& add(std::string name, Args&&... args) {
        auto component = std::make_unique<C>(std::forward<Args>(args)...);
        auto& added = *component;
        add_node({std::move(name), std::move(component)});
        return added;
    }
    /// Its own inbox or outbox of that name. Throws LinkError when there is one of another type.
    template <class T>
    Inbox<T>& inbox(std::string_view name) {
        return static_cast<Inbox<T>&>(own_inbox(name, message_type<T>));
    }
    template <class T>
    Outbox<T>& outbox(std::string_view name) {
        return static_cast<Outbox<T>&>(own_outbox(name, message_type<T>));
    }

private:
    void add_node(Node node);
    void add_linkage(const Linkage& linkage);
    void lead_in(const Linkage& linkage);
    void lead_out(const Linkage& linkage);
    Box& own_inbox(std::string_view name, const MessageType& type);
    Box& own_outbox(std::string_view name, const MessageType& type);
    /// Null when there is none; throws LinkError when there is another one.
    Box* own_box(std::string_view name, bool inbox, const MessageType& type) const;
    Component& named(std::string_view name);
    void child_has_ended(Component& child) override;
    const char* keep(std::string_view box_name);

    std::list<std::string> box_names_; ///< boxes point at their names
    std::vector<std::pair<std::string, Component*>> named_;
    std::vector<Component*> feeders_; ///< who was linked to others by name
    std::vector<std::unique_ptr<InboxBase>> inboxes_;
    std::vector<std::unique_ptr<OutboxBase>> outboxes_;
};

} // namespace axon
