// The fields in the head of a message: what HTTP and RTSP have in common.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kamaelia {

/// One line of a header.
struct Field {
    std::string name;
    std::string value;
};

/// The value of the field `name` (its case does not matter). Nothing when it is missing, and nothing when
/// it is repeated: for a field that may stand once, which one counts would be a guess, and the guesses of
/// two programs in a row can differ.
[[nodiscard]] std::optional<std::string_view> find_field(std::span<const Field> fields,
                                                         std::string_view name);

/// Whether there is a field `name`, once or more often.
[[nodiscard]] bool has_field(std::span<const Field> fields, std::string_view name);

} // namespace kamaelia
