// stats_json: values as JSON, for scripts and pages.
//
//     {"version":"0.1.0","healthy":true,"draining":false,
//      "values":[{"name":"kamaelia_connections","kind":"gauge","help":"...",
//                 "samples":[{"labels":{"server":"web"},"value":3}]}]}
#pragma once

#include "axon/value_info.hpp"

#include <span>
#include <string>
#include <string_view>

namespace server::admin {

/// What is told besides the values.
struct Condition {
    std::string_view version;
    bool healthy = true;   ///< every scheduler gives turns
    bool draining = false; ///< no connection is taken any more
};

/// On one line.
[[nodiscard]] std::string stats_json(const Condition& condition, std::span<const axon::ValueFamily> families);

} // namespace server::admin
