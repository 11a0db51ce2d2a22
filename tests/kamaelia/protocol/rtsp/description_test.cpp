#include "kamaelia/protocol/rtsp/description.hpp"

#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace kamaelia;

// 20 s of Opus, mono.
OggMap opus(const std::string& head = std::string{"OpusHead\1\1\0\0\x80\xBB\0\0\0\0\0", 19}) {
    return {.codec = OggCodec::opus,
            .identification = axon::Bytes{head},
            .setup = {},
            .durations =
                PacketDurations::of({.codec = OggCodec::opus,
                                     .serial = 1,
                                     .identification = std::string{"OpusHead\1\1\0\0\x80\xBB\0\0\0\0\0", 19},
                                     .comment = {},
                                     .setup = {}})
                    .value(),
            .links = {{.audio = 0, .end = 1, .serial = 1, .base = 0, .first = 0, .last = 960'000}}};
}

TEST(RTSPDescription, SaysWhatAFileIs) {
    const auto url = rtsp::parse_url("rtsp://h/media/a.opus").value();
    auto map = opus();
    map.links[0].audio = 5'000'000; // behind a picture
    map.links[0].end = 5'200'000;
    const auto bandwidth = rtsp::bandwidth_of(map);
    EXPECT_DOUBLE_EQ(bandwidth, 83'200);
    const auto description = rtsp::describe(map, bandwidth, url);
    ASSERT_TRUE(description);
    EXPECT_EQ(description->control, "rtsp://h/media/a.opus/");
    EXPECT_EQ(description->range, "npt=0-20");
    ASSERT_EQ(description->media.size(), 1U);
    const auto& media = description->media[0];
    EXPECT_EQ(media.encoding, "opus");
    EXPECT_EQ(media.clock_rate, 48'000U);
    EXPECT_EQ(media.channels, 2U) << "whatever it has";
    EXPECT_EQ(media.parameters, "sprop-stereo=0");
    EXPECT_EQ(media.control, "rtsp://h/media/a.opus/trackID=0");
    EXPECT_EQ(media.payload_type, rtsp::payload_type);
    EXPECT_EQ(media.bandwidth, (std::vector<sdp::Bandwidth>{{.value = 84}}));
}

TEST(RTSPDescription, AShortFileNeedsNoMoreThanItHas) {
    auto map = opus();
    map.links[0].last = 48;
    map.links[0].end = 1'000;
    EXPECT_DOUBLE_EQ(rtsp::bandwidth_of(map), 8'320);
}

TEST(RTSPDescription, AllLinksOfAChainShareItsBandwidth) {
    auto map = opus();
    map.links[0].end = 200'000;
    map.links.push_back(
        {.audio = 300'000, .end = 400'000, .serial = 2, .base = 0, .first = 960'000, .last = 1'920'000});
    EXPECT_DOUBLE_EQ(rtsp::bandwidth_of(map), 62'400);
}

TEST(RTSPDescription, OfMoreThanStereoOpusIsNone) {
    const auto url = rtsp::parse_url("rtsp://h/media/a.opus").value();
    EXPECT_TRUE(rtsp::has_rtp_format(opus()));
    const auto surround = opus(std::string{"OpusHead\1\6\0\0\x80\xBB\0\0\0\0\1\4\2\0\4\1\2\3\5", 27});
    EXPECT_FALSE(rtsp::has_rtp_format(surround));
    EXPECT_FALSE(rtsp::describe(surround, 1, url));
}

TEST(RTSPDescription, OfHeadersThatSdpDoesNotCarryIsNone) {
    const auto url = rtsp::parse_url("rtsp://h/media/a.ogg").value();
    EXPECT_FALSE(rtsp::describe(opus("OpusHead"), 1, url));
    auto map = opus();
    map.codec = OggCodec::vorbis;
    EXPECT_FALSE(rtsp::describe(map, 1, url));
}

} // namespace
