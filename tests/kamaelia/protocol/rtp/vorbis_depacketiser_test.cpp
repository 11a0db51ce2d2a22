#include "kamaelia/protocol/rtp/vorbis_depacketiser.hpp"

#include "kamaelia/protocol/rtp/vorbis_packetiser.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia::rtp;
using namespace std::string_view_literals;

constexpr std::uint32_t ident = 0x41'5AA3;

std::string describe(const std::expected<std::span<const std::string_view>, VorbisDrop>& result) {
    if (!result) {
        constexpr const char* names[] = {"cut off", "other ident", "not audio", "fragment", "too large"};
        return names[static_cast<std::size_t>(result.error())];
    }
    std::string text = "<";
    for (const auto packet : *result) text += std::string{packet} + ' ';
    return text + '>';
}

// Sequence numbers and the timestamps are of fragments only.
class Depacketising {
public:
    explicit Depacketising(std::size_t limit = VorbisDepacketiser::usual_limit)
        : depacketiser{ident, limit} {}

    std::string add(std::string_view payload, std::uint32_t timestamp = 0) {
        return describe(depacketiser.add(
            {.header = {.sequence = sequence++, .timestamp = timestamp}, .payload = payload}));
    }
    // Of what follows the Ident.
    std::string own(std::string_view rest, std::uint32_t timestamp = 0) {
        return add("\x41\x5A\xA3" + std::string{rest}, timestamp);
    }
    std::string fragment(int type, std::string_view data, std::uint32_t timestamp = 0) {
        return own(std::string(1, static_cast<char>(type << 6)) + '\0' + static_cast<char>(data.size()) +
                       std::string{data},
                   timestamp);
    }

    VorbisDepacketiser depacketiser;
    std::uint16_t sequence = 0xFFFE;
};

