// ProcessValues: the process_* values, named as Prometheus clients name them.
#pragma once

#include "axon/value.hpp"
#include "server/admin/process_status.hpp"

#include <cstdint>
#include <optional>

namespace server::admin {

/// Only what the system tells is declared.
class ProcessValues {
public:
    ProcessValues(axon::Cat& cat, const ProcessStatus& status);

    void set(const ProcessStatus& status);

private:
    std::optional<axon::Value<double>> cpu_seconds_;
    std::optional<axon::Value<double>> start_time_;
    std::optional<axon::Value<std::uint64_t>> resident_;
    std::optional<axon::Value<std::uint64_t>> virtual_;
    std::optional<axon::Value<std::uint64_t>> open_fds_;
    std::optional<axon::Value<std::uint64_t>> max_fds_;
};

} // namespace server::admin
