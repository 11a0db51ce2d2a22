// The target of a request: which path is asked for (RFC 9112 section 3.2, RFC 3986 section 3).
//
//     const auto target = parse_target("/media/My%20Songs/a.ogg?from=index");
//     // target->segments == {"media", "My Songs", "a.ogg"}, target->query == "from=index"
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::http {

/// A path without anything that could lead out of it: no segment is empty, `.` or `..`, none holds a
/// slash, a backslash or a control character. Bytes above 0x7F pass as they are, in UTF-8 or not.
struct Target {
    std::vector<std::string> segments; ///< percent-decoded; none for `/`
    bool ends_in_slash = false;        ///< the path names a directory: `/` and `/a/` do
    std::string query;                 ///< what follows the `?`, not decoded
};

/// Why a target is refused. `too_long` is answered with 414, all others with 400.
enum class TargetError : std::uint8_t {
    too_long,
    not_a_path,    ///< neither `/path` nor `http://host/path`; `*` and `host:port` are not
    bad_authority, ///< an absolute form without a host, or with user information
    bad_escape,    ///< `%` without two hexadecimal digits
    bad_character, ///< a control character or a backslash, encoded or not; a space or `#` that is not
    encoded_slash, ///< `%2F`: it would be one segment here and two elsewhere
    dot_segment,   ///< `.` or `..`, encoded or not
    empty_segment, ///< `//`
};

/// One line for people and logs.
[[nodiscard]] std::string_view to_string(TargetError error);

/// The longest target that is taken unless the caller says otherwise, in bytes.
inline constexpr std::size_t default_target_limit = 8000;

/// Reads `text` in origin form or absolute form. Never throws for what `text` holds.
[[nodiscard]] std::expected<Target, TargetError> parse_target(std::string_view text,
                                                              std::size_t limit = default_target_limit);

/// Segments of a Target as one relative path: `a/b.ogg`.
[[nodiscard]] std::string join(std::span<const std::string> segments);

} // namespace kamaelia::http
