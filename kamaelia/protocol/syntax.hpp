// The few pieces of grammar that the fields of HTTP and RTSP share (RFC 9110 section 5.6).
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>
#include <system_error>

namespace kamaelia {

/// Whether `c` is a control character of ASCII: CR, LF, NUL and tab are.
[[nodiscard]] constexpr bool is_control(char c) { return (c >= '\0' && c < ' ') || c == '\x7F'; }

/// Whether `c` may stand inside a line: no control character but the tab (RFC 9110 5.5).
[[nodiscard]] constexpr bool is_text(char c) { return c == '\t' || !is_control(c); }

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The value of a hexadecimal digit; 16 for any other character.
[[nodiscard]] constexpr unsigned hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    return 16;
}

/// The number that `digits` are, to `base`. Nothing for anything else: a sign, a space, none at all, or more
/// than fits.
template <std::unsigned_integral Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view digits, int base = 10) {
    Number value{};
    const char* const begin = digits.data();
    const char* const end = begin + digits.size();
    const auto [stop, error] = std::from_chars(begin, end, value, base);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

/// Whether `text` is a token (RFC 9110 5.6.2): at least one character, and only those that need no quotes.
[[nodiscard]] bool is_token(std::string_view text);

/// Whether two names are equal but for the case of ASCII letters. Locale-independent.
[[nodiscard]] bool iequals(std::string_view a, std::string_view b);

/// `text` without the spaces and tabs around it (OWS, RFC 9110 5.6.3).
[[nodiscard]] std::string_view trim(std::string_view text);

/// Takes the first element, trimmed, and its comma off a comma-separated list. Empty elements come
/// out as they stand; quoted strings are not understood.
[[nodiscard]] std::string_view next_element(std::string_view& list);

} // namespace kamaelia
