#include "kamaelia/chassis/server_values.hpp"

#include <cstddef>
#include <utility>

namespace kamaelia {
namespace {

using axon::ValueKind;
using Counter = axon::Value<std::uint64_t>;

axon::ValueInfo info(const char* name, const char* help, const std::string& server,
                     ValueKind kind = ValueKind::counter) {
    return {.name = name, .help = help, .kind = kind, .labels = {{"server", server}}};
}

template <std::size_t... I>
std::array<Counter, sizeof...(I)> disconnects(axon::Cat& cat, const std::string& server,
                                              std::index_sequence<I...>) {
    const auto of = [&](EndReason reason) {
        auto its =
            info("kamaelia_disconnects_total", "Connections that have ended, by what ended them.", server);
        its.labels.emplace_back("reason", to_string(reason));
        return its;
    };
    return {Counter{cat, of(end_reasons[I])}...};
}

} // namespace

ServerValues::ServerValues(axon::Cat& cat, std::string server, axon::LogLevel log_level)
    : server_{std::move(server)},
      log_level_{log_level},
      connections_{cat,
                   info("kamaelia_connections", "Connections that are open.", server_, ValueKind::gauge)},
      connections_total_{cat, info("kamaelia_connections_total", "Connections that were taken.", server_)},
      received_{cat, info("kamaelia_received_bytes_total", "Bytes received from clients.", server_)},
      sent_{cat, info("kamaelia_sent_bytes_total", "Bytes sent to clients.", server_)},
      disconnects_{disconnects(cat, server_, std::make_index_sequence<end_reasons.size()>{})} {}

void ServerValues::begun() {
    ++connections_;
    ++connections_total_;
}

void ServerValues::ended(EndReason reason) {
    --connections_;
    ++disconnects_[static_cast<std::size_t>(reason)];
}

} // namespace kamaelia
