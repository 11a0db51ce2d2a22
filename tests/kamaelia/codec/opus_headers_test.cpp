#include "kamaelia/codec/opus_headers.hpp"

#include "kamaelia/codec/vorbis_comment.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;
using namespace std::string_view_literals;

// What ffmpeg writes for 5.1.
const std::string surround = std::string{"OpusHead\x01\x06\x38\x01\x80\xBB\0\0\0\0\x01", 19} +
                             std::string{"\x04\x02\0\x04\x01\x02\x03\x05", 8};

std::string reason(std::string_view packet) {
    const auto head = read_opus_head(packet);
    return head ? "" : head.error();
}

std::string with(std::size_t at, int byte, std::string packet = opus_head()) {
    packet[at] = static_cast<char>(byte);
    return packet;
}

TEST(OpusHead, IsReadFieldByField) {
    EXPECT_EQ(read_opus_head(opus_head()),
              (OpusHead{.channels = 2, .pre_skip = 312, .input_rate = 48000, .coupled = 1}));
    EXPECT_EQ(read_opus_head(opus_head(65535, 15, 1)),
              (OpusHead{.version = 15, .channels = 1, .pre_skip = 65535, .input_rate = 48000}));
    EXPECT_EQ(read_opus_head(with(17, 0xFF, with(16, 0x00)))->gain, -256);
    EXPECT_EQ(read_opus_head(surround),
              (OpusHead{.channels = 6,
                        .pre_skip = 312,
                        .input_rate = 48000,
                        .mapping = 1,
                        .streams = 4,
                        .coupled = 2,
                        .channel_mapping = std::string{"\0\x04\x01\x02\x03\x05", 6}}));
    EXPECT_TRUE(read_opus_head(with(21, 255, surround))); // a channel that is silent
    EXPECT_TRUE(read_opus_head(opus_head() + "later versions"));
}

TEST(OpusHead, CanBeMadeForAStreamWithoutOne) {
    EXPECT_EQ(plain_opus_head(2), opus_head(0, 1, 2));
    EXPECT_EQ(plain_opus_head(1), opus_head(0, 1, 1));
}

TEST(OpusHead, IsNotBelieved) {
    EXPECT_EQ(reason(""), "there is no OpusHead");
    EXPECT_EQ(reason("OpusTags"), "there is no OpusHead");
    EXPECT_EQ(reason(opus_head(0, 16)), "the version is 16, expected 0 to 15");
    EXPECT_EQ(reason(opus_head(0, 1, 0)), "it has 0 channels");
    EXPECT_EQ(reason(opus_head(0, 1, 3)), "it has 3 channels, and mapping family 0 at most 2");
    EXPECT_EQ(reason(with(9, 9, surround)), "it has 9 channels, and mapping family 1 at most 8");
    EXPECT_EQ(reason(with(19, 0, surround)), "it has 0 streams, 2 of them coupled");
    EXPECT_EQ(reason(with(20, 5, surround)), "it has 4 streams, 5 of them coupled");
    EXPECT_EQ(reason(with(20, 200, with(19, 200, surround))), "it has 200 streams, 200 of them coupled");
    EXPECT_EQ(reason(with(21, 6, surround)), "a channel is of a stream that there is not");
    for (std::size_t i = 8; i < 19; ++i)
        EXPECT_EQ(reason(opus_head().substr(0, i)), "the OpusHead is cut off") << i;
    for (std::size_t i = 19; i < surround.size(); ++i)
        EXPECT_EQ(reason(surround.substr(0, i)), "the table of channels is cut off") << i;
}

TEST(OpusTags, HoldComments) {
    MediaInfo info;
    const auto packet = "OpusTags" + comment_block({"TITLE=Air", "ARTIST=B"});
    read_vorbis_comment(opus_comments(packet), info);
    EXPECT_EQ(info.title, "Air");
    EXPECT_EQ(info.artist, "B");
    EXPECT_EQ(opus_comments("OpusTag"), "");
    EXPECT_EQ(opus_comments(opus_head()), "");
    // The number of comments, and the vendor's length, are only claims.
    read_vorbis_comment(opus_comments("OpusTags" + little_endian(0xFFFF'FFFF, 4) + "x"), info);
    read_vorbis_comment(opus_comments("OpusTags" + little_endian(0, 4) + little_endian(0xFFFF'FFFF, 4) + "x"),
                        info);
    EXPECT_EQ(info.title, "Air");
}

} // namespace
