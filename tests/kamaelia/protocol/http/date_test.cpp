#include "kamaelia/protocol/http/date.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace {

using kamaelia::http::format_date;
using std::chrono::seconds;
using std::chrono::sys_seconds;

struct Case {
    std::int64_t time;
    std::string_view date;
};

TEST(HttpDate, IsAnImfFixdate) {
    const Case cases[] = {
        {784111777, "Sun, 06 Nov 1994 08:49:37 GMT"}, // RFC 9110's example
        {0, "Thu, 01 Jan 1970 00:00:00 GMT"},          {-1, "Wed, 31 Dec 1969 23:59:59 GMT"},
        {951782399, "Mon, 28 Feb 2000 23:59:59 GMT"},  {951782400, "Tue, 29 Feb 2000 00:00:00 GMT"},
        {1735689599, "Tue, 31 Dec 2024 23:59:59 GMT"}, {2147483648, "Tue, 19 Jan 2038 03:14:08 GMT"},
        {4107542400, "Mon, 01 Mar 2100 00:00:00 GMT"}, // 2100 is no leap year
        {1749297600, "Sat, 07 Jun 2025 12:00:00 GMT"}, {1752235445, "Fri, 11 Jul 2025 12:04:05 GMT"},
    };
    for (const Case& c : cases) EXPECT_EQ(format_date(sys_seconds{seconds{c.time}}), c.date);
}

TEST(HttpDate, HasAlwaysFourDigitsOfYear) {
    EXPECT_EQ(format_date(sys_seconds{seconds{-62167219200}}), "Sat, 01 Jan 0000 00:00:00 GMT");
    EXPECT_EQ(format_date(sys_seconds{seconds{253402300799}}), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(format_date(sys_seconds{seconds{253402300800}}), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(format_date(sys_seconds::max()), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(format_date(sys_seconds::min()), "Sat, 01 Jan 0000 00:00:00 GMT");
}

} // namespace
