// The target of a request: which path is asked for (RFC 9112 section 3.2, RFC 3986 section 3).
//
//     const auto target = parse_target("/media/My%20Songs/a.ogg?from=index");
//     // target->segments == {"media", "My Songs", "a.ogg"}, target->query == "from=index"
#pragma once

#include "kamaelia/protocol/url_path.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia::http {

/// What is asked for.
struct Target : UrlPath {
    std::string query; ///< what follows the `?`, not decoded
};

/// `not_a_path` is neither `/path` nor `http://host/path`; `*` and `host:port` are not. `too_long` is
/// answered with 414, all others with 400.
using TargetError = UrlError;

/// The longest target that is taken unless the caller says otherwise, in bytes.
inline constexpr std::size_t default_target_limit = 8000;

/// Reads `text` in origin form or absolute form. Never throws for what `text` holds.
[[nodiscard]] std::expected<Target, TargetError> parse_target(std::string_view text,
                                                              std::size_t limit = default_target_limit);

} // namespace kamaelia::http
