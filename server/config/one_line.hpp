// one_line: somebody's text, such as a path, made fit for a line of a message without being quoted.
#pragma once

#include <string>
#include <string_view>

namespace server {

/// `text` whole, its control characters escaped as axon::quote does, so that it cannot begin another line.
[[nodiscard]] std::string one_line(std::string_view text);

} // namespace server
