#include "kamaelia/protocol/date.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace kamaelia {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr sys_seconds earliest = sys_days{year{0} / January / 1};
constexpr sys_seconds latest = sys_days{year{10000} / January / 1} - seconds{1};

void append(std::string& out, unsigned value, unsigned digits) {
    if (digits > 1) append(out, value / 10, digits - 1);
    out += static_cast<char>('0' + value % 10);
}

constexpr std::array<std::string_view, 7> long_weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                        "Thursday", "Friday", "Saturday"};

// Takes a date apart from its front; once something is not as expected, nothing is any more.
class DateText {
public:
    explicit DateText(std::string_view text) : rest_{text} {}

    [[nodiscard]] bool good() const { return good_ && rest_.empty(); }
    bool starts_with_any(std::span<const std::string_view> names) const {
        return std::ranges::any_of(names, [&](std::string_view name) { return rest_.starts_with(name); });
    }
    void expect(std::string_view text) {
        good_ = good_ && rest_.starts_with(text);
        if (good_) rest_.remove_prefix(text.size());
    }
    // The index of the one that comes next.
    unsigned one_of(std::span<const std::string_view> names) {
        const auto found =
            std::ranges::find_if(names, [&](std::string_view name) { return rest_.starts_with(name); });
        good_ = good_ && found != names.end();
        if (!good_) return 0;
        rest_.remove_prefix(found->size());
        return static_cast<unsigned>(found - names.begin());
    }
    unsigned number(std::size_t digits) {
        unsigned value = 0;
        good_ = good_ && rest_.size() >= digits;
        for (std::size_t i = 0; good_ && i < digits; ++i) {
            good_ = rest_[i] >= '0' && rest_[i] <= '9';
            value = value * 10 + static_cast<unsigned>(rest_[i] - '0');
        }
        if (good_) rest_.remove_prefix(digits);
        return good_ ? value : 0;
    }
    // asctime() writes a space instead of the first digit.
    unsigned padded_day() {
        if (!rest_.starts_with(' ')) return number(2);
        rest_.remove_prefix(1);
        return number(1);
    }
    seconds time_of_day() {
        const auto hour = number(2);
        expect(":");
        const auto minute = number(2);
        expect(":");
        const auto second = number(2);
        good_ = good_ && hour < 24 && minute < 60 && second <= 60;
        return hours{hour} + minutes{minute} + seconds{second};
    }
    month month_name() { return month{one_of(months) + 1}; }

private:
    std::string_view rest_;
    bool good_ = true;
};

std::optional<sys_seconds> together(const DateText& text, year_month_day date, seconds time) {
    if (!text.good() || !date.ok()) return std::nullopt;
    return sys_days{date} + time;
}

std::optional<sys_seconds> parse_imf(DateText text) {
    text.one_of(weekdays);
    text.expect(", ");
    const day on{text.number(2)};
    text.expect(" ");
    const auto in = text.month_name();
    text.expect(" ");
    const year of{static_cast<int>(text.number(4))};
    text.expect(" ");
    const auto time = text.time_of_day();
    text.expect(" GMT");
    return together(text, of / in / on, time);
}

year full_year(unsigned two_digits, sys_seconds now) {
    const auto this_year = static_cast<int>(year_month_day{floor<days>(now)}.year());
    const int near = this_year - this_year % 100 + static_cast<int>(two_digits);
    if (near > this_year + 50) return year{near - 100};
    return year{near + 100 <= this_year + 50 ? near + 100 : near};
}

std::optional<sys_seconds> parse_rfc850(DateText text, sys_seconds now) {
    text.one_of(long_weekdays);
    text.expect(", ");
    const day on{text.number(2)};
    text.expect("-");
    const auto in = text.month_name();
    text.expect("-");
    const auto of = full_year(text.number(2), now);
    text.expect(" ");
    const auto time = text.time_of_day();
    text.expect(" GMT");
    return together(text, of / in / on, time);
}

std::optional<sys_seconds> parse_asctime(DateText text) {
    text.one_of(weekdays);
    text.expect(" ");
    const auto in = text.month_name();
    text.expect(" ");
    const day on{text.padded_day()};
    text.expect(" ");
    const auto time = text.time_of_day();
    text.expect(" ");
    const year of{static_cast<int>(text.number(4))};
    return together(text, of / in / on, time);
}

} // namespace

std::string format_date(sys_seconds time) {
    time = std::clamp(time, earliest, latest);
    const sys_days day = floor<days>(time);
    const year_month_day date{day};
    const auto second = static_cast<unsigned>((time - day).count());

    std::string out;
    out.reserve(29);
    out += weekdays[weekday{day}.c_encoding()];
    out += ", ";
    append(out, static_cast<unsigned>(date.day()), 2);
    out += ' ';
    out += months[static_cast<unsigned>(date.month()) - 1];
    out += ' ';
    append(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out += ' ';
    append(out, second / 3600, 2);
    out += ':';
    append(out, second / 60 % 60, 2);
    out += ':';
    append(out, second % 60, 2);
    out += " GMT";
    return out;
}

std::optional<sys_seconds> parse_date(std::string_view text, sys_seconds now) {
    if (DateText{text}.starts_with_any(long_weekdays)) return parse_rfc850(DateText{text}, now);
    if (text.substr(0, text.find(' ')).ends_with(',')) return parse_imf(DateText{text});
    return parse_asctime(DateText{text});
}

} // namespace kamaelia
