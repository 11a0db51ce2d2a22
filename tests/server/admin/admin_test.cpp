// The admin listener on a network in memory: what each of its pages says, and when.
#include "server/admin/admin.hpp"

#include "axon/heartbeat.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "server/admin/scheduler_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace std::chrono_literals;
using axon::testing::Rig;
using kamaelia::testing::MemoryClient;
using kamaelia::testing::MemoryNetwork;
using server::admin::Admin;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct AdminListener : ::testing::Test {
    AdminListener() { rig.run(); }

    std::string ask(std::string_view line, std::string_view more = "") {
        MemoryClient client{network, "127.0.0.1", 8001};
        client.say(std::string{line} + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" +
                   std::string{more});
        std::string heard;
        for (int i = 0; i < 10; ++i) { // what comes by way of offload() comes a pass later
            rig.run();
            heard += client.hear();
        }
        client.finish();
        rig.run();
        return heard;
    }
    std::string get(std::string_view path) { return ask("GET " + std::string{path}); }

    MemoryNetwork network;
    axon::Heartbeats heartbeats{1};
    Rig rig{{.network = &network}};
    axon::Heartbeat& heartbeat = rig.add<axon::Heartbeat>(heartbeats, 0U);
    server::admin::SchedulerValues& counts = rig.add<server::admin::SchedulerValues>();
    Admin& admin = rig.add<Admin>(kamaelia::testing::listening(network, "127.0.0.1", 8001), heartbeats);
};

TEST_F(AdminListener, ShowsValuesToPrometheus) {
    const auto text = get("/metrics");
    EXPECT_THAT(text, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(text, HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
    EXPECT_THAT(text, HasSubstr("\nkamaelia_connections{server=\"admin\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("\nkamaelia_build_info{version=\"" KAMAELIA_VERSION "\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("\nprocess_cpu_seconds_total "));
    EXPECT_THAT(text, HasSubstr("\nkamaelia_axon_components "));
    EXPECT_THAT(get("/metrics"),
                HasSubstr("\nkamaelia_disconnects_total{reason=\"finished\",server=\"admin\"} 1\n"));
}

TEST_F(AdminListener, CountsMessages) {
    (void)get("/healthz"); // which takes some
    rig.advance(server::admin::SchedulerValues::period);
    EXPECT_THAT(get("/metrics"), ContainsRegex("\nkamaelia_axon_messages_total [1-9]"));
}

TEST_F(AdminListener, ShowsThemAsJsonToo) {
    EXPECT_THAT(get("/stats"), AllOf(HasSubstr("Content-Type: application/json\r\n"),
                                     HasSubstr("{\"version\":\"" KAMAELIA_VERSION
                                               "\",\"healthy\":true,\"draining\":false,\"values\":[{"),
                                     HasSubstr(R"({"labels":{"server":"admin"},"value":1})")));
}

TEST_F(AdminListener, IsHealthyWhileTheSchedulerGivesTurns) {
    EXPECT_THAT(get("/healthz"), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\nok\n")));
    rig.stop(heartbeat); // as if it had none any more
    EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
    rig.advance(Admin::patience + 1s);
    EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200 ")) << "which is another question";
}

TEST_F(AdminListener, IsUnhealthyWhenAWorkerHasEndedBeforeItDrains) {
    {
        const axon::Heartbeat ended{heartbeats, 0};
    }
    EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 503 "));
    admin.set_draining();
    EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminListener, IsReadyUntilItDrains) {
    EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200 "));
    admin.set_draining();
    EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(AdminListener, DrawsWhatRuns) {
    EXPECT_THAT(get("/graph"), AllOf(HasSubstr("Content-Type: application/json\r\n"),
                                     HasSubstr("\"class\":\"AdminServer\""), HasSubstr("\"whole\":true}\n")));
    EXPECT_THAT(get("/graph?format=dot"), AllOf(HasSubstr("text/plain"), HasSubstr("\r\n\r\ndigraph")));
    EXPECT_THAT(get("/graph?format=mermaid"), HasSubstr("\r\n\r\nflowchart"));
    EXPECT_THAT(get("/graph?format=png"), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("mermaid")));
}

TEST_F(AdminListener, GroupsConnectionsUnlessTheyAreExpanded) {
    MemoryClient one{network, "127.0.0.1", 8001};
    MemoryClient two{network, "127.0.0.1", 8001};
    rig.run();
    EXPECT_THAT(get("/graph"), HasSubstr("Connection#*\""));
    const auto path = admin.path() + "/admin/Connection%23*";
    EXPECT_THAT(get("/graph?expand=" + path), Not(HasSubstr("Connection#*\"")));
}

TEST_F(AdminListener, HasAPageForPeople) {
    EXPECT_THAT(get("/"), AllOf(HasSubstr("Content-Type: text/html; charset=utf-8\r\n"),
                                HasSubstr("<h1>kamaeliad " KAMAELIA_VERSION "</h1>"),
                                HasSubstr("kamaelia_connections server=admin"), HasSubstr("AdminServer"),
                                EndsWith("</html>\n")));
}

TEST_F(AdminListener, AnswersWhatItDoesNotKnow) {
    EXPECT_THAT(ask("HEAD /metrics"), AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), EndsWith("\r\n\r\n")));
    for (const auto* path : {"/nothing", "/metrics/", "/metrics/x"})
        EXPECT_THAT(get(path), StartsWith("HTTP/1.1 404 ")) << path;
    EXPECT_THAT(ask("POST /metrics"), AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: GET, HEAD\r\n")));
    EXPECT_THAT(get("//"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(ask("hello"), StartsWith("HTTP/1.1 400 "));
}

TEST_F(AdminListener, IsReadByNoPageElsewhereAndKeptByNoCache) {
    EXPECT_THAT(get("/stats"),
                AllOf(Not(HasSubstr("Access-Control")), HasSubstr("Cache-Control: no-store\r\n")));
}

TEST_F(AdminListener, AnswersOneRequestAfterTheOther) {
    MemoryClient client{network, "127.0.0.1", 8001};
    client.say("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET /readyz HTTP/1.1\r\nHost: h\r\n\r\n");
    rig.run();
    const auto heard = client.hear();
    EXPECT_EQ(heard.find("HTTP/1.1 200"), 0U);
    EXPECT_NE(heard.rfind("HTTP/1.1 200"), 0U);
    EXPECT_FALSE(client.ended());
    rig.advance(75s);
    rig.run();
    EXPECT_THAT(client.hear(), IsEmpty());
    EXPECT_TRUE(client.ended());
}

TEST_F(AdminListener, LogsItsConnectionsForDebuggingOnly) {
    get("/healthz");
    ASSERT_FALSE(rig.log().empty());
    for (const auto& line : rig.log()) EXPECT_EQ(line.level, axon::LogLevel::debug) << line.text;
}

} // namespace
