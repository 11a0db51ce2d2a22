#include "kamaelia/protocol/rtsp/range.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace kamaelia::rtsp {
namespace {

using std::chrono::nanoseconds;

constexpr std::uint64_t most_seconds = std::numeric_limits<nanoseconds::rep>::max() / 1'000'000'000;

bool is_all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// 1*DIGIT; more than fits is the most.
std::optional<std::uint64_t> parse_count(std::string_view digits) {
    if (digits.empty() || !is_all_digits(digits)) return std::nullopt;
    return std::min(parse_number<std::uint64_t>(digits).value_or(most_seconds), most_seconds);
}

// *DIGIT behind a point.
std::optional<nanoseconds> parse_fraction(std::string_view digits) {
    if (!is_all_digits(digits)) return std::nullopt;
    std::string nine{digits.substr(0, 9)};
    nine.resize(9, '0');
    return nanoseconds{parse_number<std::uint32_t>(nine).value_or(0)};
}

// Of a clock: at most two digits, below 60.
std::optional<std::uint64_t> parse_sixtieth(std::string_view digits) {
    const auto count = parse_count(digits);
    return digits.size() <= 2 && count && *count < 60 ? count : std::nullopt;
}

// 1*DIGIT, or 1*DIGIT ":" 1*2DIGIT ":" 1*2DIGIT
std::optional<std::uint64_t> parse_whole_seconds(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return parse_count(text);
    const std::string_view rest = text.substr(colon + 1);
    const std::size_t second = rest.find(':');
    if (second == std::string_view::npos) return std::nullopt;
    const auto hours = parse_count(text.substr(0, colon));
    const auto minutes = parse_sixtieth(rest.substr(0, second));
    const auto seconds = parse_sixtieth(rest.substr(second + 1));
    if (!hours || !minutes || !seconds) return std::nullopt;
    return std::min(*hours * 3600 + *minutes * 60 + *seconds, most_seconds);
}

std::optional<NptTime> parse_time(std::string_view text) {
    if (iequals(text, "now")) return NptTime{.now = true};
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto seconds = parse_whole_seconds(text.substr(0, point));
    const auto fraction = parse_fraction(text.substr(std::min(point + 1, text.size())));
    if (!seconds || !fraction) return std::nullopt;
    if (*seconds == most_seconds) return NptTime{.time = nanoseconds::max()};
    return NptTime{.time = std::chrono::seconds{static_cast<std::int64_t>(*seconds)} + *fraction};
}

// What the one range of a field says in normal play time.
std::expected<std::string_view, RangeError> npt_in(std::string_view value) {
    value = value.substr(0, value.find(';'));
    const std::size_t equals = value.find('=');
    const std::string_view unit = trim(value.substr(0, equals));
    if (equals == std::string_view::npos || !is_token(unit)) return std::unexpected{RangeError::malformed};
    if (!iequals(unit, "npt")) return std::unexpected{RangeError::other_unit};
    value.remove_prefix(equals + 1);
    if (value.contains(',')) return std::unexpected{RangeError::several};
    return value;
}

// What `parse` makes of a request's field, if there is one.
template <class Value>
std::expected<std::optional<Value>, RangeError> requested(
    const Request& request, std::expected<Value, RangeError> (*parse)(std::string_view)) {
    if (!request.has("Range")) return std::nullopt;
    const auto value = request.field("Range");
    if (!value) return std::unexpected{RangeError::several};
    return parse(*value);
}

} // namespace

Status status_of(RangeError error) {
    switch (error) {
    case RangeError::malformed: return Status::bad_request;
    case RangeError::other_unit: return Status::not_implemented;
    case RangeError::backward:
    case RangeError::several: return Status::invalid_range;
    }
    std::unreachable();
}

std::expected<NptRange, RangeError> parse_range(std::string_view value) {
    const auto npt = npt_in(value);
    if (!npt) return std::unexpected{npt.error()};
    const std::size_t dash = npt->find('-');
    if (dash == std::string_view::npos) return std::unexpected{RangeError::malformed};
    const std::string_view first = trim(npt->substr(0, dash));
    const std::string_view last = trim(npt->substr(dash + 1));
    NptRange range;
    if (!first.empty()) range.start = parse_time(first);
    if (!last.empty()) range.end = parse_time(last);
    const bool understood = first.empty() != range.start.has_value() && last.empty() != range.end.has_value();
    if (!understood || (first.empty() && last.empty())) return std::unexpected{RangeError::malformed};
    if (range.start && range.end && !range.start->now && !range.end->now &&
        range.end->time < range.start->time)
        return std::unexpected{RangeError::backward};
    return range;
}

std::expected<std::optional<NptRange>, RangeError> requested_range(const Request& request) {
    return requested(request, parse_range);
}

std::expected<NptTime, RangeError> parse_pause_point(std::string_view value) {
    const auto npt = npt_in(value);
    if (!npt) return std::unexpected{npt.error()};
    auto text = trim(*npt);
    if (text.ends_with('-')) text = trim(text.substr(0, text.size() - 1));
    if (const auto time = parse_time(text)) return *time;
    const auto range = parse_range(value);
    return std::unexpected{range ? RangeError::several : range.error()};
}

std::expected<std::optional<NptTime>, RangeError> requested_pause_point(const Request& request) {
    return requested(request, parse_pause_point);
}

std::string format_npt(nanoseconds time) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    std::string fraction = std::to_string((time - whole).count());
    fraction.insert(0, 9 - fraction.size(), '0');
    fraction.resize(fraction.find_last_not_of('0') + 1);
    return std::to_string(whole.count()) + (fraction.empty() ? "" : '.' + fraction);
}

std::string format_range(const NptRange& range) {
    const auto text = [](const std::optional<NptTime>& time) {
        if (!time) return std::string{};
        return time->now ? std::string{"now"} : format_npt(time->time);
    };
    return "npt=" + text(range.start) + '-' + text(range.end);
}

} // namespace kamaelia::rtsp
