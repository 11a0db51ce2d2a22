// ServerValues: what a server counts of its connections.
#pragma once

#include "axon/cat.hpp"
#include "axon/log.hpp"
#include "axon/value.hpp"
#include "kamaelia/chassis/end_reason.hpp"
#include "kamaelia/internet/traffic.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace kamaelia {

/// Declared with 0 from its construction on, every reason too. Several of one name add up. Outlives the
/// connections that are counted in it.
class ServerValues {
public:
    /// `server` is the label of all of them, `log_level` that of the lines of its connections. Throws
    /// axon::CatError.
    ServerValues(axon::Cat& cat, std::string server, axon::LogLevel log_level = axon::LogLevel::info);

    [[nodiscard]] const std::string& server() const noexcept { return server_; }
    [[nodiscard]] axon::LogLevel log_level() const noexcept { return log_level_; }
    [[nodiscard]] Traffic& traffic() noexcept { return traffic_; }
    void begun();
    void ended(EndReason reason);

private:
    std::string server_;
    axon::LogLevel log_level_;
    axon::Value<std::int64_t> connections_;
    axon::Value<std::uint64_t> connections_total_;
    axon::Value<std::uint64_t> received_;
    axon::Value<std::uint64_t> sent_;
    std::array<axon::Value<std::uint64_t>, end_reasons.size()> disconnects_;
    Traffic traffic_{received_, sent_};
};

} // namespace kamaelia
