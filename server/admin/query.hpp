// query: what a target asks for behind its `?`, as in `?format=dot&expand=/web`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace server::admin {

/// Each value of `name`, decoded (`%2F`, and `+` for a space), in their order. A `%` without two hexadecimal
/// digits stands for itself.
[[nodiscard]] std::vector<std::string> query_values(std::string_view query, std::string_view name);

} // namespace server::admin
