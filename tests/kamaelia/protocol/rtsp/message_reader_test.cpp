#include "kamaelia/protocol/rtsp/message_reader.hpp"

#include "tests/kamaelia/protocol/rtsp/incoming.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace {

using namespace std::string_literals;
using namespace kamaelia::rtsp;

// What comes out, the same at every split.
std::string read(const std::string& input) {
    std::string whole = read_all(input, input.size());
    for (const std::size_t step : {1U, 2U, 3U, 7U})
        EXPECT_EQ(read_all(input, step), whole) << "in steps of " << step;
    return whole;
}

TEST(RtspMessageReader, ReadsARequest) {
    MessageReader reader;
    std::string_view bytes = "SETUP rtsp://127.0.0.1:18554/file/trackID=0 RTSP/1.0\r\n"
                             "Transport:  RTP/AVP/TCP;unicast;interleaved=0-1\t\r\n"
                             "CSeq: 3\r\n"
                             "Empty:\r\n"
                             "\r\n";
    const auto message = reader.next(bytes);
    ASSERT_TRUE(message && std::holds_alternative<Request>(*message));
    const auto& request = std::get<Request>(*message);
    EXPECT_EQ(request.method, Method::setup);
    EXPECT_EQ(request.method_name, "SETUP");
    EXPECT_EQ(request.url, "rtsp://127.0.0.1:18554/file/trackID=0");
    EXPECT_EQ(request.cseq, 3U);
    EXPECT_EQ(request.field("transport"), "RTP/AVP/TCP;unicast;interleaved=0-1");
    EXPECT_TRUE(request.has("Empty"));
    EXPECT_FALSE(request.has("Session"));
    EXPECT_EQ(request.body, "");
    EXPECT_TRUE(bytes.empty());
}

TEST(RtspMessageReader, KnowsTheMethods) {
    const std::pair<std::string, Method> methods[] = {
        {"OPTIONS", Method::options},
        {"DESCRIBE", Method::describe},
        {"SETUP", Method::setup},
        {"PLAY", Method::play},
        {"PAUSE", Method::pause},
        {"TEARDOWN", Method::teardown},
        {"GET_PARAMETER", Method::get_parameter},
        {"SET_PARAMETER", Method::set_parameter},
        {"ANNOUNCE", Method::announce},
        {"RECORD", Method::record},
        {"REDIRECT", Method::redirect},
        {"options", Method::unknown},
        {"PLAY_NOTIFY", Method::unknown},
    };
    for (const auto& [name, method] : methods) {
        MessageReader reader;
        const std::string text = name + " * RTSP/1.0\r\nCSeq: 1\r\n\r\n";
        std::string_view bytes = text;
        const auto message = reader.next(bytes);
        ASSERT_TRUE(message && std::holds_alternative<Request>(*message)) << name;
        EXPECT_EQ(std::get<Request>(*message).method, method) << name;
    }
}

// The requests of facts about clients: ffmpeg, mpv, GStreamer, openRTSP, Debian's VLC.
TEST(RtspMessageReader, ReadsWhatPlayersSend) {
    EXPECT_EQ(
        read("OPTIONS rtsp://127.0.0.1:18554/file RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Lavf59.27.100\r\n\r\n"
             "DESCRIBE rtsp://127.0.0.1:18554/file RTSP/1.0\r\nAccept: application/sdp\r\nCSeq: 2\r\n"
             "User-Agent: libmpv\r\n\r\n"
             "PLAY rtsp://127.0.0.1:18554/file/ RTSP/1.0\r\nRange: npt=0.000-\r\nCSeq: 4\r\nSession: "
             "Ab\r\n\r\n"
             "GET_PARAMETER rtsp://127.0.0.1:18554/file/ RTSP/1.0\r\nCSeq: 5\r\nSession: Ab\r\n\r\n"
             "TEARDOWN rtsp://127.0.0.1:18554/file/ RTSP/1.0\r\nCSeq: 6\r\nSession: Ab\r\n\r\n"),
        "OPTIONS rtsp://127.0.0.1:18554/file #1 CSeq=1 User-Agent=Lavf59.27.100\n"
        "DESCRIBE rtsp://127.0.0.1:18554/file #2 Accept=application/sdp CSeq=2 User-Agent=libmpv\n"
        "PLAY rtsp://127.0.0.1:18554/file/ #4 Range=npt=0.000- CSeq=4 Session=Ab\n"
        "GET_PARAMETER rtsp://127.0.0.1:18554/file/ #5 CSeq=5 Session=Ab\n"
        "TEARDOWN rtsp://127.0.0.1:18554/file/ #6 CSeq=6 Session=Ab\n");
    EXPECT_EQ(
        read("SETUP rtsp://h/file RTSP/1.0\r\nCSeq: 0\r\nTransport: RTP/AVP;unicast;client_port=9306-9307\r\n"
             "\r\nOPTIONS rtsp://h:8554 RTSP/1.0\r\nUser-Agent: RealMedia Player\r\nCSeq: 1\r\n\r\n"),
        "SETUP rtsp://h/file #0 CSeq=0 Transport=RTP/AVP;unicast;client_port=9306-9307\n"
        "OPTIONS rtsp://h:8554 #1 User-Agent=RealMedia Player CSeq=1\n");
}

