#include "kamaelia/protocol/sdp/parse.hpp"

#include "kamaelia/protocol/sdp/format.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace std::string_literals;
using namespace kamaelia::sdp;

TEST(SdpParse, ReadsGStreamers) {
    const auto read = parse_description("v=0\r\n"
                                        "o=- 3468247531129614718 1 IN IP4 127.0.0.1\r\n"
                                        "s=Session streamed with GStreamer\r\n"
                                        "i=rtsp-server\r\n"
                                        "t=0 0\r\n"
                                        "a=tool:GStreamer\r\n"
                                        "a=type:broadcast\r\n"
                                        "a=control:*\r\n"
                                        "a=range:npt=0-30\r\n"
                                        "m=audio 0 RTP/AVP 96\r\n"
                                        "c=IN IP4 0.0.0.0\r\n"
                                        "b=AS:128\r\n"
                                        "a=rtpmap:96 VORBIS/44100/2\r\n"
                                        "a=fmtp:96 configuration=AAAAAUFaoxDLAh6B==\r\n"
                                        "a=control:stream=0\r\n"
                                        "a=ts-refclk:local\r\n"
                                        "a=mediaclk:sender\r\n"
                                        "a=ssrc:2914076521 cname:user1934647065@host\r\n");
    const Description expected{
        .session_id = 3468247531129614718,
        .name = "Session streamed with GStreamer",
        .information = "rtsp-server",
        .tool = "GStreamer",
        .control = "*",
        .range = "npt=0-30",
        .media = {{.bandwidth = {{"AS", 128}},
                   .encoding = "VORBIS",
                   .clock_rate = 44100,
                   .channels = 2,
                   .parameters = "configuration=AAAAAUFaoxDLAh6B==",
                   .control = "stream=0"}},
    };
    ASSERT_TRUE(read.has_value()) << read.error().what;
    EXPECT_EQ(*read, expected);
}

TEST(SdpParse, ReadsLive555s) {
    const auto read = parse_description("v=0\n"
                                        "o=- 1443716955999999999999 1 IN IP6 2001:db8::5\n"
                                        "s=Ogg audio, streamed by the LIVE555 Media Server\n"
                                        "t=0 0\n"
                                        "a=control:*\n"
                                        "m=audio 5000/2 RTP/AVP 97 98 0\n"
                                        "i=of the media\n"
                                        "c=IN IP4 239.1.2.3/127\n"
                                        "a=rtpmap:98 OPUS/48000/2\n"
                                        "a=rtpmap:97 VORBIS/8000\n"
                                        "a=fmtp:98 x\n"
                                        "a=recvonly\n"
                                        "a=control:track1\n"
                                        "\n"
                                        "m=video 0 RTP/AVP 26\n"
                                        "m=application 9 UDP/BFCP *");
    ASSERT_TRUE(read.has_value()) << read.error().what;
    EXPECT_EQ(read->session_id, 0U);
    EXPECT_EQ(read->address, "2001:db8::5");
    EXPECT_EQ(read->information, "");
    ASSERT_EQ(read->media.size(), 3U);
    const Media first{.port = 5000,
                      .payload_type = 97,
                      .connection = "239.1.2.3",
                      .encoding = "VORBIS",
                      .clock_rate = 8000,
                      .control = "track1"};
    EXPECT_EQ(read->media[0], first);
    EXPECT_EQ(read->media[1].payload_type, 26);
    EXPECT_EQ(read->media[1].encoding, "");
    EXPECT_EQ(read->media[2].payload_type, std::nullopt);
}

TEST(SdpParse, ReadsOurOwn) {
    const Description description{
        .session_id = 5,
        .version = 2,
        .address = "::1",
        .name = "n",
        .information = "i",
        .tool = "t",
        .control = "rtsp://h/a/",
        .range = "npt=now-",
        .media = {{.connection = "::",
                   .bandwidth = {{"RS", 0}},
                   .encoding = "opus",
                   .clock_rate = 48000,
                   .channels = 2,
                   .parameters = "sprop-stereo=1",
                   .control = "rtsp://h/a/trackID=0"},
                  {.type = "video", .payload_type = 26}},
    };
    const auto read = parse_description(format_description(description));
    ASSERT_TRUE(read.has_value()) << read.error().what;
    EXPECT_EQ(*read, description);
    EXPECT_EQ(parse_description(format_description({})).value(), Description{});
    EXPECT_EQ(parse_description("").value(), Description{});
}

TEST(SdpParse, SaysWhatIsWrongAndWhere) {
    const std::pair<std::string, std::size_t> cases[] = {
        {"v=1\r\n", 1},
        {"o=- 0 0 IN IP4 h\r\n", 1},
        {"v=0\r\nx\r\n", 2},
        {"v=0\r\nhello\r\n", 2},
        {"v=0\r\n\r\ns=a\0b\r\n"s, 3},
        {"v=0\r\no=- 1 1 IN IP4\r\n", 2},
        {"v=0\r\nm=\r\n", 2},
        {"v=0\r\nm=audio\r\n", 2},
        {"v=0\r\nm=audio 65536 RTP/AVP 96\r\n", 2},
        {"v=0\r\nm=audio 0 RTP/AVP\r\n", 2},
        {"v=0\r\nm=audio 0 RTP/AVP 96\r\nb=AS:x\r\n", 3},
        {"v=0\r\nm=audio 0 RTP/AVP 96\r\na=rtpmap:96 VORBIS\r\n", 3},
        {"v=0\r\nm=audio 0 RTP/AVP 96\r\na=rtpmap:96 /1\r\n", 3},
        {"v=0\r\nm=audio 0 RTP/AVP 96\r\na=rtpmap:96 VORBIS/1/-1\r\n", 3},
    };
    for (const auto& [text, line] : cases) {
        const auto read = parse_description(text);
        ASSERT_FALSE(read.has_value()) << text;
        EXPECT_EQ(read.error().line, line) << text;
        EXPECT_FALSE(read.error().what.empty()) << text;
    }
    std::string many = "v=0\r\n";
    for (std::size_t i = 0; i < media_limit; ++i) many += "m=audio 0 RTP/AVP 96\r\n";
    EXPECT_TRUE(parse_description(many).has_value());
    EXPECT_FALSE(parse_description(many + "m=audio 0 RTP/AVP 96\r\n").has_value());
}

} // namespace
