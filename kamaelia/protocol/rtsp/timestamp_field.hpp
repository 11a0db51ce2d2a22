// The Timestamp field, by which a client measures how long a request and its answer take (RFC 2326 12.38).
#pragma once

#include "kamaelia/protocol/rtsp/request.hpp"

#include <string>

namespace kamaelia::rtsp {

/// What the answer to `request` has to say in its own Timestamp: exactly what the client said, which only it
/// understands. Empty where there is none, where there are two, and where it is no number with a fraction and
/// perhaps a delay, as the RFC's grammar has it: nothing else that a client made up gets into an answer.
[[nodiscard]] std::string echoed_timestamp(const Request& request);

} // namespace kamaelia::rtsp
