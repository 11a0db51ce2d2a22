#include "kamaelia/chassis/end_reason.hpp"

#include "kamaelia/chassis/connection.hpp"

#include <utility>

namespace kamaelia {

std::string_view to_string(EndReason reason) noexcept {
    switch (reason) {
    case EndReason::client_closed: return "client_closed";
    case EndReason::finished: return "finished";
    case EndReason::protocol_error: return "protocol_error";
    case EndReason::unauthorized: return "unauthorized";
    case EndReason::timeout: return "timeout";
    case EndReason::lost: return "lost";
    case EndReason::failed: return "failed";
    case EndReason::stopped: return "stopped";
    }
    std::unreachable();
}

EndReason reason_of(std::error_code error) noexcept {
    const bool reset = error == std::errc::connection_reset || error == std::errc::broken_pipe;
    return reset ? EndReason::client_closed : EndReason::lost;
}

void tell_end_reason(const axon::Component& part, EndReason reason) noexcept {
    for (auto* around = part.parent(); around; around = around->parent()) {
        if (auto* const connection = dynamic_cast<Connection*>(around))
            return connection->hear_reason(reason);
    }
}

} // namespace kamaelia
