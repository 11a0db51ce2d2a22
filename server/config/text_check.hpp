// Finds what no configuration text may contain, before a YAML reader sees it.
#pragma once

#include "axon/setting.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace server {

/// The place of the byte at `i`.
[[nodiscard]] axon::Where place_of(std::string_view text, std::size_t i, std::uint32_t source);

/// The first byte that is not UTF-8, or a control character other than tab and line end. (yaml-cpp would
/// replace the one silently, and end the text at some of the other.)
[[nodiscard]] std::optional<axon::Complaint> find_unreadable(std::string_view text, std::uint32_t source);

} // namespace server
