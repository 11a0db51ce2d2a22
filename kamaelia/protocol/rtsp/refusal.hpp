// Why a message cannot be taken, and what that means for its connection.
#pragma once

#include "kamaelia/protocol/rtsp/status.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kamaelia::rtsp {

/// The answer to a message that is none that we take. Where it ends the connection, it is not certain where
/// another message would begin:
///
/// | what is wrong                                                      | status | ends |
/// |--------------------------------------------------------------------|--------|------|
/// | CSeq missing, repeated, or no number of at most 64 bits             | 400    | no   |
/// | a version other than RTSP/1.0                                       | 505    | no   |
/// | a start line or field that is malformed, a control character, a CR alone | 400 | yes |
/// | the start line is longer than its limit                             | 414    | yes  |
/// | the head is larger, or has more fields, than its limit              | 400    | yes  |
/// | Content-Length that is no number, or two that differ; Transfer-Encoding | 400 | yes  |
/// | a body larger than its limit                                        | 413    | yes  |
/// | a request of HTTP, as clients send it that want a tunnel             | 501    | yes  |
struct Refusal {
    Status status = Status::bad_request;
    std::string_view why{};              ///< one line for people and logs; a literal
    std::optional<std::uint64_t> cseq{}; ///< of the message, if it is known
    bool ends = true;                    ///< nothing more can be read after it
    bool http = false;                   ///< the other side speaks HTTP, and so should the answer
};

} // namespace kamaelia::rtsp
