// What a server answered, as its client reads it. What we answer ourselves is a Response.
#pragma once

#include "kamaelia/protocol/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::rtsp {

struct Reply {
    unsigned status = 0;                 ///< 100 to 599; it need not be one of Status
    std::string reason{};                ///< may be empty
    std::optional<std::uint64_t> cseq{}; ///< nothing when it is missing, malformed or repeated
    std::vector<Field> fields{};         ///< in the order in which they came
    std::string body{};

    /// As find_field() and has_field().
    [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const {
        return find_field(fields, name);
    }
    [[nodiscard]] bool has(std::string_view name) const { return has_field(fields, name); }
};

} // namespace kamaelia::rtsp
