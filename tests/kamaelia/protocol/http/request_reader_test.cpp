#include "kamaelia/protocol/http/request_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace kamaelia::http;
using State = RequestReader::State;

Request read(std::string_view text) {
    RequestReader reader;
    EXPECT_EQ(reader.feed(text), text.size()) << text;
    if (reader.state() == State::failed) ADD_FAILURE() << text << ": " << reader.error().reason;
    if (reader.state() != State::complete) {
        ADD_FAILURE() << "incomplete: " << text;
        return {};
    }
    return reader.take();
}

TEST(RequestReader, ReadsARequest) {
    const Request request = read("GET /media/a%20b.ogg?x HTTP/1.1\r\n"
                                 "Host: example.org:8000\r\n"
                                 "User-Agent:   Lavf/59.27.100\t\r\n"
                                 "Range: bytes=0-\r\n"
                                 "Empty:\r\n"
                                 "\r\n");
    EXPECT_EQ(request.method, Method::get);
    EXPECT_EQ(request.target, "/media/a%20b.ogg?x");
    EXPECT_FALSE(request.http_1_0);
    EXPECT_TRUE(request.keep_alive);
    EXPECT_EQ(request.fields.size(), 4U);
    EXPECT_EQ(request.field("host"), "example.org:8000");
    EXPECT_EQ(request.field("USER-AGENT"), "Lavf/59.27.100");
    EXPECT_EQ(request.field("Range"), "bytes=0-");
    EXPECT_EQ(request.field("Empty"), "");
    EXPECT_EQ(request.field("If-Range"), std::nullopt);
}

TEST(RequestReader, GivesNoValueForARepeatedField) {
    const Request request = read("GET / HTTP/1.1\r\nHost: h\r\nRange: bytes=0-1\r\nrange: bytes=2-3\r\n\r\n");
    EXPECT_EQ(request.field("Range"), std::nullopt);
    EXPECT_EQ(request.fields[2].value, "bytes=2-3");
}

TEST(RequestReader, KnowsTheMethods) {
    const std::pair<std::string, Method> methods[] = {
        {"GET", Method::get},         {"HEAD", Method::head},      {"POST", Method::post},
        {"PUT", Method::put},         {"DELETE", Method::delete_}, {"CONNECT", Method::connect},
        {"OPTIONS", Method::options}, {"TRACE", Method::trace},    {"PATCH", Method::patch},
        {"SOURCE", Method::source},
    };
    for (const auto& [name, method] : methods)
        EXPECT_EQ(read(name + " /a HTTP/1.1\r\nHost: h\r\n\r\n").method, method) << name;
}

TEST(RequestReader, TakesEveryFormOfTargetAndEveryHost) {
    for (const std::string target : {"*", "http://h/a", "h:80", "/caf\xC3\xA9", "/a%zz", "/../a"})
        EXPECT_EQ(read("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").target, target);
    for (const std::string host :
         {"", "example.org", "127.0.0.1:8000", "[::1]:8000", "a-b_c.example", "a%20b"})
        EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").field("Host"), host);
}

TEST(RequestReader, DecidesWhetherTheConnectionStays) {
    const std::pair<std::string, bool> cases[] = {
        {"HTTP/1.1\r\nHost: h\r\n", true},
        {"HTTP/1.1\r\nHost: h\r\nConnection: close\r\n", false},
        {"HTTP/1.1\r\nHost: h\r\nConnection: foo, Close\r\n", false},
        {"HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\nConnection: close\r\n", false},
        {"HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n", true},
        {"HTTP/1.0\r\n", false},
        {"HTTP/1.0\r\nConnection: Keep-Alive\r\n", true},
        {"HTTP/1.0\r\nConnection: keep-alive, close\r\n", false},
        {"HTTP/1.0\r\nConnection: foo\r\n", false},
    };
    for (const auto& [text, keep_alive] : cases)
        EXPECT_EQ(read("GET / " + text + "\r\n").keep_alive, keep_alive) << text;
}

TEST(RequestReader, TakesALaterMinorVersionFor11) {
    for (const std::string version : {"HTTP/1.2", "HTTP/1.9"}) {
        const auto request = read("GET /a " + version + "\r\nHost: h\r\n\r\n");
        EXPECT_EQ(request.target, "/a");
        EXPECT_FALSE(request.http_1_0);
        EXPECT_TRUE(request.keep_alive);
    }
}

TEST(RequestReader, NeedsNoHostFromHttp10) { EXPECT_TRUE(read("GET / HTTP/1.0\r\n\r\n").http_1_0); }

TEST(RequestReader, ReadsFoldedFields) {
    EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\t c\r\n\r\n").field("A"), "b c"); // RFC 9112 5.2
}

TEST(RequestReader, WaitsForTheEndOfTheHead) {
    RequestReader reader;
    EXPECT_FALSE(reader.started());
    EXPECT_EQ(reader.feed(""), 0U);
    reader.feed("\r\n");
    EXPECT_FALSE(reader.started()) << "an empty line is no request";
    for (const char c : std::string_view{"GET / HTTP/1.1\r\nHost: h\r\n\r"}) {
        EXPECT_EQ(reader.feed({&c, 1}), 1U);
        EXPECT_EQ(reader.state(), State::need_more);
        EXPECT_TRUE(reader.started());
    }
    EXPECT_EQ(reader.feed("\n"), 1U);
    EXPECT_EQ(reader.state(), State::complete);
    EXPECT_EQ(reader.take().target, "/");
    EXPECT_EQ(reader.state(), State::need_more);
    EXPECT_FALSE(reader.started());
}