TEST(VorbisDepacketiser, GivesBackWhatThePacketiserTook) {
    std::vector<std::string> packets;
    packets.reserve(60);
    for (int i = 0; i < 60; ++i)
        packets.push_back(
            std::string(static_cast<std::size_t>(i * i % 613 + 1), static_cast<char>('a' + i % 26)));
    VorbisPacketiser packetiser{ident, {.packet = 300, .latency = 10'000}};
    VorbisDepacketiser depacketiser{ident};
    std::vector<std::string> back;
    Header header;
    const auto take = [&] {
        while (const auto payload = packetiser.next()) {
            ++header.sequence;
            header.timestamp = static_cast<std::uint32_t>(payload->timestamp);
            const auto result = depacketiser.add({.header = header, .payload = payload->bytes.view()});
            ASSERT_TRUE(result);
            for (const auto packet : *result) back.emplace_back(packet);
        }
    };
    std::int64_t clock = 0;
    for (const auto& packet : packets) {
        packetiser.add({packet, clock, 1024});
        clock += 1024;
        take();
    }
    packetiser.flush();
    take();
    EXPECT_EQ(back, packets);
}

TEST(VorbisDepacketiser, JoinsFragmentsWithoutLoss) {
    Depacketising run;
    EXPECT_EQ(run.fragment(1, "aa", 7), "<>");
    EXPECT_EQ(run.fragment(2, "bb", 7), "<>"); // the sequence wraps
    EXPECT_EQ(run.fragment(3, "c", 7), "<aabbc >");
    EXPECT_EQ(run.fragment(1, "d"), "<>");
    EXPECT_EQ(run.fragment(3, "e"), "<de >");
}

TEST(VorbisDepacketiser, DropsTheRestOfAPacketThatLostAFragment) {
    Depacketising run;
    EXPECT_EQ(run.fragment(1, "a"), "<>");
    ++run.sequence;
    EXPECT_EQ(run.fragment(2, "c"), "fragment");
    EXPECT_EQ(run.fragment(3, "d"), "fragment");
    EXPECT_EQ(run.own("\x01\0\x01x"sv), "<x >");
    // Another one's end, by its timestamp.
    EXPECT_EQ(run.fragment(1, "a", 1), "<>");
    EXPECT_EQ(run.fragment(3, "b", 2), "fragment");
    // Something between.
    EXPECT_EQ(run.fragment(1, "a"), "<>");
    EXPECT_EQ(run.own("\x01\0\x01x"sv), "<x >");
    EXPECT_EQ(run.fragment(3, "b"), "fragment");
    EXPECT_EQ(run.fragment(1, "a"), "<>");
    EXPECT_EQ(run.add("\x41\x5A\xA4\x01\0\x01x"sv), "other ident");
    EXPECT_EQ(run.fragment(3, "b"), "fragment");
}

TEST(VorbisDepacketiser, BelievesNothing) {
    struct Case {
        const char* what;
        std::string_view rest; // behind the Ident
        std::string result;
    };
    for (const auto& [what, rest, result] : {
             Case{"one packet", "\x01\0\x01x"sv, "<x >"},
             Case{"15 of no bytes", "\x0F\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv,
                  "<               >"},
             Case{"a length past the end", "\x01\0\x02x"sv, "cut off"},
             Case{"the largest length", "\x01\xFF\xFFx"sv, "cut off"},
             Case{"half a length", "\x01\0"sv, "cut off"},
             Case{"15 packets, and one is there", "\x0F\0\x01x"sv, "cut off"},
             Case{"no packets", "\0"sv, "cut off"},
             Case{"no packets, but data", "\0\0\x01x"sv, "cut off"},
             Case{"more than it says", "\x01\0\x01xy"sv, "cut off"},
             Case{"a continuation first", "\x80\0\x01x"sv, "fragment"},
             Case{"an end first", "\xC0\0\x01x"sv, "fragment"},
             Case{"a fragment that counts", "\x41\0\x01x"sv, "cut off"},
             Case{"a fragment past the end", "\x40\0\x02x"sv, "cut off"},
             Case{"a fragment with more", "\x40\0\x01xy"sv, "cut off"},
             Case{"a fragment of no bytes", "\x40\0\0"sv, "cut off"},
             Case{"a fragment of nothing", "\x40"sv, "cut off"},
             Case{"a configuration", "\x11\0\x01x"sv, "not audio"},
             Case{"a comment", "\x21\0\x01x"sv, "not audio"},
             Case{"data type 3", "\x31\0\x01x"sv, "not audio"},
         }) {
        Depacketising run;
        EXPECT_EQ(run.own(rest), result) << what;
        EXPECT_EQ(run.own("\x01\0\x01x"sv), "<x >") << what;
    }
    for (std::size_t i = 0; i <= 5; ++i) {
        Depacketising run;
        EXPECT_EQ(run.add("\x41\x5A\xA3\x01\0"sv.substr(0, i)), "cut off") << i;
    }
}

TEST(VorbisDepacketiser, BeginsAnewWithASecondFirstFragment) {
    Depacketising run;
    EXPECT_EQ(run.fragment(1, "a"), "<>");
    EXPECT_EQ(run.fragment(1, "b"), "<>");
    EXPECT_EQ(run.fragment(3, "c"), "<bc >");
}

TEST(VorbisDepacketiser, GathersNoMoreThanTheLimit) {
    Depacketising run{250};
    const std::string hundred(100, 'x');
    EXPECT_EQ(run.fragment(1, hundred), "<>");
    EXPECT_EQ(run.fragment(2, hundred), "<>");
    EXPECT_EQ(run.fragment(2, hundred), "too large");
    EXPECT_EQ(run.fragment(3, "x"), "fragment");
    EXPECT_EQ(run.fragment(1, hundred), "<>");
    EXPECT_EQ(run.fragment(2, hundred), "<>");
    EXPECT_EQ(run.fragment(3, std::string(50, 'x')), '<' + std::string(250, 'x') + " >");
}

} // namespace
