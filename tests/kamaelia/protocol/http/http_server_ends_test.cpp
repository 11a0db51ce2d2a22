// Why a connection over HTTP has ended, as its line of the log has it.
#include "kamaelia/protocol/http/http_server.hpp"

#include "axon/testing/rig.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace {

using namespace std::chrono_literals;
using axon::testing::Rig;
using kamaelia::HTTPServer;
using kamaelia::testing::MemoryClient;
using kamaelia::testing::MemoryNetwork;
using ::testing::EndsWith;
using ::testing::HasSubstr;

struct HttpServerEnd : ::testing::Test {
    HttpServerEnd() {
        rig.add<kamaelia::SimpleServer>(kamaelia::testing::listening(network, "192.0.2.1", 80), [this] {
            return std::make_unique<HTTPServer>(HTTPServer::Params{.media = {directory.path()}});
        });
        rig.run();
    }
    std::string line() {
        for (std::string more = "?"; !more.empty(); heard += more) { // it may come in steps
            rig.run();
            more = client().hear();
        }
        client().finish();
        rig.run();
        return rig.log().empty() ? "" : rig.log().back().text;
    }
    MemoryClient& client() {
        if (!client_) client_.emplace(network, "192.0.2.1", 80);
        return *client_;
    }

    std::string heard;
    kamaelia::testing::TemporaryDirectory directory;
    MemoryNetwork network;
    Rig rig{{.network = &network}};

private:
    std::optional<MemoryClient> client_;
};

TEST_F(HttpServerEnd, OfWhoSendsNoRequestIsAProtocolError) {
    client().say("hello\r\n\r\n");
    EXPECT_THAT(line(), EndsWith(" reason=protocol_error"));
}

TEST_F(HttpServerEnd, OfWhoIsSilentIsATimeout) {
    client();
    rig.run();
    rig.advance(HTTPServer::Params{}.idle_timeout);
    EXPECT_THAT(line(), EndsWith(" reason=timeout"));
}

TEST_F(HttpServerEnd, OfWhoNeedsTooLongForARequestIsATimeout) {
    client().say("GET /");
    rig.run();
    rig.advance(HTTPServer::Params{}.request_timeout);
    EXPECT_THAT(line(), EndsWith(" reason=timeout"));
}

TEST_F(HttpServerEnd, OfWhoSendsEmptyLinesAgainAndAgainIsATimeout) {
    const auto half = HTTPServer::Params{}.request_timeout / 2;
    for (const std::string_view text : {"\r", "\n", "\r"}) {
        client().say(text);
        rig.run();
        rig.advance(half - 1ms);
    }
    EXPECT_THAT(line(), EndsWith(" reason=timeout"));
}

TEST_F(HttpServerEnd, OfWhoWantsOneAnswerIsTheProtocols) {
    client().say("HEAD /nothing HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(line(), EndsWith(" reason=finished"));
}

TEST_F(HttpServerEnd, OfWhoClosesIsTheClients) {
    client().say("HEAD /nothing HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(line(), EndsWith(" reason=client_closed"));
}

TEST_F(HttpServerEnd, KnowsHowMuchWasSentOfFilesToo) {
    directory.write("a.ogg", std::string(100'000, 'x'));
    client().say("GET /media/a.ogg HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto said = line();
    EXPECT_GT(heard.size(), 100'000U);
    EXPECT_THAT(said, HasSubstr(" received=38 sent=" + std::to_string(heard.size()) + " "));
}

} // namespace
