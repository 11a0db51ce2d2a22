#include "kamaelia/protocol/syntax.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia;

TEST(Syntax, ComparesNamesWithoutRegardToAsciiCase) {
    EXPECT_TRUE(iequals("Content-Length", "cONTENT-lENGTH"));
    EXPECT_TRUE(iequals("", ""));
    EXPECT_FALSE(iequals("Range", "Ranges"));
    EXPECT_FALSE(iequals("a[", "a{"));     // differ by the same bit as letters do
    EXPECT_FALSE(iequals("\xC4", "\xE4")); // letters in Latin-1, not in ASCII
}

TEST(Syntax, TrimsSpacesAndTabsOnly) {
    EXPECT_EQ(trim(" \t a b\t "), "a b");
    EXPECT_EQ(trim("\r\na"), "\r\na");
    EXPECT_EQ(trim(" \t "), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Syntax, TellsControlCharactersFromText) {
    for (const char c : {'\0', '\r', '\n', '\x1F', '\x7F'}) {
        EXPECT_TRUE(is_control(c));
        EXPECT_FALSE(is_text(c));
    }
    for (const char c : {' ', '!', '~', '\x80', '\xFF'}) {
        EXPECT_FALSE(is_control(c));
        EXPECT_TRUE(is_text(c));
    }
    EXPECT_TRUE(is_control('\t'));
    EXPECT_TRUE(is_text('\t'));
}

TEST(Syntax, ReadsHexadecimalDigits) {
    unsigned value = 0;
    for (const char c : std::string_view{"0123456789abcdef"}) EXPECT_EQ(hex_value(c), value++);
    EXPECT_EQ(hex_value('A'), 10U);
    EXPECT_EQ(hex_value('F'), 15U);
    for (const char c : {'/', ':', '@', 'G', '`', 'g', '\0', '\xFF'}) EXPECT_EQ(hex_value(c), 16U);
}

TEST(Syntax, ReadsNumbersThatAreDigitsAndNothingElse) {
    EXPECT_EQ(parse_number<unsigned>("0042"), 42U);
    EXPECT_EQ(parse_number<std::uint8_t>("255"), 255);
    EXPECT_EQ(parse_number<std::uint64_t>("18446744073709551615"), 18446744073709551615U);
    EXPECT_EQ(parse_number<unsigned>("fF", 16), 255U);
    for (const char* const text : {"", "-1", "+1", " 1", "1 ", "1a", "0x1", "256"})
        EXPECT_EQ(parse_number<std::uint8_t>(text), std::nullopt) << text;
    EXPECT_EQ(parse_number<std::uint64_t>("18446744073709551616"), std::nullopt);
}

TEST(Syntax, TellsTokensFromWhatNeedsQuotes) {
    EXPECT_TRUE(is_token("GET_PARAMETER"));
    EXPECT_TRUE(is_token("!#$%&'*+-.^_`|~09azAZ"));
    for (const char* const text :
         {"", "a b", "a\"", "a,b", "a:b", "a/b", "(a)", "a=b", "a;b", "a@b", "{a}", "\xC3"})
        EXPECT_FALSE(is_token(text)) << text;
}

TEST(Syntax, TakesAListApart) {
    std::string_view list = " a ,,b\t, c";
    std::vector<std::string_view> elements;
    while (!list.empty()) elements.push_back(next_element(list));
    EXPECT_EQ(elements, (std::vector<std::string_view>{"a", "", "b", "c"}));
}

} // namespace
