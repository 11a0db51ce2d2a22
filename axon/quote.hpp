// quote: a piece of somebody's text made fit for one line of a message.
#pragma once

#include <string>
#include <string_view>

namespace axon {

/// `text` in double quotes, on one line: control characters and quotes are escaped, and what is longer
/// than 60 bytes is cut at a character and ends in "...".
[[nodiscard]] std::string quote(std::string_view text);

} // namespace axon
