// The Require and Proxy-Require fields: options that a client insists on (RFC 2326 sections 12.32 and 12.27).
#pragma once

#include "kamaelia/protocol/rtsp/request.hpp"

#include <string>

namespace kamaelia::rtsp {

/// The options in all these fields, which are the same to a server, that we do not have, which is each, for
/// the Unsupported field of a 551; or empty: nothing is required. What is no token is named "?": nothing that
/// a client made up gets into an answer.
[[nodiscard]] std::string unsupported_options(const Request& request);

} // namespace kamaelia::rtsp