TEST(RequestReader, LeavesPipelinedRequestsToTheCaller) {
    std::string_view rest =
        "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
        "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nGET"
        "POST /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n0\r\n\r\n"
        "GET /4 HTTP/1.1\r\nHost: h\r\n\r\nGET /5";
    RequestReader reader;
    for (const std::string_view target : {"/1", "/2", "/3", "/4"}) {
        rest.remove_prefix(reader.feed(rest));
        ASSERT_EQ(reader.state(), State::complete) << target;
        EXPECT_EQ(reader.feed(rest), 0U) << "nothing is used before the request is taken";
        EXPECT_EQ(reader.take().target, target);
    }
    EXPECT_EQ(rest, "GET /5");
    EXPECT_EQ(reader.feed(rest), 6U);
    EXPECT_EQ(reader.state(), State::need_more);
}

TEST(RequestReader, ReadsAThousandPipelinedRequests) {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    std::string_view rest = all;
    RequestReader reader;
    for (int i = 0; i < 1000; ++i) {
        rest.remove_prefix(reader.feed(rest));
        ASSERT_EQ(reader.state(), State::complete);
        EXPECT_EQ(reader.take().target, '/' + std::to_string(i));
    }
    EXPECT_TRUE(rest.empty());
}

TEST(RequestReader, ThrowsBodiesAway) {
    const std::string head = "GET /a HTTP/1.1\r\nHost: h\r\n";
    for (const std::string body :
         {"Content-Length: 0\r\n\r\n", "Content-Length: 5\r\n\r\n\r\n\r\nx", "Content-Length: 2, 2\r\n\r\nab",
          "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "Transfer-Encoding: Chunked\r\n\r\n5;a=\"b\"\r\n0\r\n\r\n\r\n00A\r\n0123456789\r\n00;x\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nHost: again\r\nA: b\r\n\r\n"}) {
        const Request request = read(head + body);
        EXPECT_EQ(request.target, "/a");
        EXPECT_EQ(request.field("Host"), "h");
        EXPECT_EQ(request.field("A"), std::nullopt) << "a trailer field is none of the head's";
        EXPECT_TRUE(request.keep_alive);
    }
}

TEST(RequestReader, WaitsForTheEndOfABody) {
    const std::string text = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3\r\nabc\r\n0;e\r\nT: v\r\n\r\n";
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        RequestReader reader;
        EXPECT_EQ(reader.feed(text.substr(0, cut)), cut);
        ASSERT_EQ(reader.state(), State::need_more) << cut;
        EXPECT_EQ(reader.feed(text.substr(cut) + "GET"), text.size() - cut);
        ASSERT_EQ(reader.state(), State::complete) << cut;
    }
}

TEST(RequestReader, GoesOnToTheBodyThatWaitsForA100) {
    std::string_view rest =
        "GET /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabcGET /b";
    RequestReader reader;
    rest.remove_prefix(reader.feed(rest));
    ASSERT_EQ(reader.state(), State::wants_continue);
    EXPECT_EQ(reader.feed(rest), 0U);
    EXPECT_EQ(reader.request().target, "/a");
    reader.proceed();
    ASSERT_EQ(reader.state(), State::need_more);
    rest.remove_prefix(reader.feed(rest));
    ASSERT_EQ(reader.state(), State::complete);
    EXPECT_TRUE(reader.take().keep_alive);
    EXPECT_EQ(rest, "GET /b");

    reader = RequestReader{{.body = 3}};
    reader.feed("GET /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    ASSERT_EQ(reader.state(), State::wants_continue);
    reader.proceed();
    ASSERT_EQ(reader.state(), State::failed);
    EXPECT_EQ(reader.error().status, Status::content_too_large);
}

TEST(RequestReader, CanDoWithoutTheBodyThatWaitsForA100) {
    std::string_view rest =
        "PUT /a HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 1000000\r\n\r\nabc";
    RequestReader reader;
    rest.remove_prefix(reader.feed(rest));
    ASSERT_EQ(reader.state(), State::wants_continue);
    EXPECT_EQ(rest, "abc");
    EXPECT_FALSE(reader.take().keep_alive) << "what follows may be the body or the next request";

    EXPECT_TRUE(read("GET /a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n").keep_alive);
    EXPECT_TRUE(read("GET / HTTP/1.0\r\nExpect: x\r\n\r\n").http_1_0);
    EXPECT_TRUE(read("POST / HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n"
                     "Content-Length: 1\r\n\r\nx")
                    .keep_alive)
        << "HTTP/1.0 knows no expectations";
}

TEST(RequestReader, TakesWhatIsExactlyAtTheLimits) {
    const std::string head = "POST /abc HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n";
    RequestReader reader{{.request_line = 18, .head = head.size(), .fields = 2, .body = 4}};
    reader.feed(head + "abcd");
    EXPECT_EQ(reader.state(), State::complete);
}

TEST(RequestReader, TakesTheCookiesOfABrowser) {
    const std::string cookie(12'000, 'c');
    EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: h\r\nCookie: " + cookie + "\r\n\r\n").field("Cookie"), cookie);
}

TEST(RequestReader, TakesABodyFarLargerThanAHead) {
    RequestReader reader;
    reader.feed("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "3e8\r\n" + std::string(1000, 'x') + "\r\n";
    for (int i = 0; i < 65; ++i) reader.feed(chunk);
    EXPECT_EQ(reader.state(), State::need_more);
    reader.feed("0\r\n\r\n");
    EXPECT_EQ(reader.state(), State::complete);
}

} // namespace
