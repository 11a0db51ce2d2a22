// The few pieces of grammar that several HTTP fields share (RFC 9110 section 5.6).
#pragma once

#include <string_view>

namespace kamaelia::http {

/// Whether `c` is a control character of ASCII: CR, LF, NUL and tab are.
[[nodiscard]] constexpr bool is_control(char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; }

/// Whether `c` may stand inside a line: no control character but the tab (RFC 9110 5.5).
[[nodiscard]] constexpr bool is_text(char c) { return c == '\t' || !is_control(c); }

/// The value of a hexadecimal digit; 16 for any other character.
[[nodiscard]] constexpr unsigned hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    return 16;
}

/// Whether two names are equal but for the case of ASCII letters. Locale-independent.
[[nodiscard]] bool iequals(std::string_view a, std::string_view b);

/// `text` without the spaces and tabs around it (OWS, RFC 9110 5.6.3).
[[nodiscard]] std::string_view trim(std::string_view text);

/// Takes the first element, trimmed, and its comma off a comma-separated list. Empty elements come
/// out as they stand; quoted strings are not understood.
[[nodiscard]] std::string_view next_element(std::string_view& list);

} // namespace kamaelia::http
