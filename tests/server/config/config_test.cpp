#include "server/config/config.hpp"
#include "tests/server/config/sample_registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace server;
using namespace server::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Reading {
    Config config;
    std::vector<std::string> complaints;
};

Reading read(const ConfigSource& source, const Environment& environment = {}) {
    axon::Complaints complaints;
    auto config = read_config(source, environment, sample_registry(), complaints);
    return {std::move(config), complaint_lines(complaints, source)};
}

ConfigSource file(std::string text) {
    return {.file = ConfigFile{.name = "/etc/kamaelia/kamaelia.yaml", .text = std::move(text)},
            .sets = {},
            .media = {}};
}

Config read_right(const std::string& text) {
    auto reading = read(file(text));
    EXPECT_THAT(reading.complaints, IsEmpty());
    return std::move(reading.config);
}

const axon::Blueprint& blueprint(const Part& part) { return std::get<axon::Blueprint>(part.what); }

TEST(Config, IsAllDefaultsWhenNothingIsSaid) {
    for (const auto* text : {"", "# nothing\n", "{}", "servers:\npipelines:\nlog:\n"}) {
        const auto config = read_right(text);
        EXPECT_EQ(config, Config{}) << text;
    }
    const Config config;
    EXPECT_EQ(config.log, (LogConfig{axon::LogLevel::info, LogFormat::text}));
    EXPECT_EQ(config.workers, 1U);
    EXPECT_EQ(config.drain_timeout, 10s);
    EXPECT_EQ(config.media.directory, "/var/lib/kamaelia/media");
}

TEST(Config, ReadsTheGeneralSections) {
    const auto config = read_right("log: { level: warning, format: json }\nworkers: auto\nmedia: /srv/music\n"
                                   "drain_timeout: 250ms\n");
    EXPECT_EQ(config.log, (LogConfig{axon::LogLevel::warning, LogFormat::json}));
    EXPECT_EQ(config.workers, 0U) << "one a core";
    EXPECT_EQ(config.media.directory, "/srv/music");
    EXPECT_EQ(config.drain_timeout, 250ms);
}

TEST(Config, LooksForARelativeMediaDirectoryBesideTheFile) {
    EXPECT_EQ(read_right("media: music").media.directory, "/etc/kamaelia/music");
    EXPECT_EQ(read_right("media: ../music").media.directory, "/etc/music");
}

TEST(Config, ReadsAServerOfAPipeline) {
    const auto config = read_right("media: /srv\n"
                                   "servers:\n"
                                   "  jukebox:\n"
                                   "    listen: tcp://127.0.0.1:1501\n"
                                   "    protocol:\n"
                                   "      - ReadFileAdaptor: { filename: jingle.ogg, readmode: bitrate }\n"
                                   "      - Echo\n"
                                   "      - Process:\n"
                                   "          command: [cat, \"-\"]\n"
                                   "          password_file: live.password\n");
    ASSERT_EQ(config.servers.size(), 1U);
    const auto& jukebox = config.servers[0];
    EXPECT_EQ(jukebox.name, "jukebox");
    EXPECT_EQ(jukebox.where, (axon::Where{3, 3}));
    ASSERT_EQ(jukebox.listen.size(), 1U);
    EXPECT_EQ(show(jukebox.listen[0]), "tcp://127.0.0.1:1501");
    EXPECT_EQ(jukebox.listen[0].where, (axon::Where{4, 13}));

    const auto& pipeline = std::get<PipelineSpec>(jukebox.protocol);
    EXPECT_EQ(pipeline.where, (axon::Where{6, 7}));
    ASSERT_EQ(pipeline.parts.size(), 3U);
    EXPECT_EQ(*blueprint(pipeline.parts[0]).params<ReadFileAdaptor::Params>(),
              (ReadFileAdaptor::Params{.filename = {"/srv/jingle.ogg"}, .readmode = ReadMode::bitrate}));
    EXPECT_EQ(blueprint(pipeline.parts[1]), axon::Blueprint::of<Echo>("Echo"));
    EXPECT_EQ(pipeline.parts[1].where, (axon::Where{7, 9}));
    const auto* process = blueprint(pipeline.parts[2]).params<Process::Params>();
    EXPECT_THAT(process->command, ElementsAre("cat", "-"));
    EXPECT_EQ(process->password_file.path, "/etc/kamaelia/live.password");
}

