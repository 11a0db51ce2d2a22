// The configurations that docs/configuration.md shows, and what is said about the wrong one.
#include "server/components.hpp"
#include "server/compose.hpp"
#include "server/config/config.hpp"
#include "server/loose_ends.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Reading {
    server::Config config;
    std::vector<std::string> complaints;
};

Reading read(std::string text, const server::Environment& environment = {}) {
    if (text.starts_with('\n')) text.erase(0, 1); // after R"(
    axon::Registry registry;
    server::add_components(registry);
    const server::ConfigSource source{
        .file = server::ConfigFile{.name = "/etc/kamaelia/kamaelia.yaml", .text = std::move(text)},
        .sets = {},
        .media = {}};
    axon::Complaints complaints;
    auto config = server::read_config(source, environment, registry, complaints);
    server::check_compositions(config, complaints);
    if (complaints.empty()) server::check_loose_ends(config, complaints);
    return {std::move(config), server::complaint_lines(complaints, source)};
}

TEST(Configuration, TheGeneralSectionsAreRight) {
    const auto reading = read(
        // [general]
        R"(
log: { level: warning, format: json }
media: /srv/music
drain_timeout: 30s
)"
        // [/general]
    );
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.config.drain_timeout, std::chrono::seconds{30});
}

TEST(Configuration, TheServersAreRight) {
    const auto reading = read(
        // [servers]
        R"(
servers:
  web:
    listen: [ "http://0.0.0.0:8000", "http://[::]:8000" ]
  rtsp:
    listen: "rtsp://0.0.0.0:8554"
  echo:
    listen: "tcp://127.0.0.1:1500"
    protocol: [ Echo ]
  local:
    listen: "unix:///run/kamaelia/echo.sock"
    protocol: [ Echo ]
)"
        // [/servers]
    );
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.config.servers.size(), 4U);
}

TEST(Configuration, TheLongFormIsTheShortOne) {
    const auto longer = read(
        // [long]
        R"(
servers:
  web:
    listen: "tcp://0.0.0.0:8000"
    protocol: [ HTTPServer: {} ]
  rtsp:
    listen: "tcp://0.0.0.0:8554"
    protocol: [ RTSPServer: {} ]
)"
        // [/long]
    );
    EXPECT_THAT(longer.complaints, IsEmpty());
    const auto shorter = read("servers: { web: { listen: \"http://0.0.0.0:8000\" }, "
                              "rtsp: { listen: \"rtsp://0.0.0.0:8554\" } }");
    for (std::size_t i = 0; i < 2; ++i)
        EXPECT_EQ(longer.config.servers[i].protocol, shorter.config.servers[i].protocol);
}

TEST(Configuration, ThePipelinesAreRight) {
    const auto reading = read(
        // [pipelines]
        R"(
pipelines:
  shout: [ LineSplit, MessageRateControl: { period: 1s } ]
  watched:
    components:
      lines: shout
      fan: { Splitter: { outboxes: [ wait, drop_oldest ] } }
      screen: ConsoleEchoer
    linkages:
      - self.inbox -> lines.inbox
      - lines.outbox -> fan.inbox
      - fan.outbox1 -> self.outbox
      - fan.outbox2 -> screen.inbox

servers:
  lines:
    listen: "tcp://127.0.0.1:1502"
    protocol: watched
)"
        // [/pipelines]
    );
    EXPECT_THAT(reading.complaints, IsEmpty());
}

TEST(Configuration, TheEnvironmentIsRight) {
    const auto reading = read(
        // [environment]
        R"(
media: ${MUSIC:-/srv/music}
servers:
  web: { listen: "http://${ADDRESS}:${PORT:-8000}" }
)"
        // [/environment]
        ,
        {{"ADDRESS", "127.0.0.1"}});
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.config.servers[0].listen[0].port, 8000);
}

TEST(Configuration, TheUsersAreRight) {
    const auto reading = read(
        // [users]
        R"(
servers:
  rtsp:
    listen: "tcp://0.0.0.0:8554"
    protocol: [ RTSPServer: { users: rtsp.users } ]
)"
        // [/users]
    );
    EXPECT_THAT(reading.complaints, IsEmpty());
}

TEST(Configuration, TheFilesAreRight) {
    const auto reading = read(
        // [files]
        R"(
media: /srv/music
servers:
  jukebox:
    listen: "tcp://127.0.0.1:1501"
    protocol:
      - ReadFileAdaptor: { filename: jingles/1.ogg, readmode: bitrate, bitrate: 400k }
)"
        // [/files]
    );
    EXPECT_THAT(reading.complaints, IsEmpty());
}

TEST(Configuration, TheWrongOneIsToldAsTheDocumentSays) {
    const auto reading = read(
        // [wrong]
        R"(
drain_timeout: 10
servers:
  web: { lisen: "http://0.0.0.0:8000" }
  echo:
    listen: "tcp://127.0.0.1:1500"
    protocol: [ Ehco ]
)"
        // [/wrong]
    );
    const std::string file = "/etc/kamaelia/kamaelia.yaml:";
    EXPECT_THAT(
        reading.complaints,
        ElementsAre(file + "1:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"10\"",
                    file + "3:10: unknown key \"lisen\" in server \"web\"; did you mean \"listen\"?",
                    file + "6:17: unknown component \"Ehco\"; did you mean \"Echo\"?"));
}

} // namespace
