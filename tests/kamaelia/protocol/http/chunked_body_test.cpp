#include "kamaelia/protocol/http/chunked_body.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace std::string_literals;
using namespace kamaelia::http;

constexpr ChunkLimits wide{.line = 1000, .trailer = 1000, .body = 1000};

// "data|rest" when the body has ended, "data..." when it has not, or the status. In pieces of `step`.
std::string decode(std::string_view text, std::size_t step, const ChunkLimits& limits) {
    ChunkedBody body{limits};
    std::string data;
    while (!text.empty()) {
        std::string_view piece = text.substr(0, step);
        const std::size_t given = piece.size();
        const auto taken = body.take(piece);
        if (!taken) return std::to_string(static_cast<int>(taken.error()));
        data += *taken;
        text.remove_prefix(given - piece.size());
        if (body.done()) return data + '|' + std::string{text};
    }
    return data + "...";
}

std::string decode(std::string_view text, const ChunkLimits& limits = wide) {
    const std::string whole = decode(text, text.size(), limits);
    EXPECT_EQ(decode(text, 1, limits), whole) << "byte by byte: " << text;
    return whole;
}

TEST(HttpChunkedBody, GivesTheDataAndLeavesTheNextMessage) {
    EXPECT_EQ(decode("3\r\nabc\r\n00A\r\n0123\r\n6789\r\n0\r\n\r\nGET"), "abc0123\r\n6789|GET");
    EXPECT_EQ(decode("0\r\n\r\n"), "|");
    EXPECT_EQ(decode("000\r\n\r\n"), "|");
    EXPECT_EQ(decode("a\r\n0123456789\r\n0\r\n\r\n"), "0123456789|");
}

TEST(HttpChunkedBody, SkipsExtensionsAndTrailers) {
    EXPECT_EQ(decode("1;a=b;c=\"d;\xFF\t\"\r\nx\r\n0;z\r\n\r\n"), "x|");
    EXPECT_EQ(decode("1 \t\r\nx\r\n1 ; a\r\ny\r\n0\r\n\r\n"), "xy|");
    EXPECT_EQ(decode("0\r\nA: b\r\nC: d\r\n\r\nnext"), "|next");
}

TEST(HttpChunkedBody, WaitsForItsEnd) {
    const std::string text = "2;e\r\nab\r\n0\r\nT: v\r\n\r\n";
    for (std::size_t cut = 1; cut < text.size(); ++cut)
        EXPECT_TRUE(decode(text.substr(0, cut)).ends_with("...")) << cut;
    EXPECT_EQ(decode(text), "ab|");
}

TEST(HttpChunkedBody, RefusesWhatIsMalformed) {
    for (const std::string& text :
         {"\r\n"s,        "-1\r\n"s,   "+1\r\n"s,       " 1\r\n"s,   "x\r\n"s,     "0x1\r\n"s,
          "1g\r\n"s,      "1 1\r\n"s,  "1,2\r\n"s,      ";a\r\n"s,   "1\n"s,       "1\rx"s,
          "1;a\nb"s,      "1;a\0b"s,   "1;\"\n\"\r\n"s, "1\r\nab"s,  "1\r\na\nb"s, "1\r\na\r\r"s,
          "1\r\na0\r\n"s, "0\r\nA\n"s, "0\r\nA\rB"s,    "0\r\n\rA"s, "0\r\n\n"s,   "0\r\nA\x01"s})
        EXPECT_EQ(decode(text), "400") << text;
}

// A quoted string does not hide the end of its line.
TEST(HttpChunkedBody, EndsALineInsideAnUnfinishedQuotedString) {
    EXPECT_EQ(decode("1;a=\"\r\nx\r\n0;\"\r\n\r\n"), "x|");
}

TEST(HttpChunkedBody, LimitsTheData) {
    const ChunkLimits limits{.line = 100, .trailer = 100, .body = 5};
    EXPECT_EQ(decode("5\r\nabcde\r\n0\r\n\r\n", limits), "abcde|");
    EXPECT_EQ(decode("6\r\n", limits), "413");
    EXPECT_EQ(decode("3\r\nabc\r\n3\r\n", limits), "413");
    EXPECT_EQ(decode("ffffffffffffffff\r\n"), "413");
    EXPECT_EQ(decode("10000000000000000\r\n"), "413");
    EXPECT_EQ(decode("1\r\na\r\nffffffffffffffff\r\n"), "413") << "the sum wraps to 0";
}

TEST(HttpChunkedBody, LimitsTheSizeLineAndTheTrailer) {
    const ChunkLimits limits{.line = 5, .trailer = 6, .body = 100};
    EXPECT_EQ(decode("1;a\r\nx\r\n001\r\ny\r\n0\r\nABCD", limits), "xy...");
    EXPECT_EQ(decode("1;ab\r\n", limits), "431");
    EXPECT_EQ(decode("000001\r\n", limits), "431");
    EXPECT_EQ(decode("0\r\nAB\r\n\r\n", limits), "|");
    EXPECT_EQ(decode("0\r\nABC\r\n\r\n", limits), "431");
    EXPECT_EQ(decode("0\r\nA\r\nB\r\n", limits), "...");
    EXPECT_EQ(decode("0\r\nA\r\nB\r\n\r\n", limits), "431");
}

} // namespace