TEST(Config, TakesAListOfAddresses) {
    const auto config = read_right("servers:\n  e:\n    listen: [\"tcp://[::1]:0\", \"unix:///run/e.sock\"]\n"
                                   "    protocol: [Echo]\n");
    ASSERT_EQ(config.servers[0].listen.size(), 2U);
    EXPECT_EQ(show(config.servers[0].listen[0]), "tcp://[::1]:0");
    EXPECT_EQ(show(config.servers[0].listen[1]), "unix:///run/e.sock");
}

TEST(Config, TakesPortZeroAsOftenAsWanted) {
    const auto config =
        read_right("servers:\n  a: { listen: \"http://h:0\" }\n  b: { listen: \"http://h:0\" }\n");
    EXPECT_EQ(config.servers.size(), 2U);
}

TEST(Config, BuildsAnHttpServerForAnHttpUrl) {
    const auto config = read_right("servers:\n  web: { listen: [\"http://h:80\", \"http://h:81\"] }\n");
    const auto& pipeline = std::get<PipelineSpec>(config.servers[0].protocol);
    ASSERT_EQ(pipeline.parts.size(), 1U);
    EXPECT_EQ(blueprint(pipeline.parts[0]), axon::Blueprint::of<HTTPServer>("HTTPServer"));
    const auto longer =
        read_right("servers:\n  web: { listen: \"tcp://h:80\", protocol: [ HTTPServer: {} ] }\n");
    EXPECT_EQ(config.servers[0].protocol, longer.servers[0].protocol);
}

TEST(Config, SaysWhatHttpNeedsWhereItIsNot) {
    axon::Registry registry;
    registry.add<Echo>("Echo", "");
    axon::Complaints complaints;
    (void)read_config(file("servers:\n  web: { listen: \"http://h:80\" }\n"), {}, registry, complaints);
    ASSERT_EQ(complaints.list().size(), 1U);
    EXPECT_EQ(complaints.list()[0].text,
              "listen: http://h:80 needs the component HTTPServer, which this version does not have");
}

TEST(Config, ReadsAGraphline) {
    const auto config = read_right("servers:\n"
                                   "  e:\n"
                                   "    listen: tcp://h:1\n"
                                   "    protocol:\n"
                                   "      components:\n"
                                   "        one: Echo\n"
                                   "        run: { Process: { command: [cat] } }\n"
                                   "      linkages:\n"
                                   "        - self.inbox -> one.inbox\n"
                                   "        - one.outbox->run.inbox\n"
                                   "        - run.outbox -> self.outbox\n");
    const auto& graphline = std::get<GraphlineSpec>(config.servers[0].protocol);
    ASSERT_EQ(graphline.parts.size(), 2U);
    EXPECT_EQ(graphline.parts[0].id, "one");
    EXPECT_EQ(graphline.parts[0].where, (axon::Where{6, 14}));
    EXPECT_EQ(graphline.parts[1].id, "run");
    EXPECT_THAT(graphline.linkages, ElementsAre(LinkageSpec{{"self", "inbox"}, {"one", "inbox"}, {}},
                                                LinkageSpec{{"one", "outbox"}, {"run", "inbox"}, {}},
                                                LinkageSpec{{"run", "outbox"}, {"self", "outbox"}, {}}));
    EXPECT_EQ(graphline.linkages[1].where, (axon::Where{10, 11}));
}

TEST(Config, UsesPipelinesByNameWhereverOneMayStand) {
    const auto config = read_right("pipelines:\n"
                                   "  both: [ Echo, shout ]\n"
                                   "  shout: { components: { e: Echo } }\n"
                                   "  again: both\n"
                                   "servers:\n"
                                   "  a: { listen: \"tcp://h:1\", protocol: both }\n"
                                   "  b: { listen: \"tcp://h:2\", protocol: [ both ] }\n"
                                   "  c: { listen: \"tcp://h:3\", protocol: { components: { x: both } } }\n"
                                   "  d: { listen: \"tcp://h:4\", protocol: again }\n");
    const auto& both = std::get<PipelineSpec>(config.servers[0].protocol);
    ASSERT_EQ(both.parts.size(), 2U);
    const auto& shout = std::get<GraphlineSpec>(both.parts[1].what);
    EXPECT_EQ(shout.parts[0].id, "e");
    EXPECT_EQ(std::get<PipelineSpec>(std::get<PipelineSpec>(config.servers[1].protocol).parts[0].what), both);
    EXPECT_EQ(std::get<PipelineSpec>(std::get<GraphlineSpec>(config.servers[2].protocol).parts[0].what),
              both);
    EXPECT_EQ(config.servers[3].protocol, config.servers[0].protocol);

    ASSERT_EQ(config.pipelines.size(), 3U);
    EXPECT_EQ(config.pipelines[0].name, "both");
    EXPECT_EQ(config.pipelines[0].pipeline, config.servers[0].protocol);
}

