// HTTPServer on the bench: what it answers, in which order, and when it ends the connection.
#include "kamaelia/protocol/http/http_server.hpp"

#include "axon/testing/rig.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"
#include "tests/kamaelia/file/text_of.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <variant>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::HTTPServer;
using kamaelia::testing::text_of;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string value_of(const std::string& answer, std::string_view name) {
    const auto at = answer.find("\r\n" + std::string{name} + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 4;
    return answer.substr(from, answer.find("\r\n", from) - from);
}

struct HttpServer : ::testing::Test {
    HttpServer() {
        directory.write("a.ogg", "0123456789");
        directory.write("big.ogg", big);
    }

    void say(std::string_view text) {
        rig.feed(server.inbox, Bytes{text});
        rig.run();
    }
    std::string heard() {
        rig.run();
        return text_of(rig.sent(server.outbox));
    }
    std::string get(std::string_view target, std::string_view fields = "") {
        say(std::string{"GET "}
                .append(target)
                .append(" HTTP/1.1\r\nHost: h\r\n")
                .append(fields)
                .append("\r\n"));
        return heard();
    }

    const std::string big = std::string(200'000, 'x') + "end";
    kamaelia::testing::TemporaryDirectory directory;
    Rig rig;
    HTTPServer& server = rig.add<HTTPServer>(HTTPServer::Params{.media = {directory.path()}});
};

TEST_F(HttpServer, SendsAFileWithTypeAndLengthAndKeepsTheConnection) {
    const auto answer = get("/media/a.ogg");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Type: audio/ogg\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(answer, HasSubstr("Accept-Ranges: bytes\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n0123456789"));
    EXPECT_FALSE(rig.ended(server));
    EXPECT_THAT(get("/media/a.ogg"), EndsWith("0123456789"));
}

TEST_F(HttpServer, SendsALargeFileWhole) {
    const auto answer = get("/media/big.ogg");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 200003\r\n"));
    EXPECT_EQ(answer.substr(answer.find("\r\n\r\n") + 4), big);
}

TEST_F(HttpServer, SendsRegionsOfFilesAndDoesNotReadThem) {
    say("GET /media/big.ogg HTTP/1.1\r\nHost: h\r\nRange: bytes=100000-\r\n\r\n");
    const auto messages = rig.sent(server.outbox);
    ASSERT_EQ(messages.size(), 2U);
    const auto* body = std::get_if<kamaelia::FileRegion>(&messages.back());
    ASSERT_TRUE(body);
    EXPECT_EQ(body->offset(), 100'000U);
    EXPECT_EQ(body->size(), big.size() - 100'000U);
}

TEST_F(HttpServer, IsNotIdleWhileAnAnswerIsOnItsWay) {
    say("GET /media/big.ogg HTTP/1.1\r\nHost: h\r\n\r\n");
    auto messages = rig.sent(server.outbox); // as a slow client's writer holds them
    rig.advance(10 * HTTPServer::Params{}.idle_timeout);
    EXPECT_FALSE(rig.ended(server));
    messages.clear();
    rig.advance(HTTPServer::Params{}.idle_timeout);
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(HttpServer, HasRegularFilesOnly) {
    std::filesystem::create_directory(directory.path() / "album");
    ASSERT_EQ(::mkfifo((directory.path() / "fifo").c_str(), 0600), 0);
    std::filesystem::create_symlink("/dev/zero", directory.path() / "device");
    std::filesystem::create_symlink("/etc/passwd", directory.path() / "out");
    EXPECT_THAT(get("/media/album"), StartsWith("HTTP/1.1 301 "));
    EXPECT_THAT(get("/media/fifo"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(get("/media/device"), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(get("/media/out"), StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(get("/media/a.ogg"), EndsWith("0123456789"));
}

TEST_F(HttpServer, SendsTheRangeThatIsAskedFor) {
    const auto middle = get("/media/a.ogg", "Range: bytes=3-5\r\n");
    EXPECT_THAT(middle, StartsWith("HTTP/1.1 206 Partial Content\r\n"));
    EXPECT_THAT(middle, HasSubstr("Content-Range: bytes 3-5/10\r\n"));
    EXPECT_THAT(middle, EndsWith("\r\n\r\n345"));
    EXPECT_THAT(get("/media/a.ogg", "Range: bytes=-2\r\n"), EndsWith("\r\n\r\n89"));
    const auto beyond = get("/media/a.ogg", "Range: bytes=10-\r\n");
    EXPECT_THAT(beyond, StartsWith("HTTP/1.1 416 "));
    EXPECT_THAT(beyond, HasSubstr("Content-Range: bytes */10\r\n"));
    EXPECT_THAT(beyond, HasSubstr("Content-Type: text/plain"));
    EXPECT_THAT(beyond, EndsWith("416 Range Not Satisfiable\n"));
}

TEST_F(HttpServer, SaysThatACopyIsStillGood) {
    std::filesystem::last_write_time(
        directory.path() / "a.ogg",
        std::chrono::file_clock::from_sys(std::chrono::sys_time<std::chrono::nanoseconds>{30min}));
    const auto answer = get("/media/a.ogg");
    const auto tag = value_of(answer, "ETag");
    EXPECT_THAT(tag, StartsWith("\"10-"));
    EXPECT_EQ(value_of(answer, "Last-Modified"), "Thu, 01 Jan 1970 00:30:00 GMT");
    EXPECT_EQ(value_of(answer, "Cache-Control"), "no-cache");
    const auto copy = get("/media/a.ogg", "If-None-Match: " + tag + "\r\n");
    EXPECT_THAT(copy, StartsWith("HTTP/1.1 304 Not Modified\r\n"));
    EXPECT_THAT(copy, EndsWith("\r\n\r\n"));
    EXPECT_EQ(value_of(copy, "ETag"), tag);
    EXPECT_EQ(value_of(copy, "Content-Length"), "");
    EXPECT_EQ(value_of(copy, "Connection"), "keep-alive");
    EXPECT_THAT(get("/media/a.ogg", "If-Modified-Since: Thu, 01 Jan 1970 00:30:00 GMT\r\n"),
                StartsWith("HTTP/1.1 304 "));
    EXPECT_THAT(get("/media/a.ogg", "If-Range: " + tag + "\r\nRange: bytes=3-5\r\n"),
                EndsWith("\r\n\r\n345"));
    EXPECT_THAT(get("/media/a.ogg", "If-Range: \"v\"\r\nRange: bytes=3-5\r\n"), EndsWith("0123456789"));
}

TEST_F(HttpServer, AnswersOthersWithWhatHasChanged) {
    const auto tag = value_of(get("/media/a.ogg"), "ETag");
    directory.write("new", "9876543210");
    std::filesystem::rename(directory.path() / "new", directory.path() / "a.ogg");
    EXPECT_THAT(get("/media/a.ogg", "If-None-Match: " + tag + "\r\n"), EndsWith("\r\n\r\n9876543210"));
    const auto refusal = get("/media/a.ogg", "If-Match: " + tag + "\r\n");
    EXPECT_THAT(refusal, StartsWith("HTTP/1.1 412 Precondition Failed\r\n"));
    EXPECT_THAT(refusal, EndsWith("412 Precondition Failed\n"));
    EXPECT_THAT(get("/media/none.ogg", "If-Match: \"v\"\r\n"), StartsWith("HTTP/1.1 404 "));
    EXPECT_FALSE(rig.ended(server));
}

TEST_F(HttpServer, AnswersHeadLikeGetWithoutABody) {
    say("HEAD /media/a.ogg HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto answer = heard();
    EXPECT_THAT(answer, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(HttpServer, ListsTheFilesForPeople) {
    directory.write("folder/b.ogg", kamaelia::testing::vorbis_file({"TITLE=Ode"}, 44));
    for (const auto* target : {"/", "/media/"}) {
        const auto page = get(target);
        EXPECT_THAT(page, HasSubstr("Content-Type: text/html"));
        EXPECT_THAT(page, HasSubstr("/media/a.ogg"));
        EXPECT_THAT(page, HasSubstr("\"/media/folder/\""));
        EXPECT_THAT(page, Not(HasSubstr("b.ogg")));
    }
    EXPECT_THAT(get("/media/folder/"), HasSubstr("<a href=\"/media/folder/b.ogg\">Ode</a><span>0:10</span>"));
    EXPECT_THAT(get("/media/none/"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(get("/media/a.ogg/"), StartsWith("HTTP/1.1 404 "));
    EXPECT_FALSE(rig.ended(server));
}

TEST_F(HttpServer, LeadsToTheSlashBehindAFolder) {
    directory.write("a folder/b.ogg", "");
    const auto answer = get("/media/a%20folder");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 301 Moved Permanently\r\n"));
    EXPECT_EQ(value_of(answer, "Location"), "/media/a%20folder/");
    EXPECT_EQ(value_of(get("/media"), "Location"), "/media/");
}

TEST_F(HttpServer, MakesPlaylistsOfFoldersAndFiles) {
    directory.write("folder/b.ogg", kamaelia::testing::vorbis_file({"TITLE=Ode"}, 44));
    const auto answer = get("/media/folder.m3u");
    EXPECT_THAT(value_of(answer, "Content-Type"), StartsWith("audio/x-mpegurl"));
    const std::string_view one = "\r\n\r\n#EXTM3U\n#EXTINF:10,Ode\nhttp://h/media/folder/b.ogg\n";
    EXPECT_THAT(answer, EndsWith(one));
    EXPECT_THAT(get("/media/folder/b.ogg.m3u"), EndsWith(one));
    const auto all = get("/media.m3u");
    EXPECT_THAT(all, HasSubstr("\nhttp://h/media/a.ogg\n"));
    EXPECT_THAT(all, HasSubstr("\nhttp://h/media/folder/b.ogg\n"));
    std::filesystem::create_directory(directory.path() / "silent");
    EXPECT_THAT(get("/media/silent.m3u"), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\n#EXTM3U\n")));
    for (const auto* none : {"/media/none.m3u", "/media/.m3u", "/media/none.ogg.m3u", "/media.m3u/"})
        EXPECT_THAT(get(none), StartsWith("HTTP/1.1 404 ")) << none;
    say("GET /media/folder.m3u HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_THAT(heard(), EndsWith("\n/media/folder/b.ogg\n"));
    directory.write("folder.m3u", "mine");
    EXPECT_THAT(get("/media/folder.m3u"), EndsWith("\r\n\r\nmine"))
        << "a file that is there is what its URL says";
}

TEST_F(HttpServer, SendsAPageOnlyWhenItHasChanged) {
    const auto tag = value_of(get("/"), "ETag");
    EXPECT_THAT(get("/", "If-None-Match: " + tag + "\r\n"), StartsWith("HTTP/1.1 304 "));
    EXPECT_THAT(get("/", "If-Match: \"other\"\r\n"), StartsWith("HTTP/1.1 412 "));
    directory.write("new.ogg", "");
    const auto page = get("/", "If-None-Match: " + tag + "\r\n");
    EXPECT_THAT(page, HasSubstr("/media/new.ogg"));
    EXPECT_EQ(value_of(page, "Cache-Control"), "no-cache");
    say("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto answer = heard();
    EXPECT_EQ(value_of(answer, "Content-Length"), value_of(page, "Content-Length"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(HttpServer, SendsALargePageInPieces) {
    for (int i = 1000; i < 1400; ++i) directory.write("folder/" + std::to_string(i) + ".ogg", "");
    say("GET /media/folder/ HTTP/1.1\r\nHost: h\r\n\r\n");
    std::string page;
    std::size_t largest = 0;
    for (auto messages = rig.sent(server.outbox); !messages.empty(); messages = rig.sent(server.outbox)) {
        for (const auto& message : messages) largest = std::max(largest, text_of(message).size());
        page += text_of(messages);
        rig.run();
    }
    EXPECT_EQ(std::to_string(page.substr(page.find("\r\n\r\n") + 4).size()),
              value_of(page, "Content-Length"));
    EXPECT_GT(page.size(), 100'000U);
    EXPECT_EQ(largest, 65'536U);
}

TEST_F(HttpServer, KeepsNothingOfAPageOnceItIsAnswered) {
    const auto live = rig.scheduler().live();
    EXPECT_THAT(get("/"), HasSubstr("a.ogg"));
    EXPECT_FALSE(rig.ended(server));
    EXPECT_EQ(rig.scheduler().live(), live) << "the index goes when nobody needs it";
}

TEST_F(HttpServer, HasNothingOutsideTheMediaDirectory) {
    for (const auto* target :
         {"/media/../a.ogg", "/media/%2e%2e/a.ogg", "/media//etc/passwd", "/media/a%00.ogg"}) {
        Rig own;
        auto& fresh = own.add<HTTPServer>(HTTPServer::Params{.media = {directory.path()}});
        own.feed(fresh.inbox, Bytes{std::string{"GET "} + target + " HTTP/1.1\r\nHost: h\r\n\r\n"});
        own.run();
        const auto sent = own.sent(fresh.outbox);
        ASSERT_FALSE(sent.empty()) << target;
        EXPECT_THAT(text_of(sent.front()), StartsWith("HTTP/1.1 400 ")) << target;
    }
    EXPECT_THAT(get("/media/none.ogg"), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(get("/etc/passwd"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
    say("GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nRange: bytes=0-0\r\n\r\n"
        "GET /media/none HTTP/1.1\r\nHost: h\r\n\r\n"
        "GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nRange: bytes=9-9\r\n\r\n");
    const auto answers = heard();
    const auto first = answers.find("206");
    const auto second = answers.find("404");
    EXPECT_LT(first, second);
    EXPECT_THAT(answers, EndsWith("\r\n\r\n9"));
}

TEST_F(HttpServer, TakesARequestInSinglePieces) {
    for (const char byte : std::string{"GET /media/a.ogg HTTP/1.1\r\nHost: h\r\n\r\n"}) say({&byte, 1});
    EXPECT_THAT(heard(), EndsWith("0123456789"));
}

TEST_F(HttpServer, EndsAfterTheAnswerWhenTheClientWantsThat) {
    const auto answer = get("/media/a.ogg", "Connection: close\r\n");
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(answer, EndsWith("0123456789"));
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(HttpServer, EndsWithItsInput) {
    (void)get("/media/a.ogg");
    rig.end(server.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(HttpServer, RefusesOtherMethodsAndWhatIsNoRequest) {
    say("DELETE /media/a.ogg HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto answer = heard();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 "));
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD, OPTIONS\r\n"));
    EXPECT_TRUE(std::filesystem::exists(directory.path() / "a.ogg"));
    say("no request at all\r\n\r\n");
    EXPECT_THAT(heard(), StartsWith("HTTP/1.1 400 "));
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(HttpServer, SaysWhatMayBeAskedForToScriptsElsewhereToo) {
    for (const auto* target : {"*", "/", "/media/a.ogg", "/media/none.ogg"}) {
        say("OPTIONS " + std::string{target} +
            " HTTP/1.1\r\nHost: h\r\nOrigin: http://elsewhere\r\nAccess-Control-Request-Method: GET\r\n"
            "Access-Control-Request-Headers: range,if-range\r\n\r\n");
        const auto answer = heard();
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 204 No Content\r\n")) << target;
        EXPECT_EQ(value_of(answer, "Allow"), "GET, HEAD, OPTIONS") << target;
        EXPECT_EQ(value_of(answer, "Access-Control-Allow-Origin"), "*") << target;
        EXPECT_EQ(value_of(answer, "Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS") << target;
        EXPECT_THAT(value_of(answer, "Access-Control-Allow-Headers"), HasSubstr("Range, ")) << target;
        EXPECT_EQ(value_of(answer, "Access-Control-Max-Age"), "7200") << target;
        EXPECT_EQ(value_of(answer, "Content-Length"), "") << "RFC 9110 8.6";
        EXPECT_THAT(answer, EndsWith("\r\n\r\n")) << target;
    }
    say("OPTIONS /../a HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(heard(), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(get("*"), StartsWith("HTTP/1.1 400 "));
    EXPECT_FALSE(rig.ended(server));
}

TEST_F(HttpServer, EndsAnIdleConnectionWithoutAWord) {
    (void)get("/media/a.ogg");
    rig.advance(HTTPServer::Params{}.idle_timeout - 1s);
    EXPECT_FALSE(rig.ended(server));
    rig.advance(1s);
    EXPECT_TRUE(rig.ended(server));
    EXPECT_EQ(heard(), "");
}

TEST_F(HttpServer, TellsAClientThatIsTooSlow) {
    say("GET /media/a.ogg HTTP/1.1\r\n");
    for (int i = 0; i < 40 && !rig.ended(server); ++i) {
        rig.advance(1s);
        if (!rig.ended(server)) say("X-Slow: loris\r\n");
    }
    EXPECT_TRUE(rig.ended(server));
    EXPECT_THAT(heard(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpServer, KeepsTheLimitsThatItIsGiven) {
    const auto answer = [&](const HTTPServer::Params& params, std::string_view request) {
        Rig own;
        auto limited = params;
        limited.media = {directory.path()};
        auto& fresh = own.add<HTTPServer>(limited);
        own.feed(fresh.inbox, Bytes{request});
        own.run();
        return text_of(own.sent(fresh.outbox));
    };
    const std::string_view small = "GET /media/a.ogg HTTP/1.1\r\nHost: h\r\n\r\n";
    const std::string_view with_body = "GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    EXPECT_THAT(answer({.max_age = 90s}, small), HasSubstr("Cache-Control: max-age=90\r\n"));
    EXPECT_THAT(answer({.target_limit = {12}}, small), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(answer({.target_limit = {11}}, small), StartsWith("HTTP/1.1 414 "));
    EXPECT_THAT(answer({.target_limit = {20'000}, .header_limit = {100}}, small),
                StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(answer({.header_limit = {30}}, small), StartsWith("HTTP/1.1 431 "));
    EXPECT_THAT(answer({.body_limit = {3}}, with_body), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(answer({.body_limit = {2}}, with_body), StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServer, IsAsPatientAsItIsTold) {
    const HTTPServer::Params params{.media = {directory.path()}, .request_timeout = 2s, .idle_timeout = 3s};
    auto& idle = rig.add<HTTPServer>(params);
    auto& slow = rig.add<HTTPServer>(params);
    rig.feed(slow.inbox, Bytes{"GET"});
    rig.run();
    rig.advance(2s);
    EXPECT_TRUE(rig.ended(slow));
    EXPECT_FALSE(rig.ended(idle));
    rig.advance(1s);
    EXPECT_TRUE(rig.ended(idle));
}

TEST_F(HttpServer, TakesABodyThatWaitsToBeToldAndGoesOn) {
    say("GET /media/a.ogg HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(heard(), "HTTP/1.1 100 Continue\r\n\r\n");
    say("abcGET /media/a.ogg HTTP/1.1\r\nHost: h\r\nRange: bytes=-1\r\n\r\n");
    const auto answers = heard();
    EXPECT_THAT(answers, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answers, EndsWith("\r\n\r\n9"));
}

TEST_F(HttpServer, AShutdownEndsItBetweenTwoRequestsNotInOne) {
    (void)get("/media/a.ogg");
    say("GET /media/a.ogg HTTP/1.1\r\nHost: h\r\n");
    rig.shut_down(server);
    rig.run();
    EXPECT_FALSE(rig.ended(server));
    say("\r\n");
    const auto answer = heard();
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(answer, EndsWith("0123456789"));
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(HttpServer, AShutdownDuringAnAnswerEndsItAfterThat) {
    Rig own{{.quota = 1}}; // so that it gives way after each piece
    auto& sender = own.add<HTTPServer>(HTTPServer::Params{.media = {directory.path()}});
    own.feed(sender.inbox, Bytes{"GET /media/big.ogg HTTP/1.1\r\nHost: h\r\n\r\n"});
    std::string heard;
    while (heard.empty()) {
        own.step();
        heard = text_of(own.sent(sender.outbox));
    }
    own.shut_down(sender);
    own.run();
    heard += text_of(own.sent(sender.outbox));
    EXPECT_GT(heard.size(), std::filesystem::file_size(directory.path() / "big.ogg"));
    EXPECT_TRUE(own.ended(sender)) << "and does not wait for another request";
}

TEST_F(HttpServer, AShutdownLetsARequestThatIsHereBeAnswered) {
    (void)get("/media/a.ogg");
    rig.feed(server.inbox, Bytes{"GET /media/a.ogg HTTP/1.1\r\nHost: h\r\n\r\n"});
    rig.shut_down(server);
    const auto answer = heard();
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(answer, EndsWith("0123456789"));
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(HttpServer, SaysSoWhenTheMediaDirectoryIsGone) {
    Rig own;
    auto& lost = own.add<HTTPServer>(HTTPServer::Params{.media = {directory.path() / "none"}});
    own.feed(lost.inbox, Bytes{"GET / HTTP/1.1\r\nHost: h\r\n\r\n"});
    own.run();
    const auto sent = own.sent(lost.outbox);
    ASSERT_FALSE(sent.empty());
    EXPECT_THAT(text_of(sent.front()), StartsWith("HTTP/1.1 500 "));
}

} // namespace
