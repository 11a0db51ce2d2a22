// The clauses of RFC 9110 section 13 as a table: fields of a request, and what they come to.
#include "kamaelia/protocol/http/conditions.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::http {

void PrintTo(Condition condition, std::ostream* out) { *out << static_cast<int>(condition); }

namespace {

using enum Condition;

// The file is of 08:49:37.
const Validators validators{.tag = "\"v1\"",
                            .modified = std::chrono::sys_seconds{std::chrono::seconds{784111777}},
                            .has_modified = true,
                            .now = std::chrono::sys_seconds{std::chrono::seconds{1000000000}}};
constexpr std::string_view before = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr std::string_view same = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::string_view after = "Sun, 06 Nov 1994 08:49:38 GMT";

Request request_with(std::vector<Field> fields, Method method = Method::get) {
    return {.method = method, .target = "/", .fields = std::move(fields)};
}

Field field(const char* name, std::string_view value) { return {name, std::string{value}}; }

struct Case {
    std::vector<Field> fields;
    Condition condition;
};

void check(const std::vector<Case>& cases) {
    for (const auto& c : cases) {
        std::string shown;
        for (const auto& each : c.fields) shown += each.name + ": " + each.value + '\n';
        EXPECT_EQ(check_conditions(request_with(c.fields), validators), c.condition) << shown;
        EXPECT_EQ(check_conditions(request_with(c.fields, Method::head), validators), c.condition) << shown;
    }
}

TEST(HttpConditions, HoldWhereThereAreNone) { check({{{}, holds}, {{field("Host", "h")}, holds}}); }

TEST(HttpConditions, IfNoneMatchComparesWeakly) {
    check({{{field("If-None-Match", "\"v1\"")}, not_modified},
           {{field("if-none-match", "W/\"v1\"")}, not_modified},
           {{field("If-None-Match", "*")}, not_modified},
           {{field("If-None-Match", "\"v0\", \"v1\"")}, not_modified},
           {{field("If-None-Match", "\"v0\""), field("If-None-Match", "\"v1\"")}, not_modified},
           {{field("If-None-Match", "\"v0\"")}, holds},
           {{field("If-None-Match", "v1")}, holds}});
}

TEST(HttpConditions, IfMatchComparesStrongly) {
    check({{{field("If-Match", "\"v1\"")}, holds},
           {{field("If-Match", "*")}, holds},
           {{field("If-Match", "\"v0\""), field("If-Match", "\"v1\"")}, holds},
           {{field("If-Match", "W/\"v1\"")}, failed},
           {{field("If-Match", "\"v0\"")}, failed},
           {{field("If-Match", "")}, failed}});
}

TEST(HttpConditions, DatesAreComparedBySeconds) {
    check({{{field("If-Modified-Since", before)}, holds},
           {{field("If-Modified-Since", same)}, not_modified},
           {{field("If-Modified-Since", after)}, not_modified},
           {{field("If-Modified-Since", "Sunday, 06-Nov-94 08:49:37 GMT")}, not_modified},
           {{field("If-Modified-Since", "Sun Nov  6 08:49:37 1994")}, not_modified},
           {{field("If-Unmodified-Since", before)}, failed},
           {{field("If-Unmodified-Since", same)}, holds},
           {{field("If-Unmodified-Since", after)}, holds}});
}

TEST(HttpConditions, ADateThatIsNoneOrComesTwiceIsIgnored) {
    check({{{field("If-Modified-Since", "yesterday")}, holds},
           {{field("If-Modified-Since", same), field("If-Modified-Since", same)}, holds},
           {{field("If-Unmodified-Since", "0")}, holds},
           {{field("If-Unmodified-Since", before), field("If-Unmodified-Since", before)}, holds}});
}

TEST(HttpConditions, TagsComeBeforeDatesAndFailuresBeforeCopies) {
    check({{{field("If-None-Match", "\"v0\""), field("If-Modified-Since", after)}, holds},
           {{field("If-None-Match", "\"v1\""), field("If-Modified-Since", before)}, not_modified},
           {{field("If-Match", "\"v1\""), field("If-Unmodified-Since", before)}, holds},
           {{field("If-Match", "\"v0\""), field("If-Unmodified-Since", after)}, failed},
           {{field("If-Match", "\"v0\""), field("If-None-Match", "\"v1\"")}, failed},
           {{field("If-Match", "\"v1\""), field("If-None-Match", "\"v1\"")}, not_modified},
           {{field("If-Unmodified-Since", before), field("If-Modified-Since", same)}, failed}});
}

TEST(HttpConditions, WithoutALastModifiedADateSaysNothing) {
    auto undated = validators;
    undated.has_modified = false;
    EXPECT_EQ(check_conditions(request_with({field("If-Modified-Since", after)}), undated), holds);
    EXPECT_EQ(check_conditions(request_with({field("If-Unmodified-Since", before)}), undated), holds);
    EXPECT_FALSE(range_counts(request_with({field("If-Range", same)}), undated));
}

TEST(HttpConditions, ARangeCountsForThisVersionAlone) {
    EXPECT_TRUE(range_counts(request_with({}), validators));
    EXPECT_FALSE(range_counts(request_with({}, Method::head), validators));
    EXPECT_TRUE(range_counts(request_with({field("If-Range", "\"v1\"")}), validators));
    EXPECT_TRUE(range_counts(request_with({field("If-Range", same)}), validators));
    for (const auto other : {"\"v0\"", "W/\"v1\"", "*", "\"v1\", \"v0\"", "v1", "yesterday", ""})
        EXPECT_FALSE(range_counts(request_with({field("If-Range", other)}), validators)) << other;
    EXPECT_FALSE(range_counts(request_with({field("If-Range", before)}), validators));
    EXPECT_FALSE(range_counts(request_with({field("If-Range", after)}), validators)) << "not just later";
    EXPECT_FALSE(
        range_counts(request_with({field("If-Range", "\"v1\""), field("If-Range", "\"v1\"")}), validators));
}

TEST(HttpConditions, ADateIsNoVersionWhileItsSecondLasts) {
    auto fresh = validators;
    fresh.now = fresh.modified;
    EXPECT_FALSE(range_counts(request_with({field("If-Range", same)}), fresh));
    fresh.now += std::chrono::seconds{1};
    EXPECT_TRUE(range_counts(request_with({field("If-Range", same)}), fresh));
}

} // namespace
} // namespace kamaelia::http
