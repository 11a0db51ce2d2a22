// The path of a URL, taken apart so that it leads nowhere but down (RFC 3986 section 3.3).
//
//     const auto path = parse_url_path("/media/My%20Songs/a.ogg");
//     // path->segments == {"media", "My Songs", "a.ogg"}
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia {

/// A path without anything that could lead out of it: no segment is empty, `.` or `..`, none holds a
/// slash, a backslash or a control character. Bytes above 0x7F pass as they are, in UTF-8 or not.
struct UrlPath {
    std::vector<std::string> segments; ///< percent-decoded; none for `/`
    bool ends_in_slash = false;        ///< the path names a directory: `/` and `/a/` do
};

/// Why a URL is refused.
enum class UrlError : std::uint8_t {
    too_long,
    not_a_path,    ///< neither a path nor a URL of the protocol
    bad_authority, ///< without a host or with a malformed one, or with user information
    bad_escape,    ///< `%` without two hexadecimal digits
    bad_character, ///< a control character or a backslash, encoded or not; a space or `#` that is not
    encoded_slash, ///< `%2F`: it would be one segment here and two elsewhere
    dot_segment,   ///< `.` or `..`, encoded or not
    empty_segment, ///< `//`
};

/// One line for people and logs.
[[nodiscard]] std::string_view to_string(UrlError error);

/// What no URL may hold raw, wherever it stands: nothing, or bad_character.
[[nodiscard]] std::expected<void, UrlError> check_url_characters(std::string_view url);

/// Reads a path, which begins with a slash; an empty one is `/`. A query is not for it.
[[nodiscard]] std::expected<UrlPath, UrlError> parse_url_path(std::string_view path);

/// Segments as one relative path: `a/b.ogg`.
[[nodiscard]] std::string join(std::span<const std::string> segments);

} // namespace kamaelia
