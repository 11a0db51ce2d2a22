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

// A connection that nobody has made.
struct PlannedConnection final : axon::Composite {
    explicit PlannedConnection(const Composition& what) {
        set_label("Connection");
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

struct PlannedListener final : axon::Component {
    explicit PlannedListener(const Listen& listen) { set_label(show(listen)); }
    axon::Task<> main() override { return {}; }
};

struct PlannedServer final : axon::Composite {
    explicit PlannedServer(const ServerConfig& server) {
        set_label(server.name);
        for (const auto& listen : server.listen) child<PlannedListener>(listen);
        child<PlannedConnection>(server.protocol);
    }
};

struct Plan final : axon::Composite {
    explicit Plan(const Config& config) {
        set_label("kamaeliad");
        for (const auto& server : config.servers) child<PlannedServer>(server);
    }
};

} // namespace

axon::Snapshot planned_components(const Config& config) {
    axon::System system{{.offload_threads = 0}};
    const auto plan = system.spawn<Plan>(config);
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
