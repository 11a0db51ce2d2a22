// A session description: from a value to text.
#pragma once

#include "kamaelia/protocol/sdp/description.hpp"

#include <string>

namespace kamaelia::sdp {

/// In the order that RFC 4566 5 asks for, with CRLF. Whatever the texts hold, each stays one line: a control
/// character other than a tab becomes a space. A session without a name is called "-", for the line has to be
/// there.
[[nodiscard]] std::string format_description(const Description& description);

} // namespace kamaelia::sdp
