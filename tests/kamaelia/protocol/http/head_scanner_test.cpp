#include "kamaelia/protocol/http/head_scanner.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace std::string_view_literals;
using namespace kamaelia::http;

// Feeds `text` and says where it got to: "3 line, 5 head" or "7 error 400".
std::string scan(std::string_view text, std::size_t line_limit = 100, std::size_t head_limit = 200) {
    HeadScanner scanner{line_limit, head_limit};
    std::string events;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto reached = scanner.put(text[i]);
        const std::string at = std::to_string(i + 1);
        if (!reached)
            return events + at + " error " + std::to_string(static_cast<int>(reached.error().status));
        if (*reached == HeadScanner::Reached::request_line) events += at + " line, ";
        if (*reached == HeadScanner::Reached::head) return events + at + " head";
    }
    return events + "nothing";
}

TEST(HttpHeadScanner, FindsTheRequestLineAndTheHead) {
    EXPECT_EQ(scan("a\r\n\r\n"), "3 line, 5 head");
    EXPECT_EQ(scan("ab\r\nc\r\nd\r\n\r\nbody"), "4 line, 12 head");
    EXPECT_EQ(scan("ab\r\nc\r\n"), "4 line, nothing");
    EXPECT_EQ(scan("ab"), "nothing");
}

TEST(HttpHeadScanner, SkipsEmptyLinesInFront) {
    EXPECT_EQ(scan("\r\n\r\nab\r\n\r\n"), "8 line, 10 head");
    HeadScanner scanner{100, 200};
    for (const char c : "\r\nab"sv) EXPECT_TRUE(scanner.put(c).has_value());
    EXPECT_EQ(scanner.text(), "ab");
}

TEST(HttpHeadScanner, RefusesAtOnceWhatNoHeadMayHold) {
    EXPECT_EQ(scan("ab\ncd"), "3 error 400");
    EXPECT_EQ(scan("ab\rcd"), "4 error 400");
    EXPECT_EQ(scan("ab\r\rcd"), "4 error 400");
    EXPECT_EQ(scan("\n"), "1 error 400");
    EXPECT_EQ(scan("ab\r\nc\n"), "4 line, 6 error 400");
    EXPECT_EQ(scan("ab\0c"sv), "3 error 400");
    EXPECT_EQ(scan("\x16\x03\x01\x02"), "1 error 400"); // a TLS hello
    EXPECT_EQ(scan("a\x7F"), "2 error 400");
    EXPECT_EQ(scan("a\x1F"), "2 error 400");
    EXPECT_EQ(scan("a\r\n\0"sv), "3 line, 4 error 400");
}

TEST(HttpHeadScanner, LetsTabsAndOtherBytesPass) { EXPECT_EQ(scan("a\t\x80\xFF\r\n\r\n"), "6 line, 8 head"); }

TEST(HttpHeadScanner, LimitsTheRequestLineWithoutItsEnd) {
    EXPECT_EQ(scan("abcd\r\n\r\n", 4), "6 line, 8 head");
    EXPECT_EQ(scan("abcde", 4), "5 error 414");
    EXPECT_EQ(scan("\r\nabcde", 4), "7 error 414");
    EXPECT_EQ(scan("abcd\r\nefghijk\r\n\r\n", 4), "6 line, 17 head"); // the first line only
}

TEST(HttpHeadScanner, LimitsTheHead) {
    EXPECT_EQ(scan("ab\r\ncd\r\n\r\n", 4, 10), "4 line, 10 head");
    EXPECT_EQ(scan("ab\r\ncde\r\n\r\n", 4, 10), "4 line, 11 error 431");
    EXPECT_EQ(scan("\r\n\r\n\r\n", 4, 5), "6 error 431");
}

} // namespace
