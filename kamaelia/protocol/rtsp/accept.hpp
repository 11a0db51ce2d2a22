// The Accept field: which types of a description a client can read (RFC 2326 section 12.1).
#pragma once

#include "kamaelia/protocol/rtsp/request.hpp"

#include <string_view>

namespace kamaelia::rtsp {

/// Whether a body of this type may be the answer: `application/sdp`, in small letters. All Accept fields are
/// one list (RFC 9110 12.5.1), of which the closest to the type counts: its name, then `application/*`, then
/// `*/*`; `q=0` is a no, and any other q a yes. Other parameters are passed over, as RFC 2326's own example
/// has `application/sdp;level=2`. Where nothing is named, anything may be.
[[nodiscard]] bool accepts(const Request& request, std::string_view type);

} // namespace kamaelia::rtsp
