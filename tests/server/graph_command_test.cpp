#include "server/graph_command.hpp"

#include "server/components.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

server::Config config_of(const std::string& yaml) {
    axon::Registry registry;
    server::add_components(registry);
    server::ConfigSource source;
    source.file = server::ConfigFile{"f.yaml", yaml};
    axon::Complaints complaints;
    auto config = server::read_config(source, {}, registry, complaints);
    EXPECT_TRUE(complaints.empty()) << yaml;
    return config;
}

const char* const two_servers = "servers:\n"
                                "  web:\n"
                                "    listen: [ \"http://127.0.0.1:8000\", \"http://[::1]:8000\" ]\n"
                                "  numbers:\n"
                                "    listen: tcp://127.0.0.1:1500\n"
                                "    protocol:\n"
                                "      components: { a: PassThrough, b: both }\n"
                                "      linkages: [ self.inbox -> a.inbox, a.outbox -> b.inbox,\n"
                                "                  b.outbox -> self.outbox ]\n"
                                "pipelines:\n"
                                "  both: [ LineSplit, Echo ]\n";

TEST(GraphCommand, ShowsEachServerWithWhatItMakesForAConnection) {
    const auto planned = server::planned_components(config_of(two_servers));
    std::vector<std::string> paths;
    paths.reserve(planned.order.size());
    for (const auto id : planned.order) paths.push_back(planned.path(id));
    EXPECT_THAT(paths, ElementsAre("/kamaeliad", "/kamaeliad/web", "/kamaeliad/web/tcp://127.0.0.1:8000",
                                   "/kamaeliad/web/tcp://[::1]:8000", "/kamaeliad/web/Connection",
                                   "/kamaeliad/web/Connection/ConnectedSocketAdapter",
                                   "/kamaeliad/web/Connection/HTTPServer", "/kamaeliad/numbers",
                                   "/kamaeliad/numbers/tcp://127.0.0.1:1500", "/kamaeliad/numbers/Connection",
                                   "/kamaeliad/numbers/Connection/ConnectedSocketAdapter",
                                   "/kamaeliad/numbers/Connection/Graphline",
                                   "/kamaeliad/numbers/Connection/Graphline/a",
                                   "/kamaeliad/numbers/Connection/Graphline/b",
                                   "/kamaeliad/numbers/Connection/Graphline/b/LineSplit",
                                   "/kamaeliad/numbers/Connection/Graphline/b/Echo"));
    EXPECT_EQ(planned.components[planned.order[1]].class_name, "SimpleServer") << "as when it runs";
    std::vector<std::string> linkages;
    linkages.reserve(planned.linkages.size());
    for (const auto& linkage : planned.linkages)
        linkages.push_back(planned.path(linkage.from) + " -> " + planned.path(linkage.to));
    const std::string web = "/kamaeliad/web/Connection/";
    const std::string numbers = "/kamaeliad/numbers/Connection/";
    EXPECT_THAT(
        linkages,
        IsSupersetOf({web + "ConnectedSocketAdapter.outbox -> " + web + "HTTPServer.inbox",
                      web + "HTTPServer.outbox -> " + web + "ConnectedSocketAdapter.inbox",
                      numbers + "ConnectedSocketAdapter.outbox -> " + numbers + "Graphline.inbox",
                      numbers + "Graphline.inbox -> " + numbers + "Graphline/a.inbox",
                      numbers + "Graphline/a.outbox -> " + numbers + "Graphline/b.inbox",
                      numbers + "Graphline/b/LineSplit.outbox -> " + numbers + "Graphline/b/Echo.inbox",
                      numbers + "Graphline.outbox -> " + numbers + "ConnectedSocketAdapter.inbox"}));
}

TEST(GraphCommand, TheLongFormIsWhatTheShortOneShows) {
    const auto graph = [](const std::string& server) {
        return server::render(
            server::planned_components(config_of("servers: { web: { listen: \"" + server + " } }")),
            server::GraphFormat::json);
    };
    EXPECT_EQ(graph("http://127.0.0.1:8000\""), graph("tcp://127.0.0.1:8000\", protocol: [ HTTPServer ]"));
    EXPECT_EQ(graph("rtsp://127.0.0.1:8554\""), graph("tcp://127.0.0.1:8554\", protocol: [ RTSPServer ]"));
}

TEST(GraphCommand, SaysItInThreeLanguages) {
    const auto planned = server::planned_components(config_of(two_servers));
    const auto dot = server::render(planned, server::GraphFormat::dot);
    EXPECT_THAT(dot, HasSubstr("digraph"));
    EXPECT_THAT(dot, Not(HasSubstr("ready"))) << "nothing runs, so nothing has a state";
    EXPECT_THAT(server::render(planned, server::GraphFormat::mermaid), HasSubstr("flowchart"));
    const auto json = server::render(planned, server::GraphFormat::json);
    EXPECT_THAT(json, HasSubstr("\"components\""));
    EXPECT_TRUE(json.ends_with("}\n"));
}

TEST(GraphCommand, ShowsGraphsUnderTheirSupervisors) {
    const auto planned =
        server::planned_components(config_of("graphs: { ticker: [ Clock: { message: tick }, NullSink ] }"));
    std::vector<std::string> paths;
    paths.reserve(planned.order.size());
    for (const auto index : planned.order) paths.push_back(planned.path(index));
    EXPECT_THAT(paths,
                ElementsAre("/kamaeliad", "/kamaeliad/ticker", "/kamaeliad/ticker/Pipeline",
                            "/kamaeliad/ticker/Pipeline/Clock", "/kamaeliad/ticker/Pipeline/NullSink"));
}

TEST(GraphCommand, WithoutServersThereIsNothingButTheDaemon) {
    EXPECT_EQ(server::planned_components(config_of("log: { level: info }")).order.size(), 1U);
}

} // namespace
