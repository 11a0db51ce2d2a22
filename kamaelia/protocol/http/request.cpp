#include "kamaelia/protocol/http/request.hpp"

#include "kamaelia/protocol/http/syntax.hpp"

#include <algorithm>

namespace kamaelia::http {

std::optional<std::string_view> Request::field(std::string_view name) const {
    std::optional<std::string_view> only;
    for (const Field& line : fields) {
        if (!iequals(line.name, name)) continue;
        if (only) return std::nullopt;
        only = line.value;
    }
    return only;
}

bool Request::has(std::string_view name) const {
    return std::ranges::any_of(fields, [&](const Field& line) { return iequals(line.name, name); });
}

} // namespace kamaelia::http
