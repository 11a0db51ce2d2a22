// A request as a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::http {

/// The methods that are known: those of RFC 9110 section 9, PATCH, and SOURCE of Icecast's source
/// clients. Known is not allowed: where one is not, the answer is 405 with Allow.
enum class Method : std::uint8_t { get, head, post, put, delete_, connect, options, trace, patch, source };

/// One line of a header.
struct Field {
    std::string name;
    std::string value;
};

/// The head of a request that passed every check of RequestReader.
struct Request {
    Method method = Method::get;
    std::string target;        ///< as sent; parse_target() takes it apart
    bool http_1_0 = false;     ///< else 1.1
    bool keep_alive = true;    ///< the connection may take another request after the answer
    std::vector<Field> fields; ///< in the order in which they came

    /// The value of the field `name` (its case does not matter). Nothing when it is missing, and
    /// nothing when it is repeated: for a field that may stand once, which one counts would be a
    /// guess, and the guesses of two programs in a row can differ.
    [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;

    /// Whether there is a field `name`, once or more often.
    [[nodiscard]] bool has(std::string_view name) const;
};

} // namespace kamaelia::http
