// What MessageReader refuses, how, and whether the connection goes on.
#include "kamaelia/protocol/rtsp/message_reader.hpp"

#include "tests/kamaelia/protocol/rtsp/incoming.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace std::string_literals;
using namespace kamaelia::rtsp;

constexpr std::string_view next_request = "OPTIONS * RTSP/1.0\r\nCSeq: 99\r\n\r\n";
constexpr std::string_view its_line = "OPTIONS * #99 CSeq=99\n";

struct Case {
    std::string refusal;
    std::string input;
};

// Another request follows: it is read if, and only if, the refusal does not end the connection.
template <std::size_t N>
void expect(const Case (&cases)[N], const ReadLimits& limits = {}) {
    for (const Case& c : cases) {
        const std::string input = c.input + std::string{next_request};
        const std::string expected =
            "refused " + c.refusal + '\n' + (c.refusal.ends_with("ends") ? "" : std::string{its_line});
        const std::string shown = c.input.substr(0, 200);
        EXPECT_EQ(read_all(input, input.size(), limits), expected) << shown;
        EXPECT_EQ(read_all(input, 1, limits), expected) << "byte by byte: " << shown;
    }
}

std::string options(std::string_view fields) {
    return "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n" + std::string{fields} + "\r\n\r\n";
}

TEST(RtspMessageRefusal, AMissingOrOddCSeqLetsTheConnectionGoOn) {
    const Case cases[] = {
        {"400 #-", "OPTIONS * RTSP/1.0\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq:\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq: -1\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq: +1\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq: 1 2\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq: 1.0\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq: one\r\n\r\n"},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nCSeq: 18446744073709551616\r\n\r\n"},
        {"400 #-", options("CSeq: 1")},
        {"400 #-", options("CSeq: 2")},
        {"400 #-", "OPTIONS * RTSP/1.0\r\nContent-Length: 3\r\n\r\nabc"},
    };
    expect(cases);
    EXPECT_EQ(read_all("OPTIONS * RTSP/1.0\r\nCSeq: 18446744073709551615\r\n\r\n", 100),
              "OPTIONS * #18446744073709551615 CSeq=18446744073709551615\n");
}

TEST(RtspMessageRefusal, OtherVersionsLetTheConnectionGoOn) {
    const Case cases[] = {
        {"505 #5", "OPTIONS * RTSP/2.0\r\nCSeq: 5\r\n\r\n"},
        {"505 #5", "PLAY_NOTIFY rtsp://h/a RTSP/2.0\r\nCSeq: 5\r\nContent-Length: 2\r\n\r\nab"},
        {"505 #-", "OPTIONS * RTSP/2.0\r\n\r\n"},
        {"505 #5", "OPTIONS * RTSP/1.1\r\nCSeq: 5\r\n\r\n"},
        {"505 #5", "OPTIONS * RTSP/10.0\r\nCSeq: 5\r\n\r\n"},
        {"505 #5", "OPTIONS * RTSP/01.0\r\nCSeq: 5\r\n\r\n"},
        {"505 #5", "RTSP/2.0 200 OK\r\nCSeq: 5\r\n\r\n"},
    };
    expect(cases);
}

TEST(RtspMessageRefusal, MalformedStartLinesEnd) {
    const Case cases[] = {
        {"400 #- ends", "OPTIONS\r\n"},
        {"400 #- ends", "OPTIONS *\r\n"},
        {"400 #- ends", "OPTIONS  RTSP/1.0\r\n"},
        {"400 #- ends", "OPTIONS * RTSP/1.0 \r\n"},
        {"400 #- ends", "OPTIONS * RTSP/1\r\n"},
        {"400 #- ends", "OPTIONS * RTSP/1.\r\n"},
        {"400 #- ends", "OPTIONS * RTSP/.0\r\n"},
        {"400 #- ends", "OPTIONS * RTSP/1.0.0\r\n"},
        {"400 #- ends", "OPTIONS * rtsp/1.0\r\n"},
        {"400 #- ends", "OPTIONS * RTSPX1.0\r\n"},
        {"400 #- ends", "OPTIONS * SIP/2.0\r\n"},
        {"400 #- ends", " OPTIONS * RTSP/1.0\r\n"},
        {"400 #- ends", "OPT(IONS * RTSP/1.0\r\n"},
        {"400 #- ends", "OPTIONS\t* RTSP/1.0\r\n"},
        {"400 #- ends", "RTSP/1.0\r\n"},
        {"400 #- ends", "RTSP/1.0 20\r\n"},
        {"400 #- ends", "RTSP/1.0 099 x\r\n"},
        {"400 #- ends", "RTSP/1.0 600 x\r\n"},
        {"400 #- ends", "RTSP/1.0 2000 OK\r\n"},
        {"400 #- ends", "RTSP/1.0  200 OK\r\n"},
        {"400 #- ends", "RTSP/1 200 OK\r\n"},
    };
    expect(cases);
}

TEST(RtspMessageRefusal, MalformedFieldsEnd) {
    const Case cases[] = {
        {"400 #- ends", options("A")},
        {"400 #- ends", options(": b")},
        {"400 #- ends", options("A : b")},
        {"400 #- ends", options("A b: c")},
        {"400 #- ends", options("A\xC3\xA9: c")},
        {"400 #- ends", "OPTIONS * RTSP/1.0\r\n CSeq: 1\r\n\r\n"},
    };
    expect(cases);
}

