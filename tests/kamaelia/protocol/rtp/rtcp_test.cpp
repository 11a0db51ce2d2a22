#include "kamaelia/protocol/rtp/rtcp.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace kamaelia::rtp;
using namespace std::string_view_literals;

constexpr auto sender = "\x80\xC8\x00\x06" // V=2 RC=0 | SR | 6 words and this
                        "\xF1\x02\x03\x04" // SSRC
                        "\xB4\x4D\xB7\x05"
                        "\x20\x00\x00\x00"      // NTP
                        "\x80\x00\x00\x01"      // RTP timestamp
                        "\x00\x00\x01\x00"      // packets
                        "\x00\x01\x00\x00"sv;   // octets
constexpr auto name = "\x81\xCA\x00\x03"        // SC=1 | SDES
                      "\xF1\x02\x03\x04"        // SSRC
                      "\x01\x04host\x00\x00"sv; // CNAME, and zeros to the end of the word
constexpr auto empty_receiver = "\x80\xC9\x00\x01"
                                "\x00\x00\x00\x07"sv;
constexpr auto block = "\x00\x00\x00\x09"
                       "\x40\xFF\xFF\xFE" // a quarter lost, -2 in all
                       "\x00\x01\x00\x02" // highest sequence, after one wrap
                       "\x00\x00\x00\x50"
                       "\xB7\x05\x20\x00"
                       "\x00\x05\x40\x00"sv;
const ReportBlock block_value{.ssrc = 9,
                              .fraction_lost = 64,
                              .lost = -2,
                              .highest_sequence = 0x1'0002,
                              .jitter = 80,
                              .last_report = 0xB705'2000,
                              .since_last_report = 0x0005'4000};
const Report sender_value{
    .ssrc = 0xF102'0304,
    .sender = SenderInfo{
        .ntp = 0xB44D'B705'2000'0000, .rtp_timestamp = 0x8000'0001, .packets = 256, .octets = 65536}};

std::string join(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const auto part : parts) all += part;
    return all;
}

// An RTCP packet around `body`, whose length is taken from it.
std::string part(int first, int type, std::string_view body) {
    const auto words = body.size() / 4;
    return std::string{static_cast<char>(first), static_cast<char>(type), static_cast<char>(words >> 8),
                       static_cast<char>(words)} +
           std::string{body};
}

