#include "server/graph_command.hpp"

#include "axon/composite.hpp"
#include "axon/snapshot_json.hpp"
#include "axon/snapshot_picture.hpp"
#include "axon/system.hpp"
#include "axon/take_snapshot.hpp"
#include "kamaelia/chassis/connection.hpp"
#include "kamaelia/internet/connected_socket_adapter.hpp"
#include "server/compose.hpp"

namespace server {
namespace {

// They stand for those that would run, and so have their names.

struct Connection final : axon::Composite {
    explicit Connection(const Composition& what) {
        auto& adapter = child<kamaelia::ConnectedSocketAdapter>(kamaelia::Descriptor{});
        kamaelia::link_protocol(adapter, adopt(compose_checked(what)));
    }
};

struct TCPServer final : axon::Component {
    explicit TCPServer(Listen listen) {
        if (listen.scheme != Listen::Scheme::unix_socket)
            listen.scheme = Listen::Scheme::tcp; // the long form
        set_label(show(listen));
    }
    axon::Task<> main() override { return {}; }
};

struct SimpleServer final : axon::Composite {
    explicit SimpleServer(const ServerConfig& server) {
        set_label(server.name);
        for (const auto& listen : server.listen) child<TCPServer>(listen);
        child<Connection>(server.protocol);
    }
};

struct Supervisor final : axon::Composite {
    explicit Supervisor(const GraphConfig& graph) {
        set_label(graph.name);
        adopt(compose_checked(graph.graph));
    }
};

struct Daemon final : axon::Composite {
    explicit Daemon(const Config& config) {
        set_label("kamaeliad");
        for (const auto& server : config.servers) child<SimpleServer>(server);
        for (const auto& graph : config.graphs) child<Supervisor>(graph);
    }
};

} // namespace

axon::Snapshot planned_components(const Config& config) {
    axon::System system{{.offload_threads = 0}};
    const auto plan = system.spawn<Daemon>(config);
    axon::SnapshotTaker taker{*plan.get()};
    while (taker.slice(axon::SnapshotLimits{}.a_turn)) {
    }
    auto components = taker.finish();
    for (auto& component : components.components) component.states = {}; // none will have a turn
    return components;
}

std::string render(const axon::Snapshot& components, GraphFormat format) {
    switch (format) {
    case GraphFormat::dot: return axon::snapshot_dot(components);
    case GraphFormat::mermaid: return axon::snapshot_mermaid(components);
    case GraphFormat::json: break;
    }
    return axon::snapshot_json(components) + "\n";
}

} // namespace server
