// Escaping for text that goes into HTML pages and for paths that go into URLs.
#pragma once

#include <string>
#include <string_view>

namespace kamaelia {

/// `text` for use between tags and inside quoted attributes. Whatever `text` holds, the result is
/// UTF-8 that HTML allows: bytes that are not UTF-8, and control characters, become U+FFFD.
[[nodiscard]] std::string escape_html(std::string_view text);

/// `path` for use in a URL: each byte but `/` and the unreserved ones becomes `%XX` (RFC 3986 2.1, 2.3).
[[nodiscard]] std::string percent_encode_path(std::string_view path);

} // namespace kamaelia
