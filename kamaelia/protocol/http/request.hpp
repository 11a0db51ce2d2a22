// A request as a value.
#pragma once

#include "kamaelia/protocol/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::http {

/// The methods that are known: those of RFC 9110 section 9, PATCH, and SOURCE of Icecast's source
/// clients. Known is not allowed: where one is not, the answer is 405 with Allow.
enum class Method : std::uint8_t { get, head, post, put, delete_, connect, options, trace, patch, source };

/// The head of a request that passed every check of RequestReader.
struct Request {
    Method method = Method::get;
    std::string target;        ///< as sent; parse_target() takes it apart
    bool http_1_0 = false;     ///< else 1.1
    bool keep_alive = true;    ///< the connection may take another request after the answer
    std::vector<Field> fields; ///< in the order in which they came

    /// As find_field() and has_field().
    [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const {
        return find_field(fields, name);
    }
    [[nodiscard]] bool has(std::string_view name) const { return has_field(fields, name); }
};

} // namespace kamaelia::http
