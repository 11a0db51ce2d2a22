#include "kamaelia/protocol/rtsp/rtp_info.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace kamaelia::rtsp;

TEST(RtspRtpInfo, NamesEachStream) {
    EXPECT_EQ(format_rtp_info({}), "");
    const std::vector<RtpInfo> one{{"rtsp://h/file/trackID=0", 22886, 2245275653}};
    EXPECT_EQ(format_rtp_info(one), "url=rtsp://h/file/trackID=0;seq=22886;rtptime=2245275653");
    const std::vector<RtpInfo> two{{"rtsp://h/a/trackID=1", 65535, 4294967295},
                                   {"rtsp://h/a/trackID=0", 0, 0}};
    EXPECT_EQ(format_rtp_info(two), "url=rtsp://h/a/trackID=1;seq=65535;rtptime=4294967295,"
                                    "url=rtsp://h/a/trackID=0;seq=0;rtptime=0");
}

TEST(RtspRtpInfo, IsReadAsServersWriteIt) {
    using Streams = std::vector<RtpInfo>;
    EXPECT_EQ(parse_rtp_info("url=rtsp://h/file/stream=0;seq=22886;rtptime=2245275653"),
              (Streams{{"rtsp://h/file/stream=0", 22886, 2245275653}}));
    EXPECT_EQ(
        parse_rtp_info(" URL=rtsp://h/a ; rtptime=7 ; seq=1 ,url=rtsp://h/b;seq=65535;rtptime=4294967295"),
        (Streams{{"rtsp://h/a", 1, 7}, {"rtsp://h/b", 65535, 4294967295}}));
    EXPECT_EQ(parse_rtp_info("url=\"rtsp://h/a,b;c=1,d\";seq=5"), (Streams{{"rtsp://h/a,b;c=1,d", 5, {}}}));
    EXPECT_EQ(parse_rtp_info("url=rtsp://h/a,b,c;seq=5, url=d"),
              (Streams{{"rtsp://h/a,b,c", 5, {}}, {"d", {}, {}}}));
    EXPECT_EQ(parse_rtp_info("url=trackID=0"), (Streams{{"trackID=0", {}, {}}}));
    const Streams two{{"rtsp://h/a/trackID=1", 65535, {}}, {"rtsp://h/a/trackID=0", {}, 0}};
    EXPECT_EQ(parse_rtp_info(format_rtp_info(two)), two);
}

TEST(RtspRtpInfo, WhatIsNoNumberIsNotThere) {
    using Streams = std::vector<RtpInfo>;
    EXPECT_EQ(parse_rtp_info("url=a;seq=65536;rtptime=4294967296"), (Streams{{"a", {}, {}}}));
    EXPECT_EQ(parse_rtp_info("url=a;seq=;rtptime=-1"), (Streams{{"a", {}, {}}}));
    for (const auto* none : {"", ",", ",,,", "seq=1;rtptime=2", "url=", "url=;seq=1", "nonsense"})
        EXPECT_EQ(parse_rtp_info(none), Streams{}) << none;
}

} // namespace
