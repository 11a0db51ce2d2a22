#include "axon/units.hpp"

#include "axon/quote.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace axon {
namespace {

struct Unit {
    std::string_view name;
    std::uint64_t size;
};

// From the largest to the smallest: show takes the first that leaves no remainder.
constexpr std::array duration_units{
    Unit{"h", 3'600'000'000'000}, Unit{"m", 60'000'000'000}, Unit{"s", 1'000'000'000},
    Unit{"ms", 1'000'000},        Unit{"us", 1'000},         Unit{"ns", 1}};
constexpr std::array byte_units{Unit{"TiB", 1ULL << 40U},
                                Unit{"TB", 1'000'000'000'000},
                                Unit{"GiB", 1ULL << 30U},
                                Unit{"GB", 1'000'000'000},
                                Unit{"MiB", 1ULL << 20U},
                                Unit{"MB", 1'000'000},
                                Unit{"KiB", 1ULL << 10U},
                                Unit{"kB", 1'000},
                                Unit{"B", 1},
                                Unit{"", 1}};
constexpr std::array bit_rate_units{Unit{"G", 1'000'000'000}, Unit{"M", 1'000'000}, Unit{"k", 1'000},
                                    Unit{"", 1}};

template <class T>
std::optional<T> parse_whole(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// The digits of `fraction`, taken as a decimal fraction, times `size`; nothing unless that is whole.
std::optional<std::uint64_t> part_of(std::uint64_t size, std::string_view fraction) {
    const auto digits = parse_whole<std::uint64_t>(fraction);
    std::uint64_t divisor = 1;
    std::uint64_t product = 0;
    if (!digits || fraction.size() > 18 || __builtin_mul_overflow(*digits, size, &product))
        return std::nullopt;
    for (std::size_t i = 0; i < fraction.size(); ++i) divisor *= 10;
    if (product % divisor != 0) return std::nullopt;
    return product / divisor;
}

// DIGITS[.DIGITS]UNIT in the smallest unit; nothing if malformed, not whole, or beyond 64 bits.
std::optional<std::uint64_t> parse_quantity(std::string_view text, std::span<const Unit> units) {
    const auto take_digits = [&text] {
        const auto digits = text.substr(0, std::min(text.find_first_not_of("0123456789"), text.size()));
        text.remove_prefix(digits.size());
        return digits;
    };
    const auto whole = parse_whole<std::uint64_t>(take_digits());
    std::string_view fraction = "0";
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        fraction = take_digits();
    }
    const auto unit = std::ranges::find(units, text, &Unit::name);
    if (!whole || unit == units.end()) return std::nullopt;
    const auto part = part_of(unit->size, fraction);
    std::uint64_t total = 0;
    if (!part || __builtin_mul_overflow(*whole, unit->size, &total) ||
        __builtin_add_overflow(total, *part, &total))
        return std::nullopt;
    return total;
}

std::string show_quantity(std::uint64_t value, std::span<const Unit> units) {
    if (value == 0) return "0";
    const auto unit = std::ranges::find_if(units, [value](const Unit& u) { return value % u.size == 0; });
    return std::to_string(value / unit->size).append(unit->name);
}

std::string lower_case(std::string_view text) {
    std::string out{text};
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::unexpected<std::string> mismatch(std::string_view expected, std::string_view found) {
    return std::unexpected{detail::unexpected_text(expected, found)};
}

} // namespace

namespace detail {

std::optional<std::int64_t> parse_signed(std::string_view text) { return parse_whole<std::int64_t>(text); }

std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
    return parse_whole<std::uint64_t>(text);
}

std::string unexpected_text(std::string_view expected, std::string_view found) {
    return std::string{"expected "}.append(expected) + ", found " + quote(found);
}

} // namespace detail

std::expected<bool, std::string> parse_bool(std::string_view text) {
    if (text.size() <= 5) {
        const auto word = lower_case(text);
        if (word == "true" || word == "yes" || word == "on") return true;
        if (word == "false" || word == "no" || word == "off") return false;
    }
    return mismatch(bool_expected, text);
}

std::expected<double, std::string> parse_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return mismatch(number_expected, text);
    return value;
}

std::expected<Duration, std::string> parse_duration(std::string_view text) {
    if (text == "0") return Duration::zero();
    const auto value = parse_quantity(text, duration_units);
    if (!value || *value > static_cast<std::uint64_t>(Duration::max().count()))
        return mismatch(duration_expected, text);
    return Duration{static_cast<Duration::rep>(*value)};
}

std::expected<ByteSize, std::string> parse_byte_size(std::string_view text) {
    if (const auto value = parse_quantity(text, byte_units)) return ByteSize{*value};
    return mismatch(byte_size_expected, text);
}

std::expected<BitRate, std::string> parse_bit_rate(std::string_view text) {
    if (const auto value = parse_quantity(text, bit_rate_units)) return BitRate{*value};
    return mismatch(bit_rate_expected, text);
}

std::string show(double value) {
    std::array<char, 32> text; // the shortest form that reads back as the same number has at most 24
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end};
}

std::string show(Duration value) {
    return show_quantity(static_cast<std::uint64_t>(value.count()), duration_units);
}

std::string show(ByteSize value) { return show_quantity(value.bytes, byte_units); }

std::string show(BitRate value) { return show_quantity(value.bits_per_second, bit_rate_units); }

} // namespace axon
