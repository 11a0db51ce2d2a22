#include "kamaelia/protocol/sdp/format.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia::sdp;

TEST(SdpFormat, DescribesAFileAsPlayersKnowIt) {
    const Description description{
        .session_id = 3468247531129614718,
        .address = "192.0.2.1",
        .name = "A Song",
        .information = "by Someone",
        .tool = "kamaelia",
        .control = "rtsp://192.0.2.1:8554/file/",
        .range = "npt=0-30",
        .media = {{.bandwidth = {{"AS", 128}, {"RR", 0}},
                   .encoding = "vorbis",
                   .clock_rate = 44100,
                   .channels = 2,
                   .parameters = "configuration=AAAA",
                   .control = "rtsp://192.0.2.1:8554/file/trackID=0"}},
    };
    EXPECT_EQ(format_description(description), "v=0\r\n"
                                               "o=- 3468247531129614718 1 IN IP4 192.0.2.1\r\n"
                                               "s=A Song\r\n"
                                               "i=by Someone\r\n"
                                               "t=0 0\r\n"
                                               "a=tool:kamaelia\r\n"
                                               "a=control:rtsp://192.0.2.1:8554/file/\r\n"
                                               "a=range:npt=0-30\r\n"
                                               "m=audio 0 RTP/AVP 96\r\n"
                                               "c=IN IP4 0.0.0.0\r\n"
                                               "b=AS:128\r\n"
                                               "b=RR:0\r\n"
                                               "a=rtpmap:96 vorbis/44100/2\r\n"
                                               "a=fmtp:96 configuration=AAAA\r\n"
                                               "a=control:rtsp://192.0.2.1:8554/file/trackID=0\r\n");
}

TEST(SdpFormat, LeavesOutWhatIsNotSet) {
    EXPECT_EQ(format_description({.address = "::1", .media = {{.payload_type = 14, .connection = "::"}}}),
              "v=0\r\no=- 0 1 IN IP6 ::1\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP 14\r\nc=IN IP6 ::\r\n");
}

TEST(SdpFormat, KeepsEachTextOnItsLine) {
    EXPECT_EQ(format_description({.name = "a\r\nm=video 0 x\n\x7F\tb\xC3\xA9"}),
              "v=0\r\no=- 0 1 IN IP4 127.0.0.1\r\ns=a  m=video 0 x  \tb\xC3\xA9\r\nt=0 0\r\n");
}

} // namespace