TEST(RtspMessageRefusal, ControlCharactersEnd) {
    const Case cases[] = {
        {"400 #- ends", "OPT\0IONS * RTSP/1.0\r\n"s},
        {"400 #- ends", "OPTIONS rtsp://h/\0 RTSP/1.0\r\n"s},
        {"400 #- ends", "OPTIONS * RTSP/1.0\r\nCSeq: 1\0\r\n\r\n"s},
        {"400 #- ends", options("A: b\0c"s)},
        {"400 #- ends", options("A: \x1B[2J")},
        {"400 #- ends", options("A: \x7F")},
        {"400 #- ends", "\x16\x03\x01\x02"}, // a TLS hello
        {"400 #- ends", "OPTIONS * RTSP/1.0\rCSeq: 1\r\r"},
        {"400 #- ends", "OPTIONS * RTSP/1.0\r\r\n"},
        {"400 #- ends", "\r\r"},
    };
    expect(cases);
}

TEST(RtspMessageRefusal, DoubtfulLengthsEnd) {
    const Case cases[] = {
        {"400 #1 ends", options("Content-Length: -1")},
        {"400 #1 ends", options("Content-Length: +1")},
        {"400 #1 ends", options("Content-Length:")},
        {"400 #1 ends", options("Content-Length: 1 0")},
        {"400 #1 ends", options("Content-Length: \"10 \"")},
        {"400 #1 ends", options("Content-Length: 0x10")},
        {"400 #1 ends", options("Content-Length: 3, 3")},
        {"400 #1 ends", options("Content-Length: 18446744073709551616")},
        {"400 #1 ends", options("Content-Length: 3\r\nContent-Length: 4")},
        {"400 #1 ends", options("Transfer-Encoding: chunked")},
        {"413 #1 ends", options("Content-Length: 65537")},
        {"413 #1 ends", options("Content-Length: 2147483648")},
        {"413 #1 ends", options("Content-Length: 4294967296")},
        {"413 #1 ends", options("Content-Length: 18446744073709551615")},
    };
    expect(cases);
}

TEST(RtspMessageRefusal, WhatIsTooLargeEnds) {
    std::string many_fields;
    for (int i = 0; i < 10'000; ++i) many_fields += "A:\r\n";
    const Case cases[] = {
        {"414 #- ends", std::string(65536, 'a')},
        {"414 #- ends", "OPTIONS rtsp://h/" + std::string(8192, 'a') + " RTSP/1.0\r\n"},
        {"400 #- ends", options("A: " + std::string(1'000'000, 'a'))},
        {"400 #- ends", options(many_fields)},
        {"400 #- ends", options(many_fields.substr(0, std::size_t{99} * 4) + "A: b")},
    };
    expect(cases);
    std::string empty_lines;
    for (int i = 0; i < 20'000; ++i) empty_lines += "\r\n";
    EXPECT_EQ(read_all(empty_lines, empty_lines.size()), "refused 400 #- ends\n");
}

TEST(RtspMessageRefusal, LimitsAreExact) {
    constexpr ReadLimits limits{.start_line = 18, .head = 27, .fields = 2, .body = 3};
    const std::string fits = "OPTIONS * RTSP/1.0\r\nA:\r\nC:1\r\n\r\n";
    EXPECT_EQ(read_all(fits, 1, limits), "refused 400 #-\n");
    const Case cases[] = {
        {"414 #- ends", "OPTIONS ** RTSP/1.0\r\n"},
        {"400 #- ends", "OPTIONS * RTSP/1.0\r\nA:\r\nC:12\r\n\r\n"},
    };
    expect(cases, limits);
    std::string fields;
    for (int i = 0; i < 99; ++i) fields += "\r\nA:";
    EXPECT_EQ(read_all(options(fields.substr(2)), 1).substr(0, 9), "OPTIONS *");
    EXPECT_EQ(read_all(options(fields.substr(2) + "\r\nA:"), 1), "refused 400 #- ends\n");
    constexpr ReadLimits small_body{.body = 3};
    EXPECT_EQ(read_all(options("Content-Length: 3") + "abc", 1, small_body),
              "OPTIONS * #1 CSeq=1 Content-Length=3 body=abc\n");
    EXPECT_EQ(read_all(options("Content-Length: 4") + "abcd", 1, small_body), "refused 413 #1 ends\n");
}

// VLC's retry when it is refused over RTSP, and a browser.
TEST(RtspMessageRefusal, HttpEnds) {
    const Case cases[] = {
        {"501 #- http ends",
         "GET /file HTTP/1.0\r\nx-sessioncookie: a\r\nAccept: application/x-rtsp-tunnelled\r\n\r\n"},
        {"501 #- http ends", "POST /file HTTP/1.0\r\nContent-Length: 32767\r\n\r\n"},
        {"501 #- http ends", "GET / HTTP/1.1\r\nHost: h:8554\r\n\r\n"},
    };
    expect(cases);
}

} // namespace
