// Base64 (RFC 4648 section 4): bytes as letters, digits, '+' and '/'.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kamaelia {

/// On one line, padded with '='.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Nothing where `text` is not exactly what to_base64() writes: no line ends, no missing padding, no bits
/// left over.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

} // namespace kamaelia