TEST(Config, IsEqualToTheSameConfigurationWrittenElsewhere) {
    const std::string text = "pipelines: { p: [ Echo ] }\nservers:\n"
                             "  e: { listen: \"tcp://h:1\", protocol: { components: { e: Echo } } }\n";
    EXPECT_EQ(read_right(text), read_right("\n\n" + text));
    for (const auto* other : {"servers: {}", "pipelines: { p: [ HTTPServer ] }", "drain_timeout: 1s"})
        EXPECT_NE(read_right(text), read_right(other));
}

TEST(Config, IsAnotherOneWithEachSettingThatChanges) {
    const std::string text =
        "log: { level: info, format: text }\n"
        "media: /srv\n"
        "drain_timeout: 5s\n"
        "pipelines: { p: [ Echo ] }\n"
        "servers:\n"
        "  e: { listen: \"tcp://h:1\", protocol: [ ReadFileAdaptor: { filename: a } ] }\n"
        "  g: { listen: \"tcp://h:2\", protocol: { components: { a: Echo, b: Echo },\n"
        "       linkages: [ self.inbox -> a.inbox, a.outbox -> b.inbox ] } }\n";
    EXPECT_EQ(read_right(text), read_right(text));
    for (const auto* change :
         {"log.level=debug", "log.format=json", "media=/other", "drain_timeout=6s",
          "pipelines.p=[ HTTPServer ]", "pipelines.q=[ Echo ]", "servers.e.listen=tcp://h:3",
          "servers.e.listen=tcp://i:1", "servers.e.listen=[ tcp://h:1, tcp://h:3 ]",
          "servers.e.protocol.0.ReadFileAdaptor.filename=b",
          "servers.e.protocol.0.ReadFileAdaptor.readmode=bitrate",
          "servers.e.protocol.0.ReadFileAdaptor.chunk=1KiB", "servers.e.protocol=[ Echo ]",
          "servers.g.protocol.components.b=HTTPServer", "servers.g.protocol.components.c=Echo",
          "servers.g.protocol.linkages.1=a.outbox -> self.outbox", "servers.f={ listen: \"http://h:3\" }"}) {
        auto changed = file(text);
        changed.sets = {change};
        const auto reading = read(changed);
        EXPECT_THAT(reading.complaints, IsEmpty());
        EXPECT_NE(reading.config, read_right(text)) << change;
    }
}

TEST(Config, TellsServersApartByWhatMatters) {
    const auto server = [](const std::string& rest) {
        return read_right("servers: { e: " + rest + " }").servers[0];
    };
    const auto echo = server("{ listen: \"tcp://h:1\", protocol: [ Echo ] }");
    EXPECT_EQ(echo, server("{ protocol: [ Echo: {} ], listen: [ \"tcp://h:1\" ] }"));
    EXPECT_NE(echo, server("{ listen: \"tcp://h:2\", protocol: [ Echo ] }"));
    EXPECT_NE(echo, server("{ listen: \"tcp://h:1\", protocol: [ Echo, Echo ] }"));
    EXPECT_NE(echo, server("{ listen: \"tcp://h:1\", protocol: { components: { e: Echo } } }"));
}

TEST(Config, TakesVariablesFromTheEnvironment) {
    const auto reading = read(file("media: ${MUSIC}\ndrain_timeout: ${WAIT:-3s}\n"), {{"MUSIC", "/m"}});
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.config.media.directory, "/m");
    EXPECT_EQ(reading.config.drain_timeout, 3s);
}

TEST(Config, LetsTheCommandLineHaveTheLastWord) {
    auto source =
        file("media: /a\ndrain_timeout: 1s\nservers: { e: { listen: \"tcp://h:1\", protocol: [Echo] } }");
    source.sets = {"drain_timeout=2s", "servers.e.listen=tcp://h:0", "drain_timeout=3s", "media=/b"};
    const auto reading = read(source);
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.config.drain_timeout, 3s);
    EXPECT_EQ(reading.config.servers[0].listen[0].port, 0);
    EXPECT_EQ(reading.config.media.directory, "/b");
    source.media = "music";
    EXPECT_EQ(read(source).config.media.directory, "music");
}

