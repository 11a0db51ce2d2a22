// The status codes that the server answers with (RFC 2326 section 7.1.1).
#pragma once

#include <cstdint>
#include <string_view>

namespace kamaelia::rtsp {

enum class Status : std::uint16_t {
    ok = 200,
    bad_request = 400,
    unauthorized = 401,
    forbidden = 403,
    not_found = 404,
    not_acceptable = 406, ///< DESCRIBE for another type than SDP
    gone = 410,           ///< another file, or other bytes, where there was what a session plays
    content_too_large = 413,
    uri_too_long = 414,
    unsupported_media_type = 415,
    parameter_not_understood = 451,
    not_enough_bandwidth = 453, ///< no room for another session
    session_not_found = 454,
    method_not_valid_in_this_state = 455,
    invalid_range = 457,
    aggregate_not_allowed = 459,
    unsupported_transport = 461, ///< only where transport is the trouble: VLC tries another one then
    internal_server_error = 500,
    not_implemented = 501,
    service_unavailable = 503,
    version_not_supported = 505,
    option_not_supported = 551,
};

/// The reason phrase: "Session Not Found".
[[nodiscard]] std::string_view reason(Status status);

} // namespace kamaelia::rtsp
