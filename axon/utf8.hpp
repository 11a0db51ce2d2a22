// utf8: where one character of UTF-8 ends and the next begins.
#pragma once

#include <cstddef>
#include <string_view>

namespace axon {

/// The bytes of the character that `text` begins with; 0 when it begins with none that is well formed (RFC
/// 3629 section 4), or is empty.
[[nodiscard]] std::size_t character_length(std::string_view text) noexcept;

} // namespace axon
