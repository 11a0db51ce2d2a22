#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"

#include "kamaelia/util/base64.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia;
using namespace kamaelia::rtp;
using namespace std::string_view_literals;

const std::string identification = "\x01vorbis" + std::string(23, 'i');
const std::string setup = "\x05vorbis" + std::string(4000, 's');

std::string packed() {
    const auto fmtp = vorbis_fmtp(identification, setup);
    return *from_base64(std::string_view{*fmtp}.substr("configuration="sv.size()));
}

TEST(VorbisConfiguration, IsWrittenAsTheRfcSays) {
    const auto ident = vorbis_ident(identification, setup);
    std::string expected{"\0\0\0\1", 4}; // one packed header
    expected += static_cast<char>(ident >> 16);
    expected += static_cast<char>(ident >> 8);
    expected += static_cast<char>(ident);
    expected += "\x0F\xDE";     // 30 + 25 + 4007: the headers alone
    expected += "\x02\x1E\x19"; // one less than headers, lengths of the first two
    expected += identification;
    expected += "\x03vorbis\x09\0\0\0kamaeliad\0\0\0\0\1"sv;
    expected += setup;
    EXPECT_EQ(packed(), expected);
}

TEST(VorbisConfiguration, ComesBack) {
    const auto configuration = parse_vorbis_fmtp(*vorbis_fmtp(identification, setup));
    ASSERT_TRUE(configuration);
    EXPECT_EQ(configuration->ident, vorbis_ident(identification, setup));
    EXPECT_EQ(configuration->identification, identification);
    EXPECT_EQ(configuration->setup, setup);
    // A length of two bytes, and other parameters around it.
    const std::string large(300, 'i');
    const auto other = parse_vorbis_fmtp("delivery-method=in_band; " + *vorbis_fmtp(large, setup) + " ; x=y");
    ASSERT_TRUE(other);
    EXPECT_EQ(other->identification, large);
    EXPECT_EQ(other->setup, setup);
}

// What gst-rtsp-server sends begins so: ident 415aa3, 4299 bytes, lengths 30 and 129.
TEST(VorbisConfiguration, IsReadAsGstreamerWritesIt) {
    const auto begin = from_base64("AAAAAUFaoxDLAh6BAQF2b3JiaXMA");
    ASSERT_TRUE(begin);
    const auto configuration = parse_packed_vorbis(*begin + std::string(4299 - 8, 'x'));
    ASSERT_TRUE(configuration);
    EXPECT_EQ(configuration->ident, 0x415AA3U);
    EXPECT_EQ(configuration->identification.size(), 30U);
    EXPECT_EQ(configuration->comment.size(), 129U);
    EXPECT_EQ(configuration->setup.size(), 4140U);
    EXPECT_EQ(configuration->identification.substr(0, 8), "\x01vorbis\0"sv);
}

TEST(VorbisConfiguration, HasAnIdentOfWhatADecoderNeeds) {
    const auto ident = vorbis_ident(identification, setup);
    EXPECT_EQ(ident, vorbis_ident(identification, setup));
    EXPECT_LE(ident, 0xFF'FFFFU);
    EXPECT_NE(ident, vorbis_ident(identification, setup + 's'));
    EXPECT_NE(ident, vorbis_ident(identification + 'i', setup));
    EXPECT_EQ(vorbis_ident("", ""), 0x1C'9D44U); // FNV-1a of nothing, 811c9dc5, folded
}

TEST(VorbisConfiguration, MustFitItsLength) {
    EXPECT_TRUE(vorbis_fmtp(std::string(30, 'i'), std::string(65'535 - 30 - 25, 's')));
    const auto fmtp = vorbis_fmtp(std::string(30, 'i'), std::string(65'536 - 30 - 25, 's'));
    ASSERT_FALSE(fmtp);
    EXPECT_EQ(fmtp.error(), "its headers are 65536 bytes, and RTP describes at most 65535");
}

TEST(VorbisConfiguration, IsNotBelieved) {
    const auto good = packed();
    for (std::size_t i = 0; i < good.size(); i += i < 20 ? 1 : 97)
        EXPECT_FALSE(parse_packed_vorbis(std::string_view{good}.substr(0, i))) << i;
    const auto with = [&](std::size_t at, std::string_view bytes) {
        auto changed = good;
        return changed.replace(at, bytes.size(), bytes);
    };
    struct Case {
        const char* what;
        std::string bytes;
    };
    for (const auto& [what, bytes] : {
             Case{"none", with(0, "\0\0\0\0"sv)},
             Case{"two headers", with(9, "\1"sv)},
             Case{"256 headers", with(9, "\xFF"sv)},
             Case{"a shorter length", with(7, "\x0F\xDD"sv)},
             Case{"a longer length", with(7, "\x0F\xDF"sv)},
             Case{"no length", with(7, "\0\0"sv)},
             Case{"a header longer than all", with(10, "\xFF\x7F"sv)},
             Case{"a header's length without end", with(10, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv)},
             Case{"something behind it", good + "x"},
         })
        EXPECT_FALSE(parse_packed_vorbis(bytes)) << what;
    EXPECT_TRUE(parse_packed_vorbis(with(0, "\0\0\0\2"sv) + "another")); // the first of two
    for (const auto* fmtp :
         {"", ";", "configuration", "configuration=", "configuration=AAA", "x=configuration=AAAA",
          "configuration=!!!!", ";;;", "configuration-uri=http://a/"})
        EXPECT_FALSE(parse_vorbis_fmtp(fmtp)) << fmtp;
}

} // namespace
