#include "kamaelia/protocol/http/range.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace kamaelia::http;

struct Case {
    std::string_view range;
    Selection selection;
};

std::string describe(const Selection& selection) {
    if (const auto* part = std::get_if<Part>(&selection))
        return std::to_string(part->first) + '-' + std::to_string(part->last);
    return std::holds_alternative<Whole>(selection) ? "whole" : "unsatisfiable";
}

template <std::size_t N>
void expect(const Case (&cases)[N], std::uint64_t length) {
    for (const Case& c : cases)
        EXPECT_EQ(describe(select_range(c.range, length)), describe(c.selection))
            << '\'' << c.range << "' of " << length;
}

TEST(HttpRange, IsTheWholeFileWithoutTheField) {
    EXPECT_EQ(select_range(std::nullopt, 1000), Selection{Whole{}});
}

TEST(HttpRange, SelectsOnePart) {
    const Case cases[] = {
        {"bytes=0-0", Part{0, 0}},
        {"bytes=0-499", Part{0, 499}},
        {"bytes=500-999", Part{500, 999}},
        {"bytes=999-999", Part{999, 999}},
        {"bytes=0-", Part{0, 999}}, // what players send first
        {"bytes=432-", Part{432, 999}},
        {"bytes=999-", Part{999, 999}},
        {"bytes=-1", Part{999, 999}},
        {"bytes=-200", Part{800, 999}},
        {"bytes=-1000", Part{0, 999}},
        {"BYTES=5-6", Part{5, 6}}, // unit names have no case, RFC 9110 14.1
        {"bytes=007-0010", Part{7, 10}},
    };
    expect(cases, 1000);
}

TEST(HttpRange, EndsAtTheEndOfTheFile) {
    const Case cases[] = {
        {"bytes=0-1000", Part{0, 999}},
        {"bytes=999-18446744073709551615", Part{999, 999}},
        {"bytes=1-18446744073709551616", Part{1, 999}},
        {"bytes=1-99999999999999999999999999999999", Part{1, 999}},
        {"bytes=-1001", Part{0, 999}},
        {"bytes=-18446744073709551616", Part{0, 999}},
    };
    expect(cases, 1000);
}

TEST(HttpRange, CannotBeSatisfiedPastTheEnd) {
    const Case cases[] = {
        {"bytes=1000-", Unsatisfiable{}},
        {"bytes=1000-1000", Unsatisfiable{}},
        {"bytes=18446744073709551615-", Unsatisfiable{}},
        {"bytes=18446744073709551616-", Unsatisfiable{}},
        {"bytes=99999999999999999999-99999999999999999999", Unsatisfiable{}},
        {"bytes=-0", Unsatisfiable{}},
        {"bytes=-000", Unsatisfiable{}},
    };
    expect(cases, 1000);
}

TEST(HttpRange, IsIgnoredWhenMalformedOrInAnotherUnit) {
    const Case cases[] = {
        {"", Whole{}},
        {"bytes", Whole{}},
        {"bytes=", Whole{}},
        {"=0-1", Whole{}},
        {"bytes=-", Whole{}},
        {"bytes=5", Whole{}},
        {"bytes=5-2", Whole{}},
        {"bytes=1000-5", Whole{}},
        {"bytes=a-b", Whole{}},
        {"bytes=0x1-5", Whole{}},
        {"bytes=1-0x5", Whole{}},
        {"bytes=+1-5", Whole{}},
        {"bytes=1-+5", Whole{}},
        {"bytes=-+5", Whole{}},
        {"bytes=--5", Whole{}},
        {"bytes=1--5", Whole{}},
        {"bytes=1-5-", Whole{}},
        {"bytes=1.0-5", Whole{}},
        {"bytes=0 -5", Whole{}},
        {"bytes=0- 5", Whole{}},
        {"bytes =0-5", Whole{}},
        {" bytes=0-5", Whole{}},
        {"bytes:0-5", Whole{}},
        {"bytes=0-5;", Whole{}},
        {"bytes==0-5", Whole{}},
        {"byte=0-5", Whole{}},
        {"seconds=0-5", Whole{}},
        {"items=0-5", Whole{}},
    };
    expect(cases, 1000);
}

TEST(HttpRange, AnswersSeveralRangesWithTheWholeFile) {
    const Case cases[] = {
        {"bytes=0-1,5-6", Whole{}},
        {"bytes=0-1, -1", Whole{}},
        {"bytes=2000-,3000-", Whole{}},
        {"bytes=0-1,x", Whole{}},
    };
    expect(cases, 1000);
    std::string thousand = "bytes=0-0";
    for (int i = 0; i < 1000; ++i) thousand += ",0-0";
    EXPECT_EQ(select_range(thousand, 1000), Selection{Whole{}});
}

TEST(HttpRange, AllowsEmptyElementsAndSpacesBetweenElements) {
    const Case cases[] = {
        {"bytes=,0-5", Part{0, 5}},
        {"bytes=0-5,", Part{0, 5}},
        {"bytes= , 0-5 ,\t,", Part{0, 5}},
        {"bytes=,,", Whole{}},
    };
    expect(cases, 1000);
}

TEST(HttpRange, FindsNothingInAnEmptyFile) {
    const Case cases[] = {
        {"bytes=0-", Unsatisfiable{}},
        {"bytes=0-0", Unsatisfiable{}},
        {"bytes=-0", Unsatisfiable{}},
        {"bytes=-5", Whole{}},
    };
    expect(cases, 0);
}

TEST(HttpRange, ReachesTheEndOfTheLargestFile) {
    constexpr auto largest = std::numeric_limits<std::uint64_t>::max();
    const Case cases[] = {
        {"bytes=-1", Part{largest - 1, largest - 1}},
        {"bytes=18446744073709551614-", Part{largest - 1, largest - 1}},
        {"bytes=18446744073709551615-", Unsatisfiable{}},
    };
    expect(cases, largest);
}

TEST(HttpRange, CountsBothEndsOfAPart) {
    EXPECT_EQ((Part{0, 0}.length()), 1U);
    EXPECT_EQ((Part{432965, 564035}.length()), 131071U);
}

TEST(HttpRange, FormatsContentRange) {
    EXPECT_EQ(content_range({432965, 564035}, 564037), "bytes 432965-564035/564037");
    EXPECT_EQ(unsatisfied_content_range(564037), "bytes */564037");
}

} // namespace