TEST(RtspMessageReader, ReadsBodies) {
    EXPECT_EQ(
        read("SET_PARAMETER rtsp://h/a RTSP/1.0\r\nCSeq: 7\r\nContent-Length: 12\r\n\r\na: b\r\n\r\n$x\r\n"
             "OPTIONS * RTSP/1.0\r\nCSeq: 8\r\nContent-Length: 0\r\n\r\n"),
        "SET_PARAMETER rtsp://h/a #7 CSeq=7 Content-Length=12 body=a: b\r\n\r\n$x\r\n\n"
        "OPTIONS * #8 CSeq=8 Content-Length=0\n");
    EXPECT_EQ(read("OPTIONS * RTSP/1.0\r\nCSeq: 8\r\nContent-Length: 3\r\ncontent-length:  03\r\n\r\nabc"),
              "OPTIONS * #8 CSeq=8 Content-Length=3 content-length=03 body=abc\n");
}

TEST(RtspMessageReader, ReadsReplies) {
    EXPECT_EQ(read("RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 5\r\n\r\nv=0\r\n"
                   "RTSP/1.0 404 Not Found Here\r\nCSeq: 3\r\n\r\n"
                   "RTSP/1.0 503\r\n\r\n"
                   "RTSP/1.0 250 \r\nCSeq: x\r\n\r\n"
                   "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n"),
              "reply 200 'OK' #2 CSeq=2 Content-Length=5 body=v=0\r\n\n"
              "reply 404 'Not Found Here' #3 CSeq=3\n"
              "reply 503 '' #-\n"
              "reply 250 '' #- CSeq=x\n"
              "OPTIONS * #1 CSeq=1\n");
}

TEST(RtspMessageReader, ReadsFramesBetweenMessages) {
    EXPECT_EQ(read("$\0\0\0"s + "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" + "$\x07\0\3abc"s +
                   "$\xFF\0\x09OPTIONS *"s + "\r\n$\1\0\1$"s + "OPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n"),
              "frame 0 \n"
              "OPTIONS * #1 CSeq=1\n"
              "frame 7 abc\n"
              "frame 255 OPTIONS *\n"
              "frame 1 $\n"
              "OPTIONS * #2 CSeq=2\n");
    const std::string largest(65535, 'x');
    EXPECT_EQ(read_all("$\1\xFF\xFF" + largest, 1000), "frame 1 " + largest + '\n');
    EXPECT_EQ(read_all("$\1\xFF\xFF" + largest, 70000), "frame 1 " + largest + '\n');
}

TEST(RtspMessageReader, NeverFindsAFrameInsideAMessage) {
    EXPECT_EQ(read("OPTIONS * RTSP/1.0\r\n$: \0\0\0"s), "refused 400 #- ends\n");
    EXPECT_EQ(read("OPTIONS * RTSP/1.0\r\n$: a\r\nCSeq: 1\r\n\r\n"), "OPTIONS * #1 $=a CSeq=1\n");
}

TEST(RtspMessageReader, LeavesAWholeFrameWhereItIs) {
    MessageReader reader;
    const std::string text = "$\1\0\3abc$\1\0\3de"s;
    std::string_view bytes = text;
    const auto message = reader.next(bytes);
    ASSERT_TRUE(message && std::holds_alternative<Frame>(*message));
    EXPECT_EQ(std::get<Frame>(*message).payload.data(), text.data() + 4);
    EXPECT_FALSE(reader.next(bytes).has_value());
}

// RFC 2326 4, and what people type into netcat.
TEST(RtspMessageReader, TakesLinesThatEndInALineFeedAlone) {
    EXPECT_EQ(read("OPTIONS * RTSP/1.0\nCSeq: 1\n\nOPTIONS * RTSP/1.0\r\nCSeq: 2\n\r\n"),
              "OPTIONS * #1 CSeq=1\nOPTIONS * #2 CSeq=2\n");
}

TEST(RtspMessageReader, SkipsEmptyLinesBetweenMessages) {
    EXPECT_EQ(
        read("\r\n\nOPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n\r\n\r\nOPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n"),
        "OPTIONS * #1 CSeq=1\nOPTIONS * #2 CSeq=2\n");
}

TEST(RtspMessageReader, JoinsFoldedLines) {
    EXPECT_EQ(read("OPTIONS * RTSP/1.0\r\nRequire: a,\r\n\t b \r\n  \r\n c\r\nCSeq:\r\n 1\r\n\r\n"),
              "OPTIONS * #1 Require=a, b c CSeq=1\n");
}

TEST(RtspMessageReader, ReadsAThousandPipelinedRequests) {
    std::string input;
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        input += "PAUSE rtsp://h/a RTSP/1.0\r\nCSeq: " + std::to_string(i) + "\r\n\r\n";
        expected += "PAUSE rtsp://h/a #" + std::to_string(i) + " CSeq=" + std::to_string(i) + '\n';
    }
    EXPECT_EQ(read(input), expected);
}

TEST(RtspMessageReader, IsSmallWhileNothingComes) { EXPECT_LT(sizeof(MessageReader), 100U); }

} // namespace
