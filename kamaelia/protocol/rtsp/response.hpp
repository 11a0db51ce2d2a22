// A response of ours: from a value to bytes (RFC 2326 section 7).
//
//     Response response{.cseq = request.cseq, .date = now};
//     response.content_type = "application/sdp";
//     response.content_base = content_base(url);
//     response.body = sdp::format_description(description);
//     co_await outbox.send(Bytes{format_response(response)});
#pragma once

#include "kamaelia/protocol/rtsp/refusal.hpp"
#include "kamaelia/protocol/rtsp/status.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::rtsp {

/// What we do, for Public. With GET_PARAMETER, because VLC keeps a session alive only where it is
/// listed.
inline constexpr std::string_view offered_methods =
    "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

/// An empty text is a field that is not sent.
struct Response {
    Status status = Status::ok;
    std::optional<std::uint64_t> cseq{}; ///< of the request; nothing where it had none that could be read
    std::chrono::sys_seconds date{};
    std::string timestamp{};                       ///< see echoed_timestamp()
    std::string session{};                         ///< the id
    std::optional<std::chrono::seconds> timeout{}; ///< of the session; 60 s when it is not said (12.37)
    std::string transport{};                       ///< see format_transport()
    std::string range{};                           ///< see format_range()
    std::string rtp_info{};                        ///< see format_rtp_info()
    std::string scale{};                           ///< what it really is, where one was asked for
    std::string speed{};                           ///< likewise
    bool public_methods = false;                   ///< of an answer to OPTIONS, and of a 501
    std::string unsupported{};                     ///< of a 551: see unsupported_options()
    std::vector<std::string> www_authenticate{};   ///< of a 401: the challenges
    bool close = false;                            ///< the connection ends with this
    std::string content_base{};                    ///< see content_base()
    std::string content_type{};                    ///< of the body
    std::string body{};
};

/// The status line, the fields, the empty line and the body. Always RTSP/1.0. Control characters are left out
/// of the fields: nothing can end a line that should not.
[[nodiscard]] std::string format_response(const Response& response);

/// The answer to a message that was refused: of HTTP, where that was spoken.
[[nodiscard]] std::string format_refusal(const Refusal& refusal, std::chrono::sys_seconds date);

} // namespace kamaelia::rtsp