TEST(Config, NamesTheOptionThatIsWrong) {
    auto source = file("workers: 0");
    source.sets = {"drain_timeout=soon", "log=[", "log.levle=info"};
    EXPECT_THAT(
        read(source).complaints,
        ElementsAre(
            "/etc/kamaelia/kamaelia.yaml:1:10: workers: expected auto, or a number from 1 to 256, found "
            "\"0\"",
            "--set drain_timeout=soon: drain_timeout: expected a duration such as 250ms, 2s or 5m, "
            "found \"soon\"",
            "--set log=[: expected a comma, or the end of the \"[\" at 1:1",
            "--set log.levle=info: unknown key \"levle\" in log; did you mean \"level\"?"));
}

TEST(Config, NamesTheOptionThatSaysNothing) {
    auto source = file("servers: { e: { listen: \"tcp://h:1\", protocol: [ Echo ] } }");
    source.sets = {"log.level=", "workers=# none", "log.format=${EMPTY}"};
    EXPECT_THAT(read(source, {{"EMPTY", ""}}).complaints,
                ElementsAre("--set log.level=: level: expected debug, info, warning or error, found nothing",
                            "--set workers=# none: workers: expected auto, or a number from 1 to 256, found "
                            "nothing",
                            "--set log.format=${EMPTY}: format: expected text or json, found \"\""));
    source.sets = {"servers.e.listen=", "servers.e.protocol.0="};
    EXPECT_THAT(
        read(source).complaints,
        ElementsAre("--set servers.e.listen=: listen: expected a URL or a list of them, found nothing",
                    "--set servers.e.protocol.0=: protocol: expected a component, found nothing"));
    source.sets = {"servers.e.protocol="};
    EXPECT_THAT(read(source).complaints,
                ElementsAre("--set servers.e.protocol=: protocol: expected a list of components, a graphline "
                            "or the name of a pipeline, found nothing"));
}

TEST(Config, ServesABareMediaDirectoryOverHttpAndIfItCanRtsp) {
    const ConfigSource source{.file = {}, .sets = {}, .media = "music"};
    const auto reading = read(source);
    EXPECT_THAT(reading.complaints, IsEmpty());
    EXPECT_EQ(reading.config.media.directory, "music");
    ASSERT_EQ(reading.config.servers.size(), 2U);
    EXPECT_EQ(show(reading.config.servers[0].listen[0]), "http://127.0.0.1:8000");
    EXPECT_TRUE(reading.config.servers[0].required);
    EXPECT_EQ(show(reading.config.servers[1].listen[0]), "rtsp://127.0.0.1:8554");
    EXPECT_FALSE(reading.config.servers[1].required);
}

TEST(Config, MaySetWhereABareMediaDirectoryIsServed) {
    const ConfigSource source{
        .file = {},
        .sets = {"servers.web.listen=http://127.0.0.1:0", "servers.rtsp.listen=rtsp://127.0.0.1:0"},
        .media = "music"};
    const auto servers = read(source).config.servers;
    for (const auto& server : servers) {
        EXPECT_EQ(server.listen[0].port, 0);
        EXPECT_TRUE(server.required) << "it has been asked for";
    }
}

TEST(Config, OpensOnlyWhatTheFileNames) {
    auto source = file("log: { level: debug }");
    source.media = "music";
    EXPECT_THAT(read(source).config.servers, IsEmpty());
    EXPECT_FALSE(read(source).config.admin);
}

TEST(Config, HasTheAdminListenerOnLoopbackUnlessToldOtherwise) {
    for (const auto* text : {"admin:", "admin: {}", "admin: { listen: \"http://127.0.0.1:8001\" }"}) {
        const auto admin = read_right(text).admin;
        ASSERT_TRUE(admin) << text;
        ASSERT_EQ(admin->listen.size(), 1U) << text;
        EXPECT_EQ(show(admin->listen.front()), "http://127.0.0.1:8001");
        EXPECT_TRUE(admin->required) << text;
    }
    EXPECT_EQ(read_right("admin: { listen: [ \"http://h:1\", \"http://h:2\" ] }").admin->listen.size(), 2U);
}

TEST(Config, OpensTheAdminListenerOfABareMediaDirectoryIfItCan) {
    ConfigSource source{.file = {}, .sets = {}, .media = "music"};
    const auto by_itself = read(source).config.admin;
    ASSERT_TRUE(by_itself);
    EXPECT_EQ(show(by_itself->listen.front()), "http://127.0.0.1:8001");
    EXPECT_FALSE(by_itself->required);
    source.sets = {"admin.listen=http://127.0.0.1:0"};
    const auto asked_for = read(source).config.admin;
    ASSERT_TRUE(asked_for);
    EXPECT_EQ(asked_for->listen.front().port, 0);
    EXPECT_TRUE(asked_for->required);
}

