#include "kamaelia/protocol/http/date.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kamaelia::http {
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

} // namespace kamaelia::http
