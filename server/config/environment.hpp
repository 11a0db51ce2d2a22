// Environment variables in a configuration: ${NAME} and ${NAME:-default}.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace server {

/// Names and values. A value of its own, so that a configuration depends on nothing that a test cannot give.
using Environment = std::map<std::string, std::string, std::less<>>;

/// The environment of this process, as it is now.
[[nodiscard]] Environment process_environment();

/// `text` with each ${NAME} replaced by the variable, and each ${NAME:-default} by the default where the
/// variable is unset or empty; $${ stands for a plain ${. The error says which variable is not set, or
/// what is malformed.
[[nodiscard]] std::expected<std::string, std::string> expand(std::string_view text,
                                                             const Environment& environment);

} // namespace server
