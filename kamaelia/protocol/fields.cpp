#include "kamaelia/protocol/fields.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>

namespace kamaelia {

std::optional<std::string_view> find_field(std::span<const Field> fields, std::string_view name) {
    std::optional<std::string_view> only;
    for (const Field& line : fields) {
        if (!iequals(line.name, name)) continue;
        if (only) return std::nullopt;
        only = line.value;
    }
    return only;
}

bool has_field(std::span<const Field> fields, std::string_view name) {
    return std::ranges::any_of(fields, [&](const Field& line) { return iequals(line.name, name); });
}

} // namespace kamaelia
