// The daemon with real sockets and signals: what it listens on, and how it ends.
#include "server/daemon.hpp"

#include "axon/testing/rig.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "server/media_watch.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"
#include "tests/server/running_daemon.hpp"
#include "tests/server/systemd_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace {

using namespace std::chrono_literals;
using kamaelia::testing::TemporaryDirectory;
using server::testing::Client;
using server::testing::config_of;
using server::testing::RunningDaemon;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

using Clock = std::chrono::steady_clock;

constexpr const char* echo = "  echo: { listen: tcp://127.0.0.1:0, protocol: [ Echo ] }\n";

struct DaemonTest : ::testing::Test {
    server::Config config(const std::string& servers, const std::string& drain_timeout = "1h") {
        return config_of("drain_timeout: " + drain_timeout + "\nservers:\n" + servers, directory.path());
    }

    TemporaryDirectory directory;
    axon::Heartbeats heartbeats{1};
};

TEST_F(DaemonTest, NamesEachAddressWithItsRealPort) {
    const auto path = (directory.path() / "socket").string();
    RunningDaemon daemon{config("  echo:\n    listen: [ tcp://127.0.0.1:0, tcp://localhost:0, unix://" +
                                path +
                                " ]\n    protocol: [ Echo ]\n"
                                "  web: { listen: http://127.0.0.1:0 }\n")};
    EXPECT_THAT(daemon.ready_line(), MatchesRegex("ready: echo=tcp://127.0.0.1:[1-9][0-9]* "
                                                  "echo=tcp://[^ ]*:[1-9][0-9]* echo=unix:///.*/socket "
                                                  "web=http://127.0.0.1:[1-9][0-9]*"));
    const auto addresses = daemon.addresses("echo");
    ASSERT_EQ(addresses.size(), 3U);
    for (const auto& address : addresses) EXPECT_TRUE(Client{address}.hears_back("hello")) << address.text();
    Client web{daemon.addresses("web").front()};
    web.say("GET / HTTP/1.0\r\n\r\n");
    EXPECT_THAT(web.hear_all(), StartsWith("HTTP/1.1 200 "));
    std::raise(SIGTERM);
    EXPECT_TRUE(daemon.end());
    EXPECT_FALSE(std::filesystem::exists(path)) << "the Unix socket's path is free again";
}

TEST_F(DaemonTest, AnAddressInUseIsNamed) {
    const kamaelia::ListeningSocket taken{kamaelia::Address::ip("127.0.0.1", 0).value()};
    const auto address = taken.address().text();
    try {
        const server::Listeners listeners{
            config("  echo: { listen: tcp://" + address + ", protocol: [ Echo ] }\n"),
            kamaelia::Network::kernel()};
        FAIL() << "it listens on " << address << " too";
    } catch (const server::ListenRefused& refused) {
        EXPECT_EQ(refused.code(), std::errc::address_in_use);
        EXPECT_EQ(refused.what(), "server \"echo\" cannot listen on " + address + ": Address already in use");
        EXPECT_EQ(refused.where().line, 3U);
    }
}

TEST_F(DaemonTest, AsksTheNetworkThatItIsGivenForNamesAndSockets) {
    kamaelia::testing::MemoryNetwork network;
    network.give_name("radio.example", "192.0.2.1");
    axon::testing::Rig rig{{.network = &network}};
    bool failed = false;
    const auto listen = [](const std::string& url) {
        return "  echo: { listen: " + url + ", protocol: [ Echo ] }\n";
    };
    const auto radio = config(listen("tcp://radio.example:80"));
    server::Listeners listeners{radio, kamaelia::Network::of(rig.system())};
    EXPECT_EQ(listeners.serves(), " echo=tcp://192.0.2.1:80");
    rig.add<server::Daemon>(radio, listeners, heartbeats, failed);
    rig.run();
    kamaelia::testing::MemoryClient client{network, "192.0.2.1", 80};
    client.say("hello");
    rig.run();
    EXPECT_EQ(client.hear(), "hello");
    try {
        const server::Listeners other{config(listen("tcp://else.example:80")), network};
        FAIL() << "it has found an address";
    } catch (const std::system_error& unknown) {
        EXPECT_THAT(unknown.what(),
                    StartsWith("server \"echo\" cannot listen on tcp://else.example:80: nobody is called "
                               "\"else.example\" here"));
    }
}

