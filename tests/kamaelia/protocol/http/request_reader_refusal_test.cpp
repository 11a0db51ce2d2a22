// What RequestReader refuses, and how.
#include "kamaelia/protocol/http/request_reader.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using namespace std::string_literals;
using namespace kamaelia::http;
using State = RequestReader::State;

struct Refused {
    Status status;
    std::string text;
};

// The status of the refusal, or 0. `step` bytes are fed at a time.
int status_of(std::string_view text, std::size_t step, const ReadLimits& limits = {}) {
    RequestReader reader{limits};
    while (!text.empty() && reader.state() == State::need_more)
        text.remove_prefix(reader.feed(text.substr(0, step)));
    if (reader.state() != State::failed) return 0;
    EXPECT_EQ(reader.feed("GET / HTTP/1.1\r\n\r\n"), 0U) << "a reader that failed uses nothing more";
    EXPECT_FALSE(reader.error().reason.empty());
    return static_cast<int>(reader.error().status);
}

template <std::size_t N>
void expect(const Refused (&cases)[N], const ReadLimits& limits = {}) {
    for (const Refused& c : cases) {
        const std::string shown = c.text.substr(0, 200);
        EXPECT_EQ(status_of(c.text, c.text.size(), limits), static_cast<int>(c.status)) << shown;
        EXPECT_EQ(status_of(c.text, 1, limits), static_cast<int>(c.status)) << "byte by byte: " << shown;
    }
}

std::string get(std::string_view fields) {
    return "GET / HTTP/1.1\r\nHost: h\r\n" + std::string{fields} + "\r\n\r\n";
}

std::string chunked(std::string_view body) {
    return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string{body};
}

