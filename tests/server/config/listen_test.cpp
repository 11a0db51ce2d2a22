#include "server/config/listen.hpp"

#include <gtest/gtest.h>

namespace {

using server::Listen;
using server::parse_listen;
using server::show;

TEST(ParseListen, TakesEachScheme) {
    EXPECT_EQ(parse_listen("tcp://127.0.0.1:1500"), (Listen{Listen::Scheme::tcp, "127.0.0.1", 1500, {}, {}}));
    EXPECT_EQ(parse_listen("http://localhost:8000"),
              (Listen{Listen::Scheme::http, "localhost", 8000, {}, {}}));
    EXPECT_EQ(parse_listen("unix:///run/e.sock"),
              (Listen{Listen::Scheme::unix_socket, "", 0, "/run/e.sock", {}}));
}

TEST(ParseListen, TakesIpv6AddressesInBrackets) {
    EXPECT_EQ(parse_listen("tcp://[::1]:0")->host, "::1");
    EXPECT_EQ(parse_listen("tcp://[fe80::1%eth0]:1")->host, "fe80::1%eth0");
    for (const auto* url :
         {"tcp://[]:1", "tcp://[::1]", "tcp://[::1]1", "tcp://[::1]x:1", "tcp://[h]:1", "tcp://::1:1"})
        EXPECT_FALSE(parse_listen(url)) << url;
}

TEST(ParseListen, TakesEveryPort) {
    EXPECT_EQ(parse_listen("tcp://h:0")->port, 0);
    EXPECT_EQ(parse_listen("tcp://h:65535")->port, 65535);
    for (const auto* url :
         {"tcp://h:65536", "tcp://h:-1", "tcp://h:", "tcp://h", "tcp://h:1a", "tcp://h:1/", "tcp://h:1:2"})
        EXPECT_FALSE(parse_listen(url)) << url;
}

TEST(ParseListen, RefusesWhatIsNoAddress) {
    for (const auto* url :
         {"", ":", "tcp", "tcp:", "tcp:/h:1", "tcp://", "tcp://:1", "tcp://a@b:1", "tcp://*:1", "TCP://h:1"})
        EXPECT_FALSE(parse_listen(url)) << url;
}

TEST(ParseListen, TakesSocketPathsThatTheSystemTakes) {
    EXPECT_TRUE(parse_listen("unix://" + std::string(107, '/')));
    EXPECT_FALSE(parse_listen("unix://" + std::string(108, '/')));
    for (const auto& url : {std::string{"unix://"}, std::string{"unix:///"}, std::string{"unix://run/e"},
                            std::string{"unix:///a\0b", 11}})
        EXPECT_FALSE(parse_listen(url)) << url;
}

TEST(ParseListen, RefusesTheSchemesOfLaterVersionsByName) {
    for (const std::string scheme : {"https", "rtsps", "tls", "http+unix"}) {
        const auto error = parse_listen(scheme + "://h:1").error();
        EXPECT_NE(error.find(scheme + ":// is not in this version"), std::string::npos) << error;
    }
    for (const std::string scheme : {"http+systemd", "rtsp+systemd", "tcp+systemd"}) {
        const auto error = parse_listen(scheme + ":web").error();
        EXPECT_NE(error.find(scheme + ": is not in this version"), std::string::npos) << error;
    }
}

TEST(ShowListen, IsReadBackAsTheSameAddress) {
    for (const std::string url :
         {"tcp://127.0.0.1:1500", "http://[::1]:8000", "rtsp://h:8554", "unix:///run/e.sock", "tcp://h:0"})
        EXPECT_EQ(show(parse_listen(url).value()), url);
}

TEST(Listen, IsEqualWhereverItIsWritten) {
    const Listen here{Listen::Scheme::tcp, "h", 1, {}, {1, 1}};
    EXPECT_EQ(here, (Listen{Listen::Scheme::tcp, "h", 1, {}, {2, 2}}));
    EXPECT_NE(here, (Listen{Listen::Scheme::http, "h", 1, {}, {1, 1}}));
    EXPECT_NE(here, (Listen{Listen::Scheme::tcp, "i", 1, {}, {1, 1}}));
    EXPECT_NE(here, (Listen{Listen::Scheme::tcp, "h", 2, {}, {1, 1}}));
}

} // namespace
