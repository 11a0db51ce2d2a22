// Crowds of one shape as one component each, and what is looked at more closely.
#include "axon/group_snapshot.hpp"

#include "axon/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/axon/snapshots.hpp"

#include <algorithm>

namespace {

using namespace parts;
using axon::group_snapshot;
using axon::Snapshot;
using axon::Task;
using axon::testing::Rig;
using snapshots::add;
using snapshots::add_boxes;
using snapshots::State;
using snapshots::What;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

Strings paths(const Snapshot& snapshot) {
    Strings all;
    for (const auto id : snapshot.order) {
        const auto count = snapshot.components[id].count;
        all.push_back(snapshot.path(id) + (count > 1 ? " x" + std::to_string(count) : ""));
    }
    return all;
}

Strings expanded(const Snapshot& snapshot, const std::string& path) {
    return paths(group_snapshot(snapshot, std::vector{path}));
}

Strings linkages(const Snapshot& snapshot) {
    Strings all;
    for (const auto& [from, to] : snapshot.linkages)
        all.push_back(snapshot.path(from) + " -> " + snapshot.path(to));
    return all;
}

Snapshot::Id numbered(Snapshot& snapshot, Snapshot::Id parent, const std::string& name,
                      std::uint64_t serial) {
    return add(snapshot, parent, name + "#" + std::to_string(serial), name, serial);
}

// A server with five connections, each of which has a reader that feeds an echo.
Snapshot five_connections() {
    Snapshot snapshot;
    const auto server = numbered(snapshot, Snapshot::none, "Server", 1);
    for (std::uint64_t serial = 2; serial <= 6; ++serial) {
        const auto connection = numbered(snapshot, server, "Connection", serial);
        const auto reader = add(snapshot, connection, "Reader", "Reader");
        const auto echo = add(snapshot, connection, "Echo", "Echo");
        add_boxes(snapshot, echo, serial);
        snapshot.linkages.push_back({{reader, "outbox"}, {echo, "inbox"}});
        snapshot.linkages.push_back({{connection, "signal"}, {server, "control"}});
    }
    return snapshot;
}

TEST(GroupSnapshot, MakesOneOfConnectionsOfOneShapeWithAllBelow) {
    const auto grouped = group_snapshot(five_connections());
    EXPECT_THAT(paths(grouped),
                ElementsAre("/Server#1", "/Server#1/Connection#* x5", "/Server#1/Connection#*/Reader#* x5",
                            "/Server#1/Connection#*/Echo#* x5"));
    EXPECT_THAT(linkages(grouped),
                ElementsAre("/Server#1/Connection#*/Reader#*.outbox -> /Server#1/Connection#*/Echo#*.inbox",
                            "/Server#1/Connection#*.signal -> /Server#1.control"));
}

TEST(GroupSnapshot, SumsTheNumbers) {
    const auto grouped = group_snapshot(five_connections());
    const auto& boxes = grouped.components[grouped.order.back()].boxes;
    EXPECT_EQ(boxes[0].depth, 2U + 3 + 4 + 5 + 6);
    EXPECT_EQ(boxes[0].capacity, 5 * 64U);
    EXPECT_EQ(boxes[0].byte_capacity, 5 * 1000U);
    EXPECT_EQ(boxes[0].received, 5 * 10U + 20);
    EXPECT_EQ(boxes[0].taken, 5 * 10U);
    EXPECT_EQ(boxes[0].dropped, 5U);
    EXPECT_EQ(boxes[1].sent, 35U);
    EXPECT_EQ(boxes[1].discarded, 10U);
}

TEST(GroupSnapshot, ShowsOneByOneWhatIsExpanded) {
    const auto snapshot = five_connections();
    EXPECT_THAT(expanded(snapshot, "/Server#1/Connection#4"),
                ElementsAre("/Server#1", "/Server#1/Connection#* x4", "/Server#1/Connection#*/Reader#* x4",
                            "/Server#1/Connection#*/Echo#* x4", "/Server#1/Connection#4",
                            "/Server#1/Connection#4/Reader", "/Server#1/Connection#4/Echo"));
    EXPECT_EQ(expanded(snapshot, "/Server#1").size(), 16U) << "its children";
    EXPECT_EQ(expanded(snapshot, "/Server#1/Connection#*").size(), 16U) << "that group";
    EXPECT_EQ(expanded(snapshot, "/elsewhere"), paths(group_snapshot(snapshot)));
}

TEST(GroupSnapshot, WhoDiffersStandsAlone) {
    auto snapshot = five_connections();
    const auto other_class = add(snapshot, 0, "Session#7", "Session", 7);
    const auto other_box = add(snapshot, 0, "Connection#8", "Connection", 8);
    add_boxes(snapshot, other_box);
    const auto other_child = add(snapshot, 0, "Connection#9", "Connection", 9);
    add(snapshot, other_child, "Reader", "Reader");
    const auto other_label = add(snapshot, 0, "named", "Session", 10);
    (void)other_class;
    (void)other_label;
    EXPECT_EQ(paths(group_snapshot(snapshot)).size(), 4U + 5);
}

TEST(GroupSnapshot, WhoIsLinkedElsewhereStandsAlone) {
    Snapshot snapshot;
    const auto hub = add(snapshot, Snapshot::none, "Hub", "Hub");
    const auto other = add(snapshot, Snapshot::none, "Other", "Other");
    for (std::uint64_t serial = 1; serial <= 4; ++serial) {
        const auto echo = numbered(snapshot, Snapshot::none, "Echo", serial);
        snapshot.linkages.push_back({{echo, "outbox"}, {serial == 2 ? other : hub, "inbox"}});
        if (serial == 3) snapshot.linkages.push_back({{other, "outbox"}, {echo, "inbox"}});
    }
    EXPECT_THAT(paths(group_snapshot(snapshot)),
                ElementsAre("/Hub", "/Other", "/Echo#* x2", "/Echo#2", "/Echo#3"));
}

TEST(GroupSnapshot, ThePlacesOfAPipelineAreNotACrowd) {
    Rig rig;
    std::vector<std::unique_ptr<axon::Component>> stages;
    stages.reserve(4);
    for (int i = 0; i < 4; ++i) stages.push_back(std::make_unique<Echo>());
    rig.leave_unlinked(static_cast<axon::OutboxBase&>(
        *rig.add(std::make_unique<axon::Pipeline>(std::move(stages))).find_box("outbox")));
    rig.run();
    const auto snapshot = snapshots::all_of(rig);
    EXPECT_EQ(paths(group_snapshot(snapshot)), paths(snapshot));
}

TEST(GroupSnapshot, PairsOfSiblingsBecomeAPairOfGroups) {
    Snapshot snapshot;
    for (std::uint64_t serial = 1; serial <= 6; serial += 2) {
        const auto from = numbered(snapshot, Snapshot::none, "Reader", serial);
        const auto to = numbered(snapshot, Snapshot::none, "Writer", serial + 1);
        snapshot.linkages.push_back({{from, "outbox"}, {to, "inbox"}});
    }
    const auto grouped = group_snapshot(snapshot);
    EXPECT_THAT(paths(grouped), ElementsAre("/Reader#* x3", "/Writer#* x3"));
    EXPECT_THAT(linkages(grouped), ElementsAre("/Reader#*.outbox -> /Writer#*.inbox"));
}

TEST(GroupSnapshot, ServersWithMoreAndFewerConnectionsAreOfOneShape) {
    Snapshot snapshot;
    std::uint64_t serial = 0;
    for (const int connections : {2, 3}) {
        const auto server = numbered(snapshot, Snapshot::none, "Server", ++serial);
        for (int i = 0; i < connections; ++i) numbered(snapshot, server, "Connection", ++serial);
    }
    EXPECT_THAT(paths(group_snapshot(snapshot)), ElementsAre("/Server#* x2", "/Server#*/Connection#* x5"));
}

TEST(GroupSnapshot, CountsWhoWaitsWhereAndLeavesOutTheNumbersInWhichTheyDiffer) {
    using namespace std::chrono_literals;
    Snapshot snapshot;
    for (std::uint64_t serial = 1; serial <= 6; ++serial) {
        const auto id = numbered(snapshot, Snapshot::none, "Echo", serial);
        const auto number = std::to_string(serial + 7);
        if (serial <= 3)
            snapshots::add_await(snapshot, id, {.text = "descriptor " + number + " to be readable"}, 5);
        if (serial == 4 || serial == 5)
            snapshots::add_await(snapshot, id, {.what = What::time, .left = serial * 1s}, 6);
        if (serial == 6) snapshots::add_await(snapshot, id, {.what = What::time, .left = 1s}, 7);
    }
    const auto grouped = group_snapshot(snapshot);
    const auto& awaits = grouped.components.at(0).awaits;
    ASSERT_EQ(awaits.size(), 3U);
    EXPECT_EQ(awaits[0].count, 3U);
    EXPECT_EQ(awaits[0].reasons[0].text, "descriptor * to be readable");
    EXPECT_EQ(awaits[1].count, 2U);
    EXPECT_EQ(awaits[1].reasons[0].left, 4s);
    EXPECT_EQ(awaits[2].count, 1U);
}

TEST(GroupSnapshot, NamesServicesAndWhatWasNotSeenAsBefore) {
    auto snapshot = snapshots::server();
    const auto grouped = group_snapshot(snapshot);
    EXPECT_EQ(paths(grouped), paths(snapshot));
    EXPECT_EQ(linkages(grouped), linkages(snapshot));
    ASSERT_EQ(grouped.services.size(), 1U);
    EXPECT_EQ(grouped.path(grouped.services[0].inbox), "/Server#1/Echo#2.inbox");
    snapshot.whole = false;
    EXPECT_FALSE(group_snapshot(snapshot).whole);
}

TEST(GroupSnapshot, KeepsEverybodyOfALiveCrowd) {
    struct Crowd final : axon::Component {
        Task<> main() override {
            for (int i = 0; i < 300; ++i)
                spawn(axon::pipeline(std::make_unique<Echo>(), std::make_unique<Echo>()));
            co_await children_ended();
        }
    };
    Rig rig;
    rig.add<Crowd>();
    rig.run();
    const auto grouped = group_snapshot(snapshots::all_of(rig));
    EXPECT_THAT(paths(grouped),
                ElementsAre("/Crowd", "/Crowd/Pipeline#* x300", "/Crowd/Pipeline#*/EchoOf#* x300",
                            "/Crowd/Pipeline#*/EchoOf#* x300"));
    EXPECT_THAT(
        linkages(grouped),
        UnorderedElementsAre("/Crowd/Pipeline#*.inbox -> /Crowd/Pipeline#*/EchoOf#*.inbox",
                             "/Crowd/Pipeline#*/EchoOf#*.outbox -> /Crowd/Pipeline#*/EchoOf#*.inbox",
                             "/Crowd/Pipeline#*/EchoOf#*.signal -> /Crowd/Pipeline#*/EchoOf#*.control",
                             "/Crowd/Pipeline#*/EchoOf#*.outbox -> /Crowd/Pipeline#*.outbox",
                             "/Crowd/Pipeline#*/EchoOf#*.signal -> /Crowd/Pipeline#*.signal"));
}

} // namespace