TEST(RequestReaderRefuses, MalformedRequestLines) {
    const Refused cases[] = {
        {Status::bad_request, "GET /\r\n"}, // HTTP/0.9 waits for the answer now
        {Status::bad_request, "GET  / HTTP/1.1\r\n"},
        {Status::bad_request, "GET / HTTP/1.1 \r\n"},
        {Status::bad_request, "GET /a b HTTP/1.1\r\n"},
        {Status::bad_request, "GET / HTTX/1.1\r\n"},
        {Status::bad_request, "GET / http/1.1\r\n"},
        {Status::bad_request, "GET / HTTP/11\r\n"},
        {Status::bad_request, "GET / HTTP/1.10\r\n"},
        {Status::bad_request, "GET / HTTP/a.b\r\n"},
        {Status::bad_request, "GET\r\n"},
        {Status::bad_request, " GET / HTTP/1.1\r\n"},
        {Status::bad_request, "G(T / HTTP/1.1\r\n"},
        {Status::bad_request, "GET\t/ HTTP/1.1\r\n"},
        {Status::bad_request, "GET / HTTP/1.1\n"},
        {Status::bad_request, "GET / HTTP/1.1\rHost: h"},
        {Status::bad_request, "G\0T / HTTP/1.1\r\n"s},
        {Status::bad_request, "GET /\0 HTTP/1.1\r\n"s},
        {Status::bad_request, "\x16\x03\x01\x02"},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, OtherVersions) {
    const Refused cases[] = {
        {Status::version_not_supported, "GET / HTTP/0.9\r\n"},
        {Status::version_not_supported, "GET / HTTP/3.1\r\n"},
        {Status::version_not_supported, "GET / HTTP/2.0\r\n"},
        {Status::version_not_supported, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, UnknownMethods) {
    const Refused cases[] = {
        {Status::not_implemented, "BREW / HTTP/1.1\r\n"},
        {Status::not_implemented, "get / HTTP/1.1\r\n"},
        {Status::not_implemented, "GETT / HTTP/1.1\r\n"},
        {Status::not_implemented, "PROPFIND / HTTP/1.1\r\n"},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, MalformedFields) {
    const Refused cases[] = {
        {Status::bad_request, get("A : b")}, // RFC 9112 5.1
        {Status::bad_request, get("A")},
        {Status::bad_request, get(": b")},
        {Status::bad_request, get("A b: c")},
        {Status::bad_request, get("A\xC3\xA9: c")},
        {Status::bad_request, get("A: b\0c"s)},
        {Status::bad_request, get("A: b\x01")},
        {Status::bad_request, get("A: b\nC: d")},
        {Status::bad_request, get("A: b\rC: d")},
        {Status::bad_request, "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
        {Status::bad_request, get("Connection: \"")},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, AMissingOrDoubtfulHost) {
    const Refused cases[] = {
        {Status::bad_request, "GET / HTTP/1.1\r\n\r\n"},
        {Status::bad_request, "GET http://h/ HTTP/1.1\r\n\r\n"},
        {Status::bad_request, get("Host: h")},
        {Status::bad_request, get("host: i")},
        {Status::bad_request, "GET / HTTP/1.0\r\nHost: h\r\nHost: i\r\n\r\n"},
        {Status::bad_request, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"},
        {Status::bad_request, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {Status::bad_request, "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n"},
        {Status::bad_request, "GET / HTTP/1.1\r\nHost: <h>\r\n\r\n"},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, DoubtfulLengths) {
    const Refused cases[] = {
        {Status::bad_request, get("Content-Length: -1")},
        {Status::bad_request, get("Content-Length: +1")},
        {Status::bad_request, get("Content-Length:")},
        {Status::bad_request, get("Content-Length: 1 1")},
        {Status::bad_request, get("Content-Length: 0x1")},
        {Status::bad_request, get("Content-Length: 1,")},
        {Status::bad_request, get("Content-Length: 18446744073709551616")},
        {Status::bad_request, get("Content-Length: 1\r\nContent-Length: 2")},
        {Status::bad_request, get("Content-Length: 1, 2")},
        {Status::bad_request, get("Content-Length: 3\r\nTransfer-Encoding: chunked")},
        {Status::bad_request, get("Transfer-Encoding: chunked\r\nContent-Length: 3")},
        {Status::bad_request, get("Transfer-Encoding: gzip\r\nContent-Length: 3")},
        {Status::bad_request, get("Transfer-Encoding: gzip")},
        {Status::bad_request, get("Transfer-Encoding: chunked, gzip")},
        {Status::bad_request, get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")},
        {Status::bad_request, get("Transfer-Encoding: xchunked")},
        {Status::bad_request, get("Transfer-Encoding: \"chunked\"")},
        {Status::bad_request, get("Transfer-Encoding:")},
        {Status::bad_request, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {Status::not_implemented, get("Transfer-Encoding: gzip, chunked")},
        {Status::not_implemented, get("Transfer-Encoding: chunked, chunked")},
        {Status::not_implemented, get("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked")},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, UnknownExpectations) {
    const Refused cases[] = {
        {Status::expectation_failed, get("Expect: 200-ok")},
        {Status::expectation_failed, get("Expect: 100-continue, x")},
        {Status::expectation_failed, get("Expect: 100-continue\r\nExpect: x")},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, ChunksThatAreMalformedOrTooLarge) {
    const Refused cases[] = {
        {Status::bad_request, chunked("x\r\nabcde")},
        {Status::bad_request, chunked("1\r\nab\r\n0\r\n\r\n")},
        {Status::content_too_large, chunked("ffffffffffffffff\r\nabc")},
        {Status::content_too_large, chunked("8000\r\n" + std::string(0x8000, 'x') + "\r\n8001\r\nabc")},
    };
    expect(cases);
}

TEST(RequestReaderRefuses, WhatIsTooLarge) {
    std::string many_fields;
    for (int i = 0; i < 10'000; ++i) many_fields += "A:\r\n";
    const Refused cases[] = {
        {Status::uri_too_long, std::string(65536, 'a')},
        {Status::uri_too_long, "GET /" + std::string(8192, 'a') + " HTTP/1.1\r\n"},
        {Status::header_fields_too_large, "GET / HTTP/1.1\r\nA: " + std::string(1'000'000, 'a')},
        {Status::header_fields_too_large, "GET / HTTP/1.1\r\n" + many_fields},
        {Status::header_fields_too_large, get(many_fields.substr(0, std::size_t{99} * 4) + "A: b")},
        {Status::header_fields_too_large,
         get("A: b\r\n " + std::string(5000, 'a'))}, // Beast's own limit for folds
        {Status::content_too_large, get("Content-Length: 65537")},
        {Status::content_too_large, get("Content-Length: 2147483648")},
        {Status::content_too_large, get("Content-Length: 18446744073709551615")},
        {Status::header_fields_too_large, chunked("0\r\n" + many_fields)},
        {Status::header_fields_too_large, chunked("1;" + std::string(20'000, 'a'))},
        {Status::header_fields_too_large, chunked(std::string(20'000, '0'))},
    };
    expect(cases);
}

// Beast counts its header limit anew for what is left of each piece: fields that come one at a time
// would be without a limit.
TEST(RequestReaderRefuses, AnEndlessTrickleOfFields) {
    RequestReader reader{{.fields = 1'000'000}};
    reader.feed("GET / HTTP/1.1\r\nH");
    for (int i = 0; i < 100'000 && reader.state() == State::need_more; ++i) reader.feed("ost: h\r\nH");
    ASSERT_EQ(reader.state(), State::failed);
    EXPECT_EQ(reader.error().status, Status::header_fields_too_large);
}

} // namespace