TEST(Config, NamesTheMediaOptionWhenItCannotBeServed) {
    const ConfigSource source{.file = {}, .sets = {}, .media = "music"};
    axon::Complaints complaints;
    (void)read_config(source, {}, {}, complaints);
    EXPECT_THAT(
        complaint_lines(complaints, source),
        ElementsAre("--media music: listen: http://127.0.0.1:8000 needs the component HTTPServer, which this "
                    "version does not have",
                    "--media music: listen: rtsp://127.0.0.1:8554 needs the component RTSPServer, which this "
                    "version does not have"));
}

TEST(Config, ReadsGraphsInEveryForm) {
    const auto config = read_right("pipelines:\n"
                                   "  named: [ Echo ]\n"
                                   "graphs:\n"
                                   "  whole:\n"
                                   "    restart: always\n"
                                   "    components: { a: Echo, b: Echo }\n"
                                   "    linkages: [ a.outbox -> b.inbox ]\n"
                                   "  list: [ Echo, Echo ]\n"
                                   "  by-name: named\n"
                                   "workers: 4\n");
    EXPECT_EQ(config.workers, 4U);
    ASSERT_EQ(config.graphs.size(), 3U);
    EXPECT_EQ(config.graphs[0].name, "whole");
    EXPECT_EQ(config.graphs[0].restart, kamaelia::Restart::always);
    EXPECT_TRUE(std::holds_alternative<server::GraphlineSpec>(config.graphs[0].graph));
    EXPECT_EQ(config.graphs[1].restart, kamaelia::Restart::on_failure);
    EXPECT_EQ(std::get<server::PipelineSpec>(config.graphs[1].graph).parts.size(), 2U);
    EXPECT_EQ(config.graphs[2].graph, config.pipelines[0].pipeline);
}

TEST(Config, SaysWhereThereIsNothingToDo) {
    const auto lines_of = [](const std::string& text, std::vector<std::string> sets) {
        auto source = file(text);
        source.sets = std::move(sets);
        axon::Complaints complaints;
        check_purpose(read(source).config, complaints);
        return complaint_lines(complaints, source);
    };
    const std::string what =
        ": there is nothing to do; expected a server under \"servers\" or a graph under \"graphs\"";
    const std::string name = "/etc/kamaelia/kamaelia.yaml:";
    const std::string web = "servers: { web: { listen: \"http://h:1\" } }";
    EXPECT_THAT(lines_of("", {}), ElementsAre(name + "1:1" + what));
    EXPECT_THAT(lines_of("# later\nadmin:\npipelines: { p: [ Echo ] }\n", {}),
                ElementsAre(name + "2:1" + what));
    EXPECT_THAT(lines_of("graphs:\nadmin:\nservers: {}\n", {}), ElementsAre(name + "3:10" + what));
    EXPECT_THAT(lines_of("admin:\ngraphs:\n", {}), ElementsAre(name + "2:1" + what));
    EXPECT_THAT(lines_of(web, {"servers={}"}), ElementsAre("--set servers={}" + what));
    EXPECT_THAT(lines_of(web, {}), IsEmpty());
    EXPECT_THAT(lines_of("graphs: { g: [ Echo ] }", {}), IsEmpty());
}

TEST(Config, KeepsWhatIsRightBesideWhatIsWrong) {
    const auto reading = read(file("drain_timeout: soon\nservers:\n"
                                   "  a: { listen: \"tcp://h:1\", protocol: [Ehco] }\n"
                                   "  b: { listen: nowhere, protocol: [Echo] }\n"));
    EXPECT_EQ(reading.complaints.size(), 3U);
    EXPECT_EQ(reading.config.drain_timeout, 10s);
    ASSERT_EQ(reading.config.servers.size(), 2U);
    EXPECT_EQ(reading.config.servers[0].listen.size(), 1U);
    const auto& parts = std::get<PipelineSpec>(reading.config.servers[0].protocol).parts;
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(std::get<FaultyPart>(parts[0].what).kind, nullptr);
    EXPECT_THAT(reading.config.servers[1].listen, IsEmpty());
    EXPECT_EQ(std::get<PipelineSpec>(reading.config.servers[1].protocol).parts.size(), 1U);
}

} // namespace
