// A snapshot as JSON: all that it says, and valid whatever the names are.
#include "axon/snapshot_json.hpp"

#include "axon/group_snapshot.hpp"

#include <gtest/gtest.h>

#include "tests/axon/snapshots.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace {

using axon::snapshot_json;

TEST(SnapshotJson, SaysEverything) {
    EXPECT_EQ(
        snapshot_json(snapshots::server()),
        R"({"components":[)"
        R"({"id":0,"path":"/Server#1","parent":null,"class":"Server","seen":true,"serial":1,"count":1,)"
        R"("state":"running","waits":[],"boxes":[]},)"
        R"({"id":1,"path":"/Server#1/Echo#2","parent":0,"class":"Echo","seen":true,"serial":2,"count":1,)"
        R"("state":"waiting","waits":[{"count":1,"for":[{"what":"input","box":{"component":1,"box":"inbox"}}],)"
        R"("file":"axon/echo.cpp","line":9}],"boxes":[)"
        R"({"name":"inbox","direction":"in","type":"int","depth":3,"capacity":64,"bytes":0,)"
        R"("byte_capacity":1000,"overflow":"wait","received":13,"taken":10,"dropped":1},)"
        R"({"name":"outbox","direction":"out","type":"int","sent":7,"discarded":2}]},)"
        R"({"id":2,"path":"/Log#3","parent":null,"class":"Log","seen":false}],)"
        R"("linkages":[)"
        R"({"from":{"component":1,"box":"outbox"},"to":{"component":2,"box":"inbox"}},)"
        R"({"from":{"component":1,"box":"outbox"},"to":{"component":1,"box":"inbox"}},)"
        R"({"from":{"component":1,"box":"signal"},"to":{"component":2,"box":"control"}},)"
        R"({"from":{"component":1,"box":"outbox"},"to":{"component":null,"box":"reply"}}],)"
        R"("services":[{"name":"echoes","inbox":{"component":1,"box":"inbox"}}],"whole":true})");
}

TEST(SnapshotJson, IsReadBackByAParserWhateverTheNamesAre) {
    const auto parsed = boost::json::parse(snapshot_json(snapshots::wild()));
    const auto& component = parsed.at("components").at(0);
    EXPECT_EQ(component.at("path").as_string(), "/a\"b\\c\nd\x01<&>#%`{|}\xef\xbf\xbd\xc3\xa9");
    EXPECT_EQ(component.at("boxes").at(1).at("name").as_string(), "out\"box\n");
}

TEST(SnapshotJson, TellsEveryReason) {
    using namespace std::chrono_literals;
    using What = axon::Awaited::What;
    axon::Snapshot snapshot;
    const auto id = snapshots::add(snapshot, axon::Snapshot::none, "X", "X");
    snapshot.components[id].awaits.push_back({.reasons = {{.what = What::room,
                                                           .box = axon::Snapshot::BoxName{id, "outbox"},
                                                           .full = axon::Snapshot::BoxName{id, "inbox"}},
                                                          {.what = What::time, .left = 1500us},
                                                          {.what = What::other, .text = "rain"},
                                                          {.what = What::any_box}},
                                              .at = {}});
    const auto parsed = boost::json::parse(snapshot_json(snapshot));
    EXPECT_EQ(boost::json::serialize(parsed.at("components").at(0).at("waits").at(0).at("for")),
              R"([{"what":"room","box":{"component":0,"box":"outbox"},"full":{"component":0,"box":"inbox"}},)"
              R"({"what":"time","milliseconds":2},{"what":"other","text":"rain"},{"what":"any box"}])");
}

TEST(SnapshotJson, OfAGroupSaysHowManyAndInWhichStates) {
    axon::Snapshot snapshot;
    snapshots::add(snapshot, axon::Snapshot::none, "Echo#1", "Echo", 1);
    snapshots::add(snapshot, axon::Snapshot::none, "Echo#2", "Echo", 2);
    snapshots::add(snapshot, axon::Snapshot::none, "Echo#3", "Echo", 3, snapshots::State::ready);
    EXPECT_EQ(snapshot_json(group_snapshot(snapshot)),
              R"({"components":[{"id":0,"path":"/Echo#*","parent":null,"class":"Echo","seen":true,"count":3,)"
              R"("states":{"ready":1,"waiting":2},"waits":[],"boxes":[]}],)"
              R"("linkages":[],"services":[],"whole":true})");
}

} // namespace
