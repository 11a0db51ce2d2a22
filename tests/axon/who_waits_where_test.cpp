// Who waits where: a line a component, which says what keeps it.
#include "axon/who_waits_where.hpp"

#include "axon/combine.hpp"
#include "axon/group_snapshot.hpp"
#include "axon/sleep.hpp"

#include <gtest/gtest.h>

#include "tests/axon/snapshots.hpp"

#include <source_location>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Snapshot;
using axon::Task;
using axon::testing::Rig;
using snapshots::What;

std::string line_of(Snapshot::Reason reason) {
    Snapshot snapshot;
    const auto id = snapshots::add(snapshot, Snapshot::none, "X", "X");
    snapshots::add_boxes(snapshot, id, 5);
    if (reason.box) reason.box->component = id;
    if (reason.full) reason.full->component = id;
    snapshots::add_await(snapshot, id, std::move(reason), 12);
    return who_waits_where(snapshot);
}

TEST(WhoWaitsWhere, SaysEveryReasonInWords) {
    const auto line = [](const std::string& what) {
        return "/X: waiting for " + what + ", at axon/echo.cpp:12\n";
    };
    const Snapshot::BoxName inbox{0, "inbox"};
    const Snapshot::BoxName outbox{0, "outbox"};
    EXPECT_EQ(line_of({.what = What::input, .box = inbox}), line("inbox"));
    EXPECT_EQ(line_of({.what = What::room, .box = outbox, .full = inbox}),
              line("room in /X.inbox (5 of 64)"));
    EXPECT_EQ(line_of({.what = What::room, .box = outbox}), line("room behind outbox"));
    EXPECT_EQ(line_of({.what = What::control}), line("control"));
    EXPECT_EQ(line_of({.what = What::any_box}), line("any inbox"));
    EXPECT_EQ(line_of({.what = What::turn}), line("its turn"));
    EXPECT_EQ(line_of({.what = What::time, .left = 1499999us}), line("1500ms"));
    EXPECT_EQ(line_of({.what = What::children}), line("its children"));
    EXPECT_EQ(line_of({.what = What::work}), line("offloaded work"));
    EXPECT_EQ(line_of({.what = What::other, .text = "rain"}), line("rain"));
}

TEST(WhoWaitsWhere, SaysTheBytesOfAFullInboxWhereTheyCount) {
    Snapshot snapshot;
    const auto id = snapshots::add(snapshot, Snapshot::none, "X", "X");
    snapshots::add_boxes(snapshot, id, 2);
    snapshot.components[id].boxes[0].bytes = 900;
    snapshots::add_await(snapshot, id, {.what = What::room, .full = Snapshot::BoxName{id, "inbox"}}, 1);
    EXPECT_EQ(state_in_words(snapshot, id), "waiting for room in /X.inbox (2 of 64, 900 of 1000 bytes)");
}

TEST(WhoWaitsWhere, HasALineForWhoDoesNotWait) {
    Snapshot snapshot;
    using enum snapshots::State;
    for (const auto state : {fresh, ready, running, ending, ended})
        snapshots::add(snapshot, Snapshot::none, "X", "X", 0, state);
    EXPECT_EQ(who_waits_where(snapshot), "/X: not started\n/X: ready\n/X: running\n/X: ending\n/X: ended\n");
}

TEST(WhoWaitsWhere, FindsWhatKeepsASystemThatIsStuck) {
    struct Waits final : axon::Filter<int, int> {
        static constexpr unsigned line() { return __LINE__ + 3; }
        axon::Inbox<int> orders{*this, "orders"};
        Task<> main() override {
            (void)co_await axon::first_of(inbox.receive(), orders.receive(), sleep_for(2s));
        }
    };
    Rig rig;
    auto& waits = rig.add<Waits>();
    auto& from = rig.add<CountForEver>();
    auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 2});
    full.set_label("full");
    for (const auto* outbox : {&waits.outbox, &full.outbox}) rig.leave_unlinked(*outbox);
    link(from.outbox, full.inbox);
    rig.run();
    const auto text = who_waits_where(snapshots::all_of(rig));
    EXPECT_NE(text.find("/Waits: waiting for inbox or orders or 2s, at tests/axon/who_waits_where_test.cpp:" +
                        std::to_string(waits.line()) + "\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("/CountForEver: waiting for room in /full.inbox (2 of 2), at tests/axon/parts.hpp:"),
              std::string::npos)
        << text;
}

TEST(WhoWaitsWhere, CountsAGroupByWhereItStands) {
    Snapshot snapshot;
    for (std::uint64_t serial = 1; serial <= 5; ++serial) {
        const auto id =
            snapshots::add(snapshot, Snapshot::none, "Echo#" + std::to_string(serial), "Echo", serial,
                           serial == 5 ? snapshots::State::ready : snapshots::State::waiting);
        snapshots::add_boxes(snapshot, id);
        if (serial < 4)
            snapshots::add_await(snapshot, id, {.what = What::input, .box = Snapshot::BoxName{id, "inbox"}},
                                 3);
        if (serial == 4) snapshots::add_await(snapshot, id, {.what = What::control}, 4);
    }
    EXPECT_EQ(
        who_waits_where(group_snapshot(snapshot)),
        "/Echo#*: 1 ready, 4 waiting; 3 for inbox, at axon/echo.cpp:3; 1 for control, at axon/echo.cpp:4\n");
}

} // namespace
