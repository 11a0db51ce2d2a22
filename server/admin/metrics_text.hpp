// metrics_text: values in the text format that Prometheus scrapes.
#pragma once

#include "axon/value_info.hpp"

#include <span>
#include <string>
#include <string_view>

namespace server::admin {

/// What Prometheus wants to see as Content-Type.
inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// Every number; texts are not for Prometheus and left out.
[[nodiscard]] std::string metrics_text(std::span<const axon::ValueFamily> families);

} // namespace server::admin