TEST(Rtcp, IsASenderReportAndAName) {
    const auto bytes = join({sender, name});
    EXPECT_EQ(format_rtcp(sender_value, "host").view(), bytes);
    const auto compound = parse_rtcp(bytes);
    ASSERT_TRUE(compound);
    EXPECT_EQ(compound->reports, std::vector{sender_value});
    EXPECT_EQ(compound->names, (std::vector{CanonicalName{0xF102'0304, "host"}}));
    EXPECT_TRUE(compound->goodbyes.empty());
}

TEST(Rtcp, IsAReceiverReportAndAGoodbye) {
    const Report report{.ssrc = 7, .blocks = {block_value}};
    const auto bytes = join({"\x81\xC9\x00\x07"
                             "\x00\x00\x00\x07"sv,
                             block,
                             "\x81\xCA\x00\x03"
                             "\x00\x00\x00\x07"
                             "\x01\x03you\x00\x00\x00"sv,
                             "\x81\xCB\x00\x02"
                             "\x00\x00\x00\x07"
                             "\x03"
                             "bye"sv});
    EXPECT_EQ(format_rtcp(report, "you", "bye").view(), bytes);
    const auto compound = parse_rtcp(bytes);
    ASSERT_TRUE(compound);
    EXPECT_EQ(compound->reports, std::vector{report});
    EXPECT_EQ(compound->goodbyes, (std::vector{Goodbye{{7}, "bye"}}));
}

TEST(Rtcp, GoesOutWholeWhateverTheTexts) {
    for (const std::size_t size : {0UL, 1UL, 2UL, 3UL, 4UL, 254UL, 255UL, 256UL, 1000UL}) {
        const std::string text(size, 't');
        const auto bytes = format_rtcp(sender_value, text, text);
        EXPECT_EQ(bytes.size() % 4, 0U);
        const auto compound = parse_rtcp(bytes.view());
        ASSERT_TRUE(compound) << size;
        ASSERT_EQ(compound->names.size(), 1U);
        EXPECT_EQ(compound->names[0].name, text.substr(0, 255));
        ASSERT_EQ(compound->goodbyes.size(), 1U);
        EXPECT_EQ(compound->goodbyes[0].reason, text.substr(0, 255));
    }
    // A goodbye without a reason has no byte for one.
    EXPECT_TRUE(format_rtcp(sender_value, "host", "").view().ends_with("\x81\xCB\x00\x01\xF1\x02\x03\x04"sv));
    Report many = sender_value;
    for (std::uint32_t i = 0; i < 40; ++i) many.blocks.push_back({.ssrc = i});
    EXPECT_EQ(parse_rtcp(format_rtcp(many, "host").view())->reports.at(0).blocks.size(), 31U);
    // Of 24 bits.
    using Lost = std::pair<std::int32_t, std::int32_t>;
    for (const auto& [lost, back] :
         {Lost{0x7F'FFFF, 0x7F'FFFF}, Lost{0x80'0000, 0x7F'FFFF}, Lost{0, 0}, Lost{-1, -1},
          Lost{-0x80'0000, -0x80'0000}, Lost{-0x80'0001, -0x80'0000}}) {
        const Report one{.ssrc = 7, .blocks = {{.lost = lost}}};
        EXPECT_EQ(parse_rtcp(format_rtcp(one, "").view())->reports.at(0).blocks.at(0).lost, back);
    }
}

// What ffmpeg opens a NAT with.
TEST(Rtcp, IsTheSmallestReceiverReport) {
    const auto compound = parse_rtcp("\x80\xC9\x00\x01\x00\x00\x00\x00"sv);
    ASSERT_TRUE(compound);
    EXPECT_EQ(compound->reports, std::vector{Report{}});
}

TEST(Rtcp, SkipsWhatItDoesNotKnow) {
    for (const int type : {204, 205, 206, 207, 209, 0, 199, 255}) {
        const auto compound = parse_rtcp(join({empty_receiver, part(0x9F, type, "anything"),
                                               part(0x80, type, ""), "\x81\xCB\x00\x01\x00\x00\x00\x07"sv}));
        ASSERT_TRUE(compound) << type;
        EXPECT_EQ(compound->goodbyes.size(), 1U);
    }
    // What a profile adds behind the blocks.
    const auto extended = parse_rtcp(part(0x81, 201, join({"\0\0\0\7"sv, block, "profile."})));
    ASSERT_TRUE(extended);
    EXPECT_EQ(extended->reports.at(0).blocks, std::vector{block_value});
}

TEST(Rtcp, TakesSeveralOfEach) {
    const auto datagram = join(
        {sender, empty_receiver,
         part(0x83, 202, "\0\0\0\1\1\1a\0\0\0\0\2\2\3joe\1\2bc\0\0\0\0\0\0\3\1\0\0\0"sv),
         part(0x82, 203, "\0\0\0\1\0\0\0\2"sv), part(0x80, 203, ""), part(0xA1, 203, "\0\0\0\3\0\0\0\4"sv)});
    const auto compound = parse_rtcp(datagram);
    ASSERT_TRUE(compound);
    EXPECT_EQ(compound->reports.size(), 2U);
    EXPECT_EQ(compound->names,
              (std::vector{CanonicalName{1, "a"}, CanonicalName{2, "bc"}, CanonicalName{3, ""}}));
    EXPECT_EQ(compound->goodbyes, (std::vector{Goodbye{{1, 2}, ""}, Goodbye{{}, ""}, Goodbye{{3}, ""}}));
}

TEST(Rtcp, IsRefused) {
    struct Case {
        const char* what;
        std::string bytes;
    };
    const auto with = [](std::string_view bytes, std::size_t at, int byte) {
        std::string changed{bytes};
        changed[at] = static_cast<char>(byte);
        return changed;
    };
    for (const auto& [what, bytes] : {
             Case{"nothing", ""},
             Case{"version 0", with(empty_receiver, 0, 0x00)},
             Case{"version 1", with(empty_receiver, 0, 0x40)},
             Case{"version 3", with(empty_receiver, 0, 0xC0)},
             Case{"another version behind", join({empty_receiver, with(name, 0, 0x41)})},
             Case{"a name first", std::string{name}},
             Case{"a goodbye first", std::string{"\x81\xCB\x00\x01\x00\x00\x00\x07"sv}},
             Case{"an extended report first", part(0x80, 207, "\0\0\0\7"sv)},
             Case{"a length past the end", with(empty_receiver, 3, 2)},
             Case{"the largest length", with(with(empty_receiver, 2, 0xFF), 3, 0xFF)},
             Case{"a length that ends within", join({empty_receiver, "\x00"sv})},
             Case{"a report without SSRC", part(0x80, 201, "")},
             Case{"a sender report without the sender", part(0x80, 200, "\0\0\0\7"sv)},
             Case{"31 blocks, and one is there", part(0x9F, 201, join({"\0\0\0\7"sv, block}))},
             Case{"31 blocks of a sender", with(sender, 0, 0x9F)},
             Case{"one block too short", part(0x81, 201, join({"\0\0\0\7"sv, block.substr(4)}))},
             Case{"a goodbye of more than there are", join({empty_receiver, part(0x82, 203, "\0\0\0\7"sv)})},
             Case{"the first one padded", part(0xA0, 201, "\0\0\0\7\0\0\0\4"sv)},
             Case{"one in the middle padded",
                  join({empty_receiver, part(0xA1, 203, "\0\0\0\3\0\0\0\4"sv), empty_receiver})},
             Case{"padding of 0", join({empty_receiver, part(0xA1, 203, "\0\0\0\3\0\0\0\0"sv)})},
             Case{"padding that is no words", join({empty_receiver, part(0xA1, 203, "\0\0\0\3\0\0\0\3"sv)})},
             Case{"padding past the beginning",
                  join({empty_receiver, part(0xA1, 203, "\0\0\0\3\0\0\0\x0C"sv)})},
             Case{"padding in the header", join({empty_receiver, part(0xA0, 203, "")})},
             Case{"live555's knock", "\xCE\xFA\xED\xFE"},
             Case{"GStreamer's", std::string(200, '\x8E')},
         })
        EXPECT_FALSE(parse_rtcp(bytes)) << what;
    const auto good = format_rtcp({.ssrc = 7, .sender = SenderInfo{}, .blocks = {{}, {}}}, "name", "reason");
    ASSERT_TRUE(parse_rtcp(good.view()));
    for (std::size_t i = 0; i < good.size(); ++i) {
        // What is whole without its end is what ends where a part does: the report, and it with the name.
        const auto compound = parse_rtcp(good.view().substr(0, i));
        EXPECT_EQ(compound.has_value(), i == 76 || i == 92) << i;
    }
}

// Whose report is right is heard, whatever is wrong with the texts.
TEST(Rtcp, LeavesOutTextsThatClaimTooMuch) {
    struct Case {
        const char* what;
        std::string bytes;
        std::size_t names;
    };
    for (const auto& [what, bytes, names] : {
             Case{"a chunk without end", part(0x81, 202, "\0\0\0\7\1\2ab\1\2cd"sv), 2},
             Case{"an item past the end", part(0x81, 202, "\0\0\0\7\1\3ab"sv), 0},
             Case{"an item without a length", part(0x81, 202, "\0\0\0\7\1\1a\1"sv), 1},
             Case{"31 chunks, and one is there", part(0x9F, 202, "\0\0\0\7\1\1a\0"sv), 1},
             Case{"no chunk", part(0x9F, 202, ""), 0},
             Case{"a goodbye with a long reason", part(0x81, 203, "\0\0\0\7\xFFxyz"sv), 0},
         }) {
        const auto compound = parse_rtcp(join({empty_receiver, bytes}));
        ASSERT_TRUE(compound) << what;
        EXPECT_EQ(compound->reports.size(), 1U);
        EXPECT_EQ(compound->names.size(), names) << what;
        for (const auto& goodbye : compound->goodbyes) EXPECT_EQ(goodbye, (Goodbye{{7}, ""}));
    }
}

TEST(Rtcp, TakesWhatADatagramHolds) {
    std::string largest{empty_receiver};
    while (largest.size() + 8 <= 65'504) largest += empty_receiver;
    EXPECT_EQ(parse_rtcp(largest)->reports.size(), largest.size() / 8);
}

} // namespace
