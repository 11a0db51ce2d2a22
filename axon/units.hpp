// The kinds of value that a configuration writes as one word: numbers, yes or no, durations, sizes,
// rates. For each: the type, parse_X, which says what it expected and what it found, and show, which
// writes what parse_X reads back as the same value.
//
//     axon::parse_bit_rate("400k")->bits_per_second == 400'000
//     axon::parse_duration("5").error() == "expected a duration such as 250ms, 2s or 5m, found \"5\""
#pragma once

#include "axon/time.hpp"

#include <compare>
#include <concepts>
#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace axon {

/// A number of bytes: `64KiB`, `10MB`, `5GiB`, or bare.
struct ByteSize {
    std::uint64_t bytes = 0;
    auto operator<=>(const ByteSize&) const = default;
};

/// Bits per second: `400k`, `1.5M`, or bare.
struct BitRate {
    std::uint64_t bits_per_second = 0;
    auto operator<=>(const BitRate&) const = default;
};

/// Whole numbers, without bool and the character types.
template <class T>
concept WholeNumber =
    std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
    !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;

/// What the parsers below call what they expect.
inline constexpr std::string_view bool_expected = "yes or no";
inline constexpr std::string_view number_expected = "a number";
inline constexpr std::string_view duration_expected = "a duration such as 250ms, 2s or 5m";
inline constexpr std::string_view byte_size_expected = "a size such as 64KiB or 10MB";
inline constexpr std::string_view bit_rate_expected = "a rate such as 128k";

/// true, yes, on; false, no, off; upper or lower case.
[[nodiscard]] std::expected<bool, std::string> parse_bool(std::string_view text);
/// Decimal, finite, with a point and an exponent where wanted.
[[nodiscard]] std::expected<double, std::string> parse_number(std::string_view text);
/// ns, us, ms, s, m and h; only zero needs no unit. Never negative. A fraction must come out in whole
/// nanoseconds.
[[nodiscard]] std::expected<Duration, std::string> parse_duration(std::string_view text);
/// B, and kB, MB, GB, TB in steps of 1000, KiB, MiB, GiB, TiB in steps of 1024.
[[nodiscard]] std::expected<ByteSize, std::string> parse_byte_size(std::string_view text);
/// k, M and G in steps of 1000.
[[nodiscard]] std::expected<BitRate, std::string> parse_bit_rate(std::string_view text);

[[nodiscard]] std::string show(double value);
[[nodiscard]] std::string show(Duration value);
[[nodiscard]] std::string show(ByteSize value);
[[nodiscard]] std::string show(BitRate value);

namespace detail {
std::optional<std::int64_t> parse_signed(std::string_view text);
std::optional<std::uint64_t> parse_unsigned(std::string_view text);
std::string unexpected_text(std::string_view expected, std::string_view found);
} // namespace detail

/// Decimal digits, a minus sign where T has one. Both ends of the range belong to it.
template <WholeNumber T>
[[nodiscard]] std::expected<T, std::string> parse_integer(std::string_view text,
                                                          T low = std::numeric_limits<T>::min(),
                                                          T high = std::numeric_limits<T>::max()) {
    if constexpr (std::signed_integral<T>) {
        if (const auto value = detail::parse_signed(text); value && *value >= low && *value <= high)
            return static_cast<T>(*value);
    } else {
        if (const auto value = detail::parse_unsigned(text); value && *value >= low && *value <= high)
            return static_cast<T>(*value);
    }
    return std::unexpected{detail::unexpected_text(
        "a whole number between " + std::to_string(low) + " and " + std::to_string(high), text)};
}

} // namespace axon
