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

} // namespace
