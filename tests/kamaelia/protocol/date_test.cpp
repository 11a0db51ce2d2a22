#include "kamaelia/protocol/date.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace {

using kamaelia::format_date;
using kamaelia::parse_date;
using std::chrono::seconds;
using std::chrono::sys_seconds;

struct Case {
    std::int64_t time;
    std::string_view date;
};

TEST(Date, IsAnImfFixdate) {
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

TEST(Date, HasAlwaysFourDigitsOfYear) {
    EXPECT_EQ(format_date(sys_seconds{seconds{-62167219200}}), "Sat, 01 Jan 0000 00:00:00 GMT");
    EXPECT_EQ(format_date(sys_seconds{seconds{253402300799}}), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(format_date(sys_seconds{seconds{253402300800}}), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(format_date(sys_seconds::max()), "Fri, 31 Dec 9999 23:59:59 GMT");
    EXPECT_EQ(format_date(sys_seconds::min()), "Sat, 01 Jan 0000 00:00:00 GMT");
}

constexpr sys_seconds in_2026{seconds{1767225600}};

TEST(Date, IsReadInEachOfItsThreeForms) {
    const Case cases[] = {
        {784111777, "Sun, 06 Nov 1994 08:49:37 GMT"},     {784111777, "Sunday, 06-Nov-94 08:49:37 GMT"},
        {784111777, "Sun Nov  6 08:49:37 1994"},          {785062177, "Thu Nov 17 08:49:37 1994"},
        {951782400, "Tue, 29 Feb 2000 00:00:00 GMT"},     {1483228800, "Sat, 31 Dec 2016 23:59:60 GMT"},
        {3376684800, "Saturday, 01-Jan-77 00:00:00 GMT"}, // 51 years ahead in 2026: 1977
        {-62167219200, "Sat, 01 Jan 0000 00:00:00 GMT"},
    };
    for (const Case& c : cases) {
        const auto time = parse_date(c.date, in_2026);
        ASSERT_TRUE(time) << c.date;
        const std::int64_t century = c.time == 3376684800 ? 3155760000 : 0;
        EXPECT_EQ(time->time_since_epoch().count(), c.time - century) << c.date;
    }
}

TEST(Date, AYearOfTwoDigitsIsAtMostFiftyYearsAhead) {
    const auto year = [](std::string_view text, sys_seconds now) {
        const auto time = parse_date(text, now);
        return time ? format_date(*time).substr(12, 4) : "none";
    };
    EXPECT_EQ(year("Wednesday, 01-Jan-76 00:00:00 GMT", in_2026), "2076");
    EXPECT_EQ(year("Friday, 01-Jan-77 00:00:00 GMT", in_2026), "1977");
    EXPECT_EQ(year("Friday, 01-Jan-99 00:00:00 GMT", in_2026), "1999");
    EXPECT_EQ(year("Friday, 01-Jan-00 00:00:00 GMT", in_2026), "2000");
    constexpr sys_seconds in_2080{seconds{3471292800}};
    EXPECT_EQ(year("Friday, 01-Jan-10 00:00:00 GMT", in_2080), "2110");
}

TEST(Date, IsNothingElse) {
    for (const std::string_view text : {
             "",
             "Sun",
             "now",
             "784111777",
             "Sun, 06 Nov 1994 08:49:37",
             "Sun, 06 Nov 1994 08:49:37 UTC",
             "Sun, 06 Nov 1994 08:49:37 GMT ",
             "Sun, 06 nov 1994 08:49:37 GMT",
             "Son, 06 Nov 1994 08:49:37 GMT",
             "Sun, 6 Nov 1994 08:49:37 GMT",
             "Sun, 06 Nov 94 08:49:37 GMT",
             "Sun, 31 Nov 1994 08:49:37 GMT",
             "Wed, 29 Feb 2023 00:00:00 GMT",
             "Sun, 06 Nov 1994 24:00:00 GMT",
             "Sun, 06 Nov 1994 08:60:00 GMT",
             "Sun, 06 Nov 1994 08:49:61 GMT",
             "Sun, 06 Nov 1994 08:49:-1 GMT",
             "Sun, 00 Nov 1994 08:49:37 GMT",
             "Sunday, 06-Nov-1994 08:49:37 GMT",
             "Sunday, 06 Nov 94 08:49:37 GMT",
             "Sun Nov 6 08:49:37 1994",
             "Sun Nov  6 08:49:37 1994 GMT",
         })
        EXPECT_FALSE(parse_date(text, in_2026)) << text;
}

} // namespace