TEST_F(DaemonTest, HasAnAdminListenerWhereOneIsConfigured) {
    kamaelia::testing::MemoryNetwork network;
    axon::testing::Rig rig{{.network = &network}};
    bool failed = false;
    const auto configured = config_of(
        "admin:\nservers:\n  echo: { listen: tcp://192.0.2.1:80, protocol: [ Echo ] }\n", directory.path());
    server::Listeners listeners{configured, network};
    EXPECT_EQ(listeners.serves(), " echo=tcp://192.0.2.1:80 admin=http://127.0.0.1:8001");
    rig.add<server::Daemon>(configured, listeners, heartbeats, failed);
    rig.run();
    const auto ask = [&](const std::string& path) {
        kamaelia::testing::MemoryClient client{network, "127.0.0.1", 8001};
        client.say("GET " + path + " HTTP/1.0\r\n\r\n");
        rig.run();
        return client.hear();
    };
    EXPECT_THAT(ask("/healthz"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(ask("/readyz"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(ask("/metrics"), AllOf(HasSubstr("\nkamaelia_connections{server=\"echo\"} 0\n"),
                                       HasSubstr("\nkamaelia_axon_components ")));
    const kamaelia::testing::MemoryClient client{network, "192.0.2.1", 80};
    rig.run();
    std::raise(SIGTERM);
    rig.run();
    EXPECT_THAT(ask("/readyz"), StartsWith("HTTP/1.1 503 ")) << "it drains, and can be asked";
    EXPECT_THAT(ask("/healthz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(DaemonTest, TheFirstWorkerIsThereUntilTheOthersHaveEnded) {
    bool failed = false;
    axon::Heartbeats of_two{2};
    kamaelia::testing::MemoryNetwork network;
    axon::testing::Rig rig{{.network = &network}};
    std::optional<axon::Heartbeat> other{std::in_place, of_two, 1U};
    const auto configured = config_of(
        "admin:\nservers:\n  echo: { listen: tcp://192.0.2.1:80, protocol: [ Echo ] }\n", directory.path());
    server::Listeners listeners{configured, network};
    const auto& daemon = rig.add<server::Daemon>(configured, listeners, of_two, failed);
    rig.run();
    std::raise(SIGTERM);
    rig.advance(1s);
    kamaelia::testing::MemoryClient client{network, "127.0.0.1", 8001};
    client.say("GET /readyz HTTP/1.0\r\n\r\n");
    rig.run();
    EXPECT_THAT(client.hear(), StartsWith("HTTP/1.1 503 "));
    EXPECT_FALSE(rig.ended(daemon));
    other.reset();
    rig.advance(1s);
    EXPECT_TRUE(rig.ended(daemon));
}

TEST_F(DaemonTest, DoesWithoutAnAdminListenerThatNobodyAskedFor) {
    kamaelia::testing::MemoryNetwork network;
    const auto taken = kamaelia::testing::listening(network, "127.0.0.1", 8001);
    auto configured = config_of(std::string{"admin:\nservers:\n"} + echo, directory.path());
    EXPECT_THROW((server::Listeners{configured, network}), std::system_error);
    configured.admin->required = false;
    server::Listeners listeners{configured, network};
    EXPECT_THAT(listeners.serves(), Not(HasSubstr("admin")));
    EXPECT_THAT(listeners.refusals(),
                ElementsAre("no admin listener: cannot listen on 127.0.0.1:8001: Address already in use"));
    EXPECT_TRUE(listeners.take_admin().empty());
}

TEST_F(DaemonTest, DoesWithoutAServerThatNobodyAskedFor) {
    kamaelia::testing::MemoryNetwork network;
    const auto taken = kamaelia::testing::listening(network, "127.0.0.1", 8554);
    auto configured = config_of("servers: { rtsp: { listen: \"rtsp://127.0.0.1:8554\" } }", directory.path());
    EXPECT_THROW((server::Listeners{configured, network}), std::system_error);
    configured.servers[0].required = false;
    server::Listeners listeners{configured, network};
    EXPECT_EQ(listeners.serves(), "");
    EXPECT_THAT(listeners.refusals(),
                ElementsAre("no server rtsp: cannot listen on 127.0.0.1:8554: Address already in use"));
    EXPECT_TRUE(listeners.take(0, 0).empty());
}

TEST_F(DaemonTest, EndsAsAskedBySigintAndSigterm) {
    for (const int signal : {SIGINT, SIGTERM}) {
        RunningDaemon daemon{config(echo)};
        EXPECT_TRUE(Client{daemon.addresses("echo").front()}.hears_back("hello"));
        std::raise(signal);
        EXPECT_TRUE(daemon.end());
    }
}

TEST_F(DaemonTest, WithoutAServerLeftItHasFailed) {
    bool failed = false;
    axon::testing::KeptLog log;
    axon::System system{{.log = &log}};
    server::Listeners listeners{config(echo), kamaelia::Network::of(system)};
    const auto daemon = system.spawn<server::Daemon>(config(echo), listeners, heartbeats, failed);
    for (auto* child = daemon.get()->first_child(); child; child = child->next_sibling())
        if (dynamic_cast<kamaelia::SimpleServer*>(child)) child->control.deliver(axon::Shutdown{});
    system.run();
    EXPECT_TRUE(failed);
    EXPECT_THAT(log.lines,
                Contains(Field(&axon::testing::KeptLog::Line::text, HasSubstr("no server is left"))));
}

TEST_F(DaemonTest, LetsAConnectionEndWhileItRefusesNewOnesAndClosesIdleOnes) {
    const std::string big(std::size_t{8} << 20, 'x');
    directory.write("big.ogg", big);
    RunningDaemon daemon{config("  web: { listen: http://127.0.0.1:0 }\n")};
    const auto address = daemon.addresses("web").front();
    Client busy{address, 4096};
    busy.say("GET /media/big.ogg HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(busy.hear_head(), StartsWith("HTTP/1.1 200 OK\r\n"));
    Client idle{address};
    idle.say("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_THAT(idle.hear_head(), AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), Not(HasSubstr("close"))));

    std::raise(SIGTERM);
    EXPECT_EQ(idle.hear(1), "") << "an idle connection ends at once";
    EXPECT_TRUE(Client{address}.refused());
    EXPECT_TRUE(busy.hear_all() == big) << "what was under way arrives whole";
    EXPECT_TRUE(daemon.end());
}

TEST_F(DaemonTest, DrainTimeoutEndsWhatDoesNotEnd) {
    RunningDaemon daemon{config(echo, "300ms")};
    Client client{daemon.addresses("echo").front()};
    EXPECT_TRUE(client.hears_back("hello"));
    const auto begun = Clock::now();
    std::raise(SIGTERM);
    EXPECT_EQ(client.hear(1), "");
    EXPECT_GE(Clock::now() - begun, 300ms);
    EXPECT_TRUE(daemon.end());
}

TEST_F(DaemonTest, AConnectionThatEndsDuringTheDrainEndsIt) {
    RunningDaemon daemon{config(echo)};
    {
        Client client{daemon.addresses("echo").front()};
        EXPECT_TRUE(client.hears_back("hello"));
        std::raise(SIGTERM);
        EXPECT_TRUE(client.hears_back("still there"));
    }
    EXPECT_TRUE(daemon.end());
    EXPECT_EQ(daemon.logged("stopping: connections have 3600 s to end"), 1U);
}

TEST_F(DaemonTest, ASecondSignalEndsAtOnce) {
    RunningDaemon daemon{config(echo)};
    Client client{daemon.addresses("echo").front()};
    EXPECT_TRUE(client.hears_back("hello"));
    std::raise(SIGTERM);
    std::raise(SIGINT);
    EXPECT_EQ(client.hear(1), "");
    EXPECT_TRUE(daemon.end());
}

TEST_F(DaemonTest, SighupSaysThatNothingHasChanged) {
    RunningDaemon daemon{config(echo)};
    std::raise(SIGHUP);
    EXPECT_TRUE(Client{daemon.addresses("echo").front()}.hears_back("hello"));
    std::raise(SIGTERM);
    EXPECT_TRUE(daemon.end());
    EXPECT_EQ(daemon.logged("SIGHUP: this version cannot reload its configuration; nothing has changed"), 1U);
}

TEST_F(DaemonTest, SighupDoesNotCutADrainShort) {
    RunningDaemon daemon{config(echo)};
    Client client{daemon.addresses("echo").front()};
    EXPECT_TRUE(client.hears_back("hello"));
    std::raise(SIGTERM);
    std::raise(SIGHUP);
    EXPECT_TRUE(client.hears_back("still there"));
    std::raise(SIGTERM);
    EXPECT_EQ(client.hear(1), "");
    EXPECT_TRUE(daemon.end());
}

#ifndef KAMAELIA_PORTABLE
TEST_F(DaemonTest, TellsSystemdThatItIsReadyThatItLivesAndThatItStops) {
    server::testing::SystemdSocket systemd;
    systemd.want_watchdog(1h);
    RunningDaemon daemon{config(echo, "90s")};
    const auto address = daemon.addresses("echo").front();
    EXPECT_TRUE(Client{address}.hears_back("hello")) << "it has had turns";
    EXPECT_THAT(systemd.heard(),
                ElementsAre("READY=1", "STATUS=0 connections; echo=tcp://" + address.text(), "WATCHDOG=1"));
    std::raise(SIGTERM);
    EXPECT_TRUE(daemon.end());
    EXPECT_THAT(systemd.heard(),
                ElementsAre(AllOf(StartsWith("STOPPING=1\n"), HasSubstr("\nEXTEND_TIMEOUT_USEC=100000000"))));
}
#endif

TEST_F(DaemonTest, WatchesTheDirectoriesThatItsServersUse) {
    bool failed = false;
    const auto children = [&](const std::string& servers) {
        std::size_t count = 0;
        axon::System system;
        const auto configured = config(servers);
        server::Listeners listeners{configured, kamaelia::Network::of(system)};
        const auto daemon = system.spawn<server::Daemon>(configured, listeners, heartbeats, failed);
        for (auto* child = daemon.get()->first_child(); child; child = child->next_sibling())
            if (dynamic_cast<server::MediaWatch*>(child)) ++count;
        return count;
    };
    EXPECT_EQ(children(echo), 0U);
    EXPECT_EQ(children("  web: { listen: http://127.0.0.1:0 }\n"), 1U);
}

TEST_F(DaemonTest, SeveralWorkersServeTheSameAddressesAndEndTogether) {
    const auto path = (directory.path() / "socket").string();
    RunningDaemon daemon{config_of("workers: 3\nservers:\n  echo: { listen: [ tcp://127.0.0.1:0, unix://" +
                                       path + " ], protocol: [ Echo ] }\n",
                                   directory.path())};
    const auto addresses = daemon.addresses("echo");
    ASSERT_EQ(addresses.size(), 2U);
    std::vector<Client> clients;
    clients.reserve(60);
    for (int i = 0; i < 60; ++i) clients.emplace_back(addresses[static_cast<std::size_t>(i % 2)]);
    for (auto& client : clients) EXPECT_TRUE(client.hears_back("hello"));
    std::raise(SIGHUP);
    EXPECT_TRUE(clients.front().hears_back("again"));
    std::raise(SIGTERM);
    clients.clear();
    EXPECT_TRUE(daemon.end());
    EXPECT_EQ(daemon.logged("SIGHUP"), 1U) << "one of them says it";
    EXPECT_EQ(daemon.logged("stopping"), 1U);
}

TEST_F(DaemonTest, ASecondSignalEndsEveryWorkerAtOnce) {
    RunningDaemon daemon{
        config_of(std::string{"workers: 3\ndrain_timeout: 1h\nservers:\n"} + echo, directory.path())};
    std::vector<Client> clients;
    clients.reserve(30);
    for (int i = 0; i < 30; ++i) clients.emplace_back(daemon.addresses("echo").front());
    for (auto& client : clients) EXPECT_TRUE(client.hears_back("hello"));
    std::raise(SIGTERM);
    std::raise(SIGTERM);
    EXPECT_TRUE(daemon.end());
    for (auto& client : clients) EXPECT_EQ(client.hear(1), "");
}

struct GraphTest : DaemonTest {
    // A daemon in virtual time, without a network.
    void run_graphs(const std::string& graphs) {
        configured = config_of("graphs:\n" + graphs, directory.path());
        listeners.emplace(configured, network);
        daemon = &rig.add<server::Daemon>(configured, *listeners, heartbeats, failed);
    }

    kamaelia::testing::MemoryNetwork network;
    axon::testing::Rig rig{{.network = &network}};
    bool failed = false;
    server::Config configured;
    std::optional<server::Listeners> listeners;
    server::Daemon* daemon = nullptr;
};

constexpr const char* missing_file = "    components: { file: { ReadFileAdaptor: { filename: missing.ogg, "
                                     "readmode: whole } }, sink: NullSink }\n"
                                     "    linkages: [ file.outbox -> sink.inbox ]\n";

TEST_F(GraphTest, AGraphRunsUntilTheEndIsAskedFor) {
    run_graphs("  ticker: [ Clock: { message: tick }, NullSink ]\n");
    rig.advance(1h);
    EXPECT_FALSE(rig.ended(*daemon));
    std::raise(SIGTERM);
    rig.run();
    EXPECT_TRUE(rig.ended(*daemon));
    EXPECT_FALSE(failed);
}

TEST_F(GraphTest, WhatFailsIsStartedAgainUnlessItSaysNever) {
    run_graphs(std::string{"  files:\n"} + missing_file);
    rig.advance(1min);
    EXPECT_FALSE(rig.ended(*daemon));
    EXPECT_GT(std::ranges::count_if(rig.log(),
                                    [](const auto& line) { return line.text.contains("starts again in"); }),
              5);
}

TEST_F(GraphTest, WithoutServersItEndsWithItsGraphs) {
    run_graphs(std::string{"  files:\n    restart: never\n"} + missing_file);
    rig.advance(1s);
    EXPECT_TRUE(rig.ended(*daemon));
    EXPECT_TRUE(failed);
}

} // namespace
