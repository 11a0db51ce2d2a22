// A request of ours: from a value to bytes (RFC 2326 section 6).
//
//     Request request{.method = Method::setup, .url = track.url, .cseq = ++cseq};
//     request.fields.push_back({"Transport", format_transport(transport)});
//     co_await outbox.send(Bytes{format_request(request)});
#pragma once

#include "kamaelia/protocol/rtsp/request.hpp"

#include <string>

namespace kamaelia::rtsp {

/// The request line, CSeq, the fields as they are, Content-Length where there is a body, the empty line and
/// the body. Always RTSP/1.0. Control characters are left out of URL and fields: nothing can end a line that
/// should not. `method_name` counts only for an unknown method.
[[nodiscard]] std::string format_request(const Request& request);

} // namespace kamaelia::rtsp
