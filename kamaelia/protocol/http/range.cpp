#include "kamaelia/protocol/http/range.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>

namespace kamaelia::http {
namespace {

// A position is 1*DIGIT. One too large for 64 bits is past the end of any file, and so is the largest
// that fits.
std::optional<std::uint64_t> parse_position(std::string_view digits) {
    std::uint64_t value = 0;
    const char* const begin = digits.data();
    const char* const end = begin + digits.size();
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error == std::errc::invalid_argument || stop != end) return std::nullopt;
    return error == std::errc::result_out_of_range ? std::numeric_limits<std::uint64_t>::max() : value;
}

Selection select_suffix(std::uint64_t suffix, std::uint64_t length) {
    if (suffix == 0) return Unsatisfiable{};
    if (length == 0) return Whole{}; // satisfiable by definition, but no Content-Range can name zero bytes
    return Part{length - std::min(suffix, length), length - 1};
}

// range-spec = first-pos "-" [ last-pos ] / "-" suffix-length
Selection select_spec(std::string_view spec, std::uint64_t length) {
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos) return Whole{};
    const std::string_view after = spec.substr(dash + 1);
    if (dash == 0) {
        const auto suffix = parse_position(after);
        return suffix ? select_suffix(*suffix, length) : Selection{Whole{}};
    }
    const auto first = parse_position(spec.substr(0, dash));
    const auto last = after.empty() ? std::numeric_limits<std::uint64_t>::max() : parse_position(after);
    if (!first || !last || *last < *first) return Whole{};
    if (*first >= length) return Unsatisfiable{};
    return Part{*first, std::min(*last, length - 1)};
}

} // namespace

Selection select_range(std::optional<std::string_view> range, std::uint64_t length) {
    if (!range) return Whole{};
    const std::size_t equals = range->find('=');
    if (equals == std::string_view::npos || !iequals(range->substr(0, equals), "bytes")) return Whole{};

    // A list may hold empty elements, which do not count (RFC 9110 5.6.1.2).
    std::string_view only;
    for (std::string_view rest = range->substr(equals + 1); !rest.empty();) {
        const std::string_view element = next_element(rest);
        if (element.empty()) continue;
        if (!only.empty()) return Whole{};
        only = element;
    }
    return select_spec(only, length);
}

std::string content_range(const Part& part, std::uint64_t length) {
    return "bytes " + std::to_string(part.first) + '-' + std::to_string(part.last) + '/' +
           std::to_string(length);
}

std::string unsatisfied_content_range(std::uint64_t length) { return "bytes */" + std::to_string(length); }

} // namespace kamaelia::http
