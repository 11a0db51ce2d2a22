#include "server/admin/admin.hpp"

#include "axon/cat.hpp"
#include "axon/offload.hpp"
#include "axon/value.hpp"
#include "server/admin/admin_server.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace server::admin {

Admin::Admin(std::vector<kamaelia::ListeningSocket> sockets, const axon::Heartbeats& heartbeats)
    : heartbeats_{heartbeats} {
    auto& server =
        child<kamaelia::SimpleServer>(std::move(sockets), [this]() -> std::unique_ptr<axon::Component> {
            return std::make_unique<AdminServer>(*this);
        });
    server.set_label("admin");
    server.log_connections_at(axon::LogLevel::debug);
}

axon::Task<> Admin::main() {
    axon::Value<std::int64_t> build{cat(),
                                    {.name = "kamaelia_build_info",
                                     .help = "1, labelled with the version that runs.",
                                     .kind = axon::ValueKind::gauge,
                                     .labels = {{"version", KAMAELIA_VERSION}}}};
    build.set(1);
    process_.emplace(cat(), co_await axon::offload(*this, [] { return read_process_status(); }));
    co_await children_ended();
}

void Admin::note(const ProcessStatus& status) {
    if (process_) process_->set(status);
}

} // namespace server::admin
