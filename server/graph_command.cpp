#include "server/graph_command.hpp"

#include "axon/composite.hpp"
#include "axon/linkages.hpp"
#include "axon/log.hpp"
#include "axon/snapshot_json.hpp"
#include "axon/snapshot_picture.hpp"
#include "axon/system.hpp"
#include "axon/take_snapshot.hpp"
#include "kamaelia/internet/connected_socket_adapter.hpp"
#include "server/compose.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

namespace server {
namespace {

// They stand for those that would run, and so have their names.

struct Connection final : axon::Composite {
    explicit Connection(const Composition& what) {
        axon::Complaints complaints;
        auto built = compose(what, complaints);
        if (!built) throw std::logic_error{"a protocol that was checked cannot be built"};
        auto& adapter = child<kamaelia::ConnectedSocketAdapter>(kamaelia::Descriptor{});
        auto& protocol = adopt(std::move(built));
        if (auto* box = protocol.find_box("inbox"); box && box->is_inbox())
            axon::Linkages::link(adapter.outbox, *box);
        if (auto* box = protocol.find_box("outbox"); box && !box->is_inbox())
            axon::Linkages::link(*box, adapter.inbox);
    }
};

struct TCPServer final : axon::Component {
    explicit TCPServer(const Listen& listen) { set_label(show(listen)); }
    axon::Task<> main() override { return {}; }
};

struct SimpleServer final : axon::Composite {
    explicit SimpleServer(const ServerConfig& server) {
        set_label(server.name);
        for (const auto& listen : server.listen) child<TCPServer>(listen);
        child<Connection>(server.protocol);
    }
};

struct Daemon final : axon::Composite {
    explicit Daemon(const Config& config) {
        set_label("kamaeliad");
        for (const auto& server : config.servers) child<SimpleServer>(server);
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
