// The head of a response: from a value to bytes.
//
//     ResponseHead head{.status = Status::ok, .date = now};
//     head.content_type = media_type(path);
//     head.content_length = file.size;
//     head.accept_ranges = true;
//     std::string bytes = format_head(head);
#pragma once

#include "kamaelia/protocol/http/status.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::http {

/// What an answer says before its body. An empty text is a field that is not sent; no text may hold
/// a control character, so nothing that a client sent goes in here unchecked.
struct ResponseHead {
    Status status = Status::ok;
    std::chrono::sys_seconds date{};
    std::string content_type{};
    std::optional<std::uint64_t> content_length{}; ///< without it the end of the connection ends the body
    std::string content_range{};                   ///< of a 206 and of a 416: see range.hpp
    std::string entity_tag{};                      ///< ETag, with its quotes
    std::optional<std::chrono::sys_seconds> last_modified{};
    std::string cache_control{}; ///< see cache_control()
    std::string location{};      ///< of a redirection
    std::string allow{};         ///< of a 405, and to OPTIONS: "GET, HEAD"
    bool preflight = false;      ///< tells a browser what a script elsewhere may ask for
    bool cross_origin = true;    ///< any page may read the answer (CORS)
    bool accept_ranges = false;  ///< the same URL can be asked for in parts
    bool keep_alive = true;      ///< as Request::keep_alive, and false without a length
};

/// The status line, the fields and the empty line. Always HTTP/1.1, to clients of 1.0 too (RFC 9110
/// 6.2); Connection is always sent, so that both know.
[[nodiscard]] std::string format_head(const ResponseHead& head);

/// How long a copy may be used before asking again whether it is still good; for 0, never without asking
/// (RFC 9111 5.2.2).
[[nodiscard]] std::string cache_control(std::chrono::seconds max_age);

/// The reason phrase: "Not Found".
[[nodiscard]] std::string_view reason(Status status);

} // namespace kamaelia::http
