#include "kamaelia/protocol/rtp/packet.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia::rtp;
using namespace std::string_view_literals;

// V=2 M PT=96 | sequence | timestamp | SSRC
constexpr auto annotated = "\x80\xE0"
                           "\xFE\xDC"
                           "\x80\x01\x02\x03"
                           "\xF1\x02\x03\x04"sv;
constexpr Header header{
    .payload_type = 96, .marker = true, .sequence = 0xFEDC, .timestamp = 0x8001'0203, .ssrc = 0xF102'0304};

TEST(RtpPacket, IsWritten) {
    std::array<char, header_size> room{};
    write_header(header, room);
    EXPECT_EQ(std::string_view(room.data(), room.size()), annotated);
    // A type that is none does not become a marker.
    write_header({.payload_type = 0xE0}, room);
    EXPECT_EQ(std::string_view(room.data(), room.size()), "\x80\x60\0\0\0\0\0\0\0\0\0\0"sv);
}

TEST(RtpPacket, IsRead) {
    const auto bytes = std::string{annotated} + "payload";
    const auto packet = parse_packet(bytes);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->header, header);
    EXPECT_EQ(packet->payload, "payload");
    EXPECT_EQ(packet->contributors, "");
    EXPECT_EQ(packet->extension, "");
    EXPECT_TRUE(parse_packet(annotated)); // without a payload
}

// Version, padding, extension and number of sources are the first byte's.
std::string with_first(int first, std::string_view behind) {
    std::string bytes{annotated};
    bytes[0] = static_cast<char>(first);
    return bytes.append(behind);
}

TEST(RtpPacket, IsReadWithAllThatItMayHave) {
    const auto sources = with_first(0x82, "aaaabbbbpayload");
    EXPECT_EQ(parse_packet(sources)->contributors, "aaaabbbb");
    EXPECT_EQ(parse_packet(sources)->payload, "payload");
    const auto extension = with_first(0x90, "\xBE\xDE\0\x01wordpayload"sv);
    EXPECT_EQ(parse_packet(extension)->extension, "word");
    EXPECT_EQ(parse_packet(extension)->payload, "payload");
    const auto padded = with_first(0xA0, "payload\0\0\x03"sv);
    EXPECT_EQ(parse_packet(padded)->payload, "payload");
    const auto all_padding = with_first(0xA0, "\0\x02"sv);
    EXPECT_EQ(parse_packet(all_padding)->payload, "");
    const auto everything = with_first(0xB1, "aaaa\0\0\0\0pay\x01"sv);
    EXPECT_EQ(parse_packet(everything)->payload, "pay");
}

TEST(RtpPacket, IsNotBelieved) {
    struct Case {
        const char* what;
        std::string bytes;
    };
    const Case cases[] = {
        {"version 0", with_first(0x00, "payload")},
        {"version 1", with_first(0x40, "payload")},
        {"version 3", with_first(0xC0, "payload")},
        {"15 sources in a short packet", with_first(0x8F, "only a few bytes")},
        {"an extension without a header", with_first(0x90, "\xBE\xDE\0"sv)},
        {"an extension past the end", with_first(0x90, "\xBE\xDE\0\x02word"sv)},
        {"the longest extension", with_first(0x90, "\xBE\xDE\xFF\xFFword"sv)},
        {"padding of 0", with_first(0xA0, "payload\0"sv)},
        {"padding larger than the payload", with_first(0xA0, "payload\x09"sv)},
        {"padding that would be the header", with_first(0xA0, "\x0D"sv)},
        {"padding without a byte", with_first(0xA0, "")},
        {"padding behind an extension that is all", with_first(0xB0, "\xBE\xDE\0\x01\x01\x01\x01\x01"sv)},
        {"live555's knock", "\xCE\xFA\xED\xFE"},
    };
    for (const auto& [what, bytes] : cases) EXPECT_FALSE(parse_packet(bytes)) << what;
    for (std::size_t i = 0; i < annotated.size(); ++i)
        EXPECT_FALSE(parse_packet(annotated.substr(0, i))) << i;
}

} // namespace
