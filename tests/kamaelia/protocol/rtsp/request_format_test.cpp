#include "kamaelia/protocol/rtsp/request_format.hpp"

#include "tests/kamaelia/protocol/rtsp/incoming.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia::rtsp;

TEST(RtspRequestFormat, IsWhatAServerReads) {
    const Request request{.method = Method::setup,
                          .url = "rtsp://h/a.ogg/trackID=0",
                          .cseq = 3,
                          .fields = {{"Transport", "RTP/AVP/TCP;unicast;interleaved=0-1"}, {"X", "y"}}};
    const auto text = format_request(request);
    EXPECT_EQ(text, "SETUP rtsp://h/a.ogg/trackID=0 RTSP/1.0\r\nCSeq: 3\r\n"
                    "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nX: y\r\n\r\n");
    EXPECT_EQ(read_all(text, 1), "SETUP rtsp://h/a.ogg/trackID=0 #3 CSeq=3 "
                                 "Transport=RTP/AVP/TCP;unicast;interleaved=0-1 X=y\n");
}

TEST(RtspRequestFormat, ABodyHasItsLength) {
    const auto text = format_request(
        {.method = Method::set_parameter, .url = "*", .cseq = 18'446'744'073'709'551'615U, .body = "a\r\nb"});
    EXPECT_EQ(text,
              "SET_PARAMETER * RTSP/1.0\r\nCSeq: 18446744073709551615\r\nContent-Length: 4\r\n\r\na\r\nb");
}

TEST(RtspRequestFormat, NothingEndsALineThatShouldNot) {
    const auto text = format_request({.method_name = "BR\nEW",
                                      .url = "rtsp://h/\r\nX: 1",
                                      .cseq = 1,
                                      .fields = {{"A\r\n", "b\r\nC: d"}, {"E", std::string{"f\0g", 3}}}});
    EXPECT_EQ(text, "BREW rtsp://h/X: 1 RTSP/1.0\r\nCSeq: 1\r\nA: bC: d\r\nE: fg\r\n\r\n");
}

TEST(RtspRequestFormat, EveryMethodHasItsName) {
    for (const auto method :
         {Method::options, Method::describe, Method::setup, Method::play, Method::pause, Method::teardown,
          Method::get_parameter, Method::set_parameter, Method::announce, Method::record, Method::redirect}) {
        EXPECT_NE(name_of(method), "");
        EXPECT_EQ(method_of(name_of(method)), method);
    }
    EXPECT_EQ(name_of(Method::unknown), "");
}

} // namespace
