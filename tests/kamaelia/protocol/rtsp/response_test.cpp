#include "kamaelia/protocol/rtsp/response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <string>

namespace {

using namespace kamaelia::rtsp;
using namespace std::chrono_literals;
using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::chrono::sys_seconds date{784111777s};

TEST(RtspResponse, AnswersDescribe) {
    EXPECT_EQ(format_response({.cseq = 2,
                               .date = date,
                               .content_base = "rtsp://127.0.0.1:18554/file/",
                               .content_type = "application/sdp",
                               .body = "v=0\r\n"}),
              "RTSP/1.0 200 OK\r\n"
              "CSeq: 2\r\n"
              "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Server: kamaelia\r\n"
              "Content-Base: rtsp://127.0.0.1:18554/file/\r\n"
              "Content-Type: application/sdp\r\n"
              "Content-Length: 5\r\n"
              "\r\n"
              "v=0\r\n");
}

TEST(RtspResponse, AnswersSetupAndPlay) {
    const std::string setup =
        format_response({.cseq = 0, .session = "No_kfR6AwGtlW9la", .timeout = 12s, .transport = "RTP/AVP"});
    EXPECT_THAT(setup, StartsWith("RTSP/1.0 200 OK\r\nCSeq: 0\r\n"));
    EXPECT_THAT(setup, HasSubstr("\r\nSession: No_kfR6AwGtlW9la;timeout=12\r\n"));
    EXPECT_THAT(setup, HasSubstr("\r\nTransport: RTP/AVP\r\n"));

    const std::string play = format_response({.cseq = 4,
                                              .timestamp = "12.5",
                                              .session = "No",
                                              .range = "npt=0-30",
                                              .rtp_info = "url=a;seq=1;rtptime=2",
                                              .scale = "1",
                                              .speed = "1"});
    for (const char* const line : {"Timestamp: 12.5", "Session: No", "Range: npt=0-30",
                                   "RTP-Info: url=a;seq=1;rtptime=2", "Scale: 1", "Speed: 1"})
        EXPECT_THAT(play, HasSubstr("\r\n" + std::string{line} + "\r\n"));
}

TEST(RtspResponse, SaysWhatIsOffered) {
    const std::string methods =
        "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER\r\n";
    EXPECT_THAT(format_response({.public_methods = true}), HasSubstr("\r\nPublic: " + methods));
    const std::string refusal =
        format_response({.status = Status::option_not_supported, .unsupported = "a, b"});
    EXPECT_THAT(refusal, StartsWith("RTSP/1.0 551 Option not supported\r\n"));
    EXPECT_THAT(refusal, HasSubstr("\r\nUnsupported: a, b\r\n"));
    const std::string challenge =
        format_response({.status = Status::unauthorized, .www_authenticate = {"A x", "B y"}});
    EXPECT_THAT(challenge, HasSubstr("\r\nWWW-Authenticate: A x\r\nWWW-Authenticate: B y\r\n"));
}

TEST(RtspResponse, LeavesOutWhatIsNotSet) {
    EXPECT_EQ(
        format_response({.status = Status::session_not_found, .date = date}),
        "RTSP/1.0 454 Session Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: kamaelia\r\n\r\n");
    EXPECT_THAT(format_response({.timeout = 60s}), Not(HasSubstr("timeout")));
    EXPECT_THAT(format_response({.close = true}), HasSubstr("\r\nConnection: close\r\n"));
}

TEST(RtspResponse, EchoesTheLargestNumber) {
    EXPECT_THAT(format_response({.cseq = std::numeric_limits<std::uint64_t>::max()}),
                HasSubstr("\r\nCSeq: 18446744073709551615\r\n"));
}

TEST(RtspResponse, NothingEndsALineThatShouldNot) {
    EXPECT_THAT(format_response({.unsupported = "a\r\nSession: x\0y\x7F"s}),
                HasSubstr("\r\nUnsupported: aSession: xy\r\n"));
}

TEST(RtspResponse, AnswersRefusalsInTheirOwnProtocol) {
    EXPECT_EQ(format_refusal({.status = Status::version_not_supported, .cseq = 7, .ends = false}, date),
              "RTSP/1.0 505 RTSP Version not supported\r\nCSeq: 7\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Server: kamaelia\r\n\r\n");
    EXPECT_EQ(format_refusal({.status = Status::bad_request}, date),
              "RTSP/1.0 400 Bad Request\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: kamaelia\r\n"
              "Connection: close\r\n\r\n");
    EXPECT_EQ(format_refusal({.status = Status::not_implemented, .http = true}, date),
              "HTTP/1.0 501 Not Implemented\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: kamaelia\r\n"
              "Connection: close\r\nContent-Length: 0\r\n\r\n");
}

} // namespace
