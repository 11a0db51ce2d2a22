#include "kamaelia/protocol/rtsp/track.hpp"

#include "kamaelia/codec/opus_headers.hpp"
#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"
#include "tests/kamaelia/codec/vorbis_encoder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace kamaelia;
using namespace kamaelia::rtsp;

constexpr auto base = "rtsp://h/a.ogg/";

const kamaelia::testing::EncodedVorbis& encoded() {
    static const auto vorbis = kamaelia::testing::encode_vorbis(8'000, 1, 0.3F, 0);
    return vorbis;
}

sdp::Media vorbis_media() {
    const auto& headers = encoded().headers;
    return {.payload_type = 97,
            .bandwidth = {{.value = 80}},
            .encoding = "VORBIS",
            .clock_rate = 8'000,
            .parameters = rtp::vorbis_fmtp(headers[0], headers[2]).value(),
            .control = "trackID=1"};
}

sdp::Media opus_media() {
    return {.encoding = "opus", .clock_rate = 48'000, .channels = 2, .parameters = "sprop-stereo=1"};
}

std::string fault(const sdp::Media& media) {
    const auto track = choose_track({.media = {media}}, base);
    return track ? "" : track.error();
}

TEST(RtspTrack, IsTheFirstThatCanBePlayed) {
    const sdp::Description description{
        .control = "*",
        .media = {
            {.type = "video", .encoding = "H264", .control = "trackID=0"}, vorbis_media(), opus_media()}};
    const auto track = choose_track(description, base);
    ASSERT_TRUE(track) << track.error();
    EXPECT_EQ(track->url, "rtsp://h/a.ogg/trackID=1");
    EXPECT_EQ(track->presentation, base);
    EXPECT_EQ(track->payload_type, 97);
    EXPECT_EQ(track->format.headers.codec, OggCodec::vorbis);
    EXPECT_EQ(track->format.headers.identification, encoded().headers[0]);
    EXPECT_EQ(track->format.headers.setup, encoded().headers[2]);
    EXPECT_NE(track->format.headers.comment, "");
    EXPECT_EQ(track->format.durations.rate(), 8'000U);
    EXPECT_EQ(track->format.channels, 1);
    EXPECT_EQ(track->ident, rtp::vorbis_ident(encoded().headers[0], encoded().headers[2]));
}

TEST(RtspTrack, OpusHasItsHeadMade) {
    const auto stereo = choose_track({.media = {opus_media()}}, base);
    ASSERT_TRUE(stereo) << stereo.error();
    EXPECT_EQ(stereo->format.headers.codec, OggCodec::opus);
    EXPECT_EQ(stereo->format.headers.identification, plain_opus_head(2));
    EXPECT_EQ(stereo->format.durations.rate(), 48'000U);
    EXPECT_EQ(stereo->format.channels, 2);
    auto media = opus_media();
    media.parameters.clear();
    EXPECT_EQ(choose_track({.media = {media}}, base)->format.headers.identification, plain_opus_head(1));
}

TEST(RtspTrack, SaysWhyThereIsNone) {
    const std::string none = "it has no audio of Vorbis or Opus";
    EXPECT_EQ(choose_track({}, base).error(), none);
    auto media = vorbis_media();
    media.encoding = "MPA";
    EXPECT_EQ(fault(media), none);
    media = vorbis_media();
    media.type = "application";
    EXPECT_EQ(fault(media), none);
    media = vorbis_media();
    media.protocol = "RTP/SAVP";
    EXPECT_EQ(fault(media), none);
    media = vorbis_media();
    media.payload_type = 128;
    EXPECT_EQ(fault(media), none);
    media.payload_type.reset();
    EXPECT_EQ(fault(media), none);
    media = vorbis_media();
    media.parameters = "configuration=AAAA";
    EXPECT_EQ(fault(media), "its Vorbis has no configuration that can be read");
    media.parameters = rtp::vorbis_fmtp(encoded().headers[0], encoded().headers[1]).value();
    EXPECT_TRUE(fault(media).starts_with("its Vorbis cannot be decoded: ")) << fault(media);
    media = vorbis_media();
    media.clock_rate = 48'000;
    EXPECT_EQ(fault(media), "its Vorbis has a clock that is not its sample rate");
    media = opus_media();
    media.channels = 1;
    EXPECT_EQ(fault(media), "its Opus is not opus/48000/2");
    const auto both = choose_track({.media = {media, {.type = "video", .encoding = "H264"}}}, base);
    EXPECT_EQ(both.error(), "its Opus is not opus/48000/2") << "not that of what is no audio";
}

TEST(RtspTrack, RtcpHasItsShare) {
    const auto bandwidth = [](std::vector<sdp::Bandwidth> lines) {
        auto media = opus_media();
        media.bandwidth = std::move(lines);
        return choose_track({.media = {media}}, base)->rtcp_bandwidth;
    };
    EXPECT_DOUBLE_EQ(bandwidth({{"AS", 80}}), 500);
    EXPECT_DOUBLE_EQ(bandwidth({}), 800);
    EXPECT_DOUBLE_EQ(bandwidth({{"AS", 80}, {"RR", 800}, {"RS", 80}}), 110);
    EXPECT_DOUBLE_EQ(bandwidth({{"AS", 80}, {"RR", 800}}), 225);
    EXPECT_DOUBLE_EQ(bandwidth({{"RS", 800}, {"RR", 0}}), 0) << "receivers are asked to be silent";
}

TEST(RtspTrack, JoinsControlsAsPlayersDo) {
    EXPECT_EQ(join_control("rtsp://h/a.ogg/", "trackID=0"), "rtsp://h/a.ogg/trackID=0");
    EXPECT_EQ(join_control("rtsp://h/a.ogg", "trackID=0"), "rtsp://h/a.ogg/trackID=0");
    EXPECT_EQ(join_control("rtsp://h/a.ogg", "*"), "rtsp://h/a.ogg");
    EXPECT_EQ(join_control("rtsp://h/a.ogg/", ""), "rtsp://h/a.ogg/");
    EXPECT_EQ(join_control("rtsp://h/a.ogg/", "rtsp://g/b"), "rtsp://g/b");
}

} // namespace
