// What a well-formed head must also be, before its request may be answered.
#pragma once

#include "kamaelia/protocol/http/head_scanner.hpp"
#include "kamaelia/protocol/http/request.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::http {

/// Whether `line`, a request line with its CRLF, ends in a version as RFC 9112 2.3 writes them. Then
/// a version that is refused is one that we do not speak (505), else the line is malformed (400).
[[nodiscard]] bool names_a_version(std::string_view line);

/// The line with a later HTTP/1 than 1.1 as if it were 1.1 (RFC 9110 2.5); none when it is another.
[[nodiscard]] std::optional<std::string> as_1_1(std::string_view line);

/// Checks Host (RFC 9112 3.2), Transfer-Encoding (6.1, 6.3) and Expect (RFC 9110 10.1.1). That chunked
/// and Content-Length exclude each other, and that lengths agree, Beast has seen to.
[[nodiscard]] std::expected<void, RequestError> check_head(const Request& request);

/// Whether the client waits for a 100 before it sends the body.
[[nodiscard]] bool expects_continue(const Request& request);

/// Whether Connection lists `close`, which wins over keep-alive (RFC 9112 9.3).
[[nodiscard]] bool wants_close(const Request& request);

} // namespace kamaelia::http
