// Inputs that broke other servers, as one table over a whole server: each gets its status, or none, and a
// neighbour does not notice.
#include "axon/testing/rig.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/protocol/http/http_server.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::testing::Rig;
using kamaelia::HTTPServer;
using kamaelia::SimpleServer;
using kamaelia::testing::MemoryClient;
using kamaelia::testing::MemoryNetwork;

constexpr const char* address = "192.0.2.1";

std::string repeat(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

std::string get(std::string_view target, std::string_view fields = "") {
    return "GET " + std::string{target} + " HTTP/1.1\r\nHost: h\r\n" + std::string{fields} + "\r\n";
}

std::string post(std::string_view fields, std::string_view body) {
    return "GET /media/a.ogg HTTP/1.1\r\nHost: h\r\n" + std::string{fields} + "\r\n" + std::string{body};
}

std::string with_nul(std::string text) {
    text[text.find('@')] = '\0';
    return text;
}

// The statuses of the answers to GETs, "200 404"; what is none is shown.
std::string statuses(std::string_view heard) {
    std::string list;
    while (!heard.empty()) {
        const auto end = heard.find("\r\n\r\n");
        if (!heard.starts_with("HTTP/1.1 ") || end == std::string_view::npos)
            return list + "?" + std::string{heard};
        const auto head = heard.substr(0, end + 2);
        const auto status = head.substr(9, 3);
        list += (list.empty() ? "" : " ") + std::string{status};
        heard.remove_prefix(end + 4);
        constexpr std::string_view name = "\r\nContent-Length: ";
        const auto at = head.find(name);
        if (at == std::string_view::npos) continue;
        const auto length = std::stoul(std::string{head.substr(at + name.size(), 10)});
        if (length > heard.size()) return list + "...";
        heard.remove_prefix(length);
    }
    return list;
}

enum class Then { open, closed };

struct Case {
    const char* what;
    std::string input;
    std::string answers;
    Then then = Then::closed;
};

const std::string valid = get("/media/a.ogg");

// Facts 1 and 2: lines and fields.
std::vector<Case> broken_heads() {
    return {
        {"no CRLF for 64 kB", repeat("A", 65536), "414"},
        {"CR only", "GET / HTTP/1.1\rHost: h\r\r", "400"},
        {"LF only", "GET / HTTP/1.1\nHost: h\n\n", "400"},
        {"NUL in the method", with_nul("G@T / HTTP/1.1\r\nHost: h\r\n\r\n"), "400"},
        {"NUL in the target", with_nul(get("/media/a@.ogg")), "400"},
        {"NUL in a field's name", with_nul(get("/", "X@Y: z\r\n")), "400"},
        {"NUL in a field's value", with_nul(get("/", "X: y@z\r\n")), "400"},
        {"10,000 fields", get("/", repeat("A: b\r\n", 10'000)), "431"},
        {"a field of 1 MB", get("/", "A: " + repeat("b", 1 << 20) + "\r\n"), "431"},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", "400"},
        {"two Hosts", get("/", "Host: other\r\n"), "400"},
        {"a Host that is none", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
        {"a space before the colon", get("/", "X : y\r\n"), "400"},
        {"a line that is no field", get("/", "no field\r\n"), "400"},
        {"a field without a name", get("/", ": y\r\n"), "400"},
        {"empty lines without end", repeat("\r\n", 10'000), "431"},
        {"HTTP/0.9", "GET /\r\n", "400"},
        {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", "505"},
        {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
        {"a TLS hello", std::string{"\x16\x03\x01\x02\0\x01\0\x01\xFC\x03\x03", 11}, "400"},
        {"an unknown method", "BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
        {"an RTSP request", "DESCRIBE rtsp://h/a RTSP/1.0\r\nCSeq: 1\r\n\r\n", "400"},
    };
}

// Facts 3 and 13: bodies.
std::vector<Case> broken_bodies() {
    return {
        {"a length of -1", post("Content-Length: -1\r\n", ""), "400"},
        {"a length of +1", post("Content-Length: +1\r\n", "x"), "400"},
        {"a length of 2^31", post("Content-Length: 2147483648\r\n", ""), "413"},
        {"a length of 2^32", post("Content-Length: 4294967296\r\n", ""), "413"},
        {"a length of 2^64-1", post("Content-Length: 18446744073709551615\r\n", ""), "413"},
        {"a length of 2^64", post("Content-Length: 18446744073709551616\r\n", ""), "400"},
        {"a length with a space behind it", post("Content-Length: 2 \r\n", "xx") + valid, "200 200",
         Then::open},
        {"two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "xx"), "400"},
        {"a list of lengths", post("Content-Length: 1, 2\r\n", "xx"), "400"},
        {"a length and chunks", post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
         "400"},
        {"chunks that are not the last coding", post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
         "400"},
        {"another coding besides chunks", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), "501"},
        {"chunks in HTTP/1.0", "GET /media/a.ogg HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         "400"},
        {"a chunk of 2^68", post("Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFFF\r\n"), "413"},
        {"a chunk of -1", post("Transfer-Encoding: chunked\r\n", "-1\r\n"), "400"},
        {"a chunk of 0x1", post("Transfer-Encoding: chunked\r\n", "0x1\r\nx\r\n0\r\n\r\n"), "400"},
        {"a chunk that is longer than it says", post("Transfer-Encoding: chunked\r\n", "1\r\nxx\r\n"), "400"},
        {"a chunk with an extension",
         post("Transfer-Encoding: chunked\r\n", "2;a=\"b\"\r\nxx\r\n0\r\n\r\n") + valid, "200 200",
         Then::open},
        {"a chunk's extension without end",
         post("Transfer-Encoding: chunked\r\n", "2;a=" + repeat("b", 65536)), "431"},
        {"a trailer without end",
         post("Transfer-Encoding: chunked\r\n", "0\r\n" + repeat("A: b\r\n", 10'000)), "431"},
        {"chunks without end", post("Transfer-Encoding: chunked\r\n", repeat("1\r\nx\r\n", 70'000)), "413"},
        {"an unknown expectation", get("/media/a.ogg", "Expect: miracles\r\n"), "417"},
        {"two expectations",
         post("Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 2\r\n", "xx"), "100 200",
         Then::open},
        {"an expected body that is too large",
         post("Expect: 100-continue\r\nContent-Length: 1000000\r\n", ""), "413"},
        {"a body where none belongs", post("Content-Length: 2\r\n", "xx") + valid, "200 200", Then::open},
        {"a chunked body where none belongs",
         post("Transfer-Encoding: chunked\r\n", "2\r\nxx\r\n0\r\nA: b\r\n\r\n") + valid, "200 200",
         Then::open},
        {"a PUT without a type", "PUT /live HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nxx" + valid,
         "405 200", Then::open},
        {"a PUT that waits to be told",
         "PUT /live HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n\r\n", "405"},
        {"a SOURCE", "SOURCE /live HTTP/1.0\r\n\r\n", "405"},
    };
}

// Facts 4, 13 and 14: targets and what is asked for.
std::vector<Case> broken_questions() {
    return {
        {"%00", get("/media/a%00.ogg"), "400", Then::open},
        {"..", get("/media/../a.ogg"), "400", Then::open},
        {"//", get("/media//a.ogg"), "400", Then::open},
        {"%2e%2e", get("/media/%2e%2e/a.ogg"), "400", Then::open},
        {"..%2f", get("/media/..%2fa.ogg"), "400", Then::open},
        {"a backslash", get("/media/..\\a.ogg"), "400", Then::open},
        {"half an escape", get("/media/a%2"), "400", Then::open},
        {"a path of 8 kB", get("/" + repeat("a", 8192)), "414"},
        {"user information", get("http://user:pass@h/"), "400", Then::open},
        {"an IPv6 literal", get("http://[::1]:8000/media/a.ogg"), "200", Then::open},
        {"no path", get("http://h"), "200", Then::open},
        {"no target", "GET  HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
        {"a space in the target", get("/media/a b"), "400"},
        {"control bytes in a name", get("/%01%1f%7f"), "400", Then::open},
        {"what is no UTF-8", get("/media/\xFF\xC0.ogg"), "404", Then::open},
        {"a name of 255 bytes and more", get("/media/" + repeat("a", 300)), "404", Then::open},
        {"a directory", get("/media/folder"), "301", Then::open},
        {"a file as a directory", get("/media/a.ogg/b"), "404", Then::open},
        {"CONNECT", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", "405", Then::open},
        {"TRACE", "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", "405", Then::open},
        {"an empty Range", get("/media/a.ogg", "Range: bytes=\r\n"), "200", Then::open},
        {"a Range backwards", get("/media/a.ogg", "Range: bytes=5-2\r\n"), "200", Then::open},
        {"a Range of the last 0", get("/media/a.ogg", "Range: bytes=-0\r\n"), "416", Then::open},
        {"1000 ranges", get("/media/a.ogg", "Range: bytes=" + repeat("0-0,", 1000) + "\r\n"), "200",
         Then::open},
        {"a Range from 2^64", get("/media/a.ogg", "Range: bytes=18446744073709551616-\r\n"), "416",
         Then::open},
        {"a Range to 2^64", get("/media/a.ogg", "Range: bytes=1-18446744073709551616\r\n"), "206",
         Then::open},
        {"two Ranges", get("/media/a.ogg", "Range: bytes=0-0\r\nRange: bytes=1-1\r\n"), "200", Then::open},
        {"Icy-MetaData: 999999", get("/media/a.ogg", "Icy-MetaData: 999999\r\n"), "200", Then::open},
        {"1000 tags", get("/media/a.ogg", "If-None-Match: " + repeat("\"a\",", 1000) + "\r\n"), "200",
         Then::open},
        {"a date that is none", get("/media/a.ogg", "If-Modified-Since: -1\r\n"), "200", Then::open},
        {"a song of 1 MB", get("/admin/metadata?mode=updinfo&song=" + repeat("a", 1 << 20)), "414"},
        {"a song with CRLF and markup", get("/admin/metadata?song=%0D%0ASet-Cookie:%20a=b%3Cscript%3E'"),
         "404", Then::open},
        {"1000 requests at once", repeat(valid, 1000), repeat("200 ", 999) + "200", Then::open},
        {"a good one and then none", valid + "no request\r\n\r\n", "200 400"},
        {"HTTP/1.0", "GET /media/a.ogg HTTP/1.0\r\n\r\n", "200"},
        {"HTTP/1.0 that stays", repeat("GET /media/a.ogg HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 2),
         "200 200", Then::open},
    };
}

struct HostileInput : ::testing::Test {
    HostileInput() {
        directory.write("a.ogg", "0123456789");
        directory.write("big.ogg", std::string(8'000'000, 'x'));
        directory.write("folder/.hidden", "");
        rig.add<SimpleServer>(kamaelia::testing::listening(network, address, 80), [this] {
            return std::make_unique<HTTPServer>(HTTPServer::Params{.media = {directory.path()}});
        });
        rig.run();
        idle = rig.scheduler().live();
    }
    ~HostileInput() override {
        rig.advance(6min); // longer than any patience
        EXPECT_EQ(rig.scheduler().live(), idle) << "something is left of a connection";
    }

    MemoryClient connect() { return {network, address, 80}; }
    // Says it as far as it is heard, and hears what there is to hear.
    std::string exchange(MemoryClient& client, std::string_view text) {
        std::string heard;
        for (int quiet = 0; quiet < 3 && !client.ended(); ++quiet) {
            const auto taken = client.say(text);
            text.remove_prefix(taken);
            rig.run();
            const auto more = client.hear();
            heard += more;
            if (taken > 0 || !more.empty()) quiet = 0;
        }
        return heard;
    }
    // One who has begun a request, and sees the end of it whatever others do.
    template <class Others>
    void beside_a_neighbour(Others others) {
        auto neighbour = connect();
        neighbour.say("GET /media/a.ogg HTTP/1.1\r\nHost: h");
        rig.run();
        others();
        EXPECT_EQ(statuses(exchange(neighbour, "\r\n\r\n")), "200");
    }
    void check(const std::vector<Case>& cases) {
        for (const auto& c : cases) {
            SCOPED_TRACE(c.what);
            beside_a_neighbour([&] {
                auto client = connect();
                EXPECT_EQ(statuses(exchange(client, c.input)), c.answers);
                if (c.then == Then::closed) rig.advance(HTTPServer::Params{}.request_timeout / 2);
                (void)client.hear();
                EXPECT_EQ(client.ended(), c.then == Then::closed);
                if (c.then == Then::open) EXPECT_EQ(statuses(exchange(client, valid)), "200");
            });
        }
    }

    kamaelia::testing::TemporaryDirectory directory;
    MemoryNetwork network;
    Rig rig{{.network = &network}};
    std::size_t idle = 0;
};

TEST_F(HostileInput, HeadsGetTheirStatus) { check(broken_heads()); }
TEST_F(HostileInput, BodiesGetTheirStatusAndTheNextRequestItsOwn) { check(broken_bodies()); }
TEST_F(HostileInput, QuestionsGetTheirStatus) { check(broken_questions()); }

TEST_F(HostileInput, WhoIsSlowIsToldAndWhoIsSilentIsNot) {
    for (const auto& [begun, answer] : std::vector<std::pair<std::string, std::string>>{
             {"", ""},
             {"\r\n", ""},
             {"GET /media/a.ogg HTTP/1.1\r\n", "408"},
             {"GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nContent-Length: 70\r\n\r\n", "408"},
             {"GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", "408"},
             {"GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 70\r\n\r\n",
              "100 408"}}) {
        auto client = connect();
        client.say(begun);
        std::string heard;
        for (int second = 0; second < 80 && !client.ended(); ++second) {
            rig.advance(1s);
            heard += client.hear();
            if (answer.ends_with("408") && second % 5 == 0)
                client.say("A"); // a byte now and then buys no time
        }
        EXPECT_EQ(statuses(heard), answer) << begun;
        EXPECT_TRUE(client.ended()) << begun;
    }
}

TEST_F(HostileInput, WhoHasNoMoreToSayIsStillAnswered) {
    auto client = connect();
    client.say(valid);
    client.finish();
    rig.run();
    EXPECT_EQ(statuses(client.hear()), "200");
    auto cut = connect();
    cut.say("GET /media/a.ogg HTTP/1.1\r\n");
    cut.finish();
    rig.run();
    EXPECT_EQ(cut.hear(), "");
    EXPECT_TRUE(cut.ended());
}

TEST_F(HostileInput, WhoGoesInTheMidstOfAnAnswerIsForgotten) {
    beside_a_neighbour([&] {
        auto gone = connect();
        gone.say(get("/media/big.ogg"));
        rig.run();
        (void)gone.hear(1000);
        gone.vanish();
        rig.run();
    });
}

TEST_F(HostileInput, WhoReadsNothingOrByteByByteKeepsNobodyWaiting) {
    auto stuck = connect();
    stuck.say(get("/media/big.ogg"));
    auto slow = connect();
    slow.say(get("/media/big.ogg"));
    for (int minute = 0; minute < 3; ++minute) {
        beside_a_neighbour([&] {
            for (int i = 0; i < 100; ++i) {
                rig.run();
                EXPECT_EQ(slow.hear(1).size(), 1U);
            }
        });
        rig.advance(20s);
    }
    stuck.vanish();
    slow.vanish();
}

} // namespace
