// What Kamaelia's microprocess promised (rows MP): one thread of control, started, paused and stopped.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <set>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Component;
using axon::Task;
using axon::testing::Rig;
using State = Component::State;

// Counts the segments of its main().
struct Segments final : axon::Component {
    Task<> main() override {
        for (int i = 0; i < 3; ++i) {
            ++begun;
            co_await yield();
        }
        ++begun;
    }
    int begun = 0;
};

// Sleeps in pause() and counts how often it came back.
struct Pauses final : axon::Sink<int> {
    Task<> main() override {
        while (true) {
            co_await pause();
            ++wakes;
            while (inbox.try_receive()) {
            }
        }
    }
    int wakes = 0;
};

TEST(Conformance, MP1_EveryComponentIsMadeWithoutArgumentsAndHasANameOfItsOwn) {
    Rig rig;
    std::set<std::string> paths;
    for (int i = 0; i < 3; ++i) {
        auto& made = rig.add<Segments>();
        EXPECT_EQ(made.state(), State::ready);
        paths.insert(made.path());
        paths.insert(rig.system().spawn<Segments>().get()->path());
    }
    EXPECT_EQ(paths.size(), 6U);
    EXPECT_FALSE(paths.contains(""));
    EXPECT_EQ(Segments{}.state(), State::fresh);
}

TEST(Conformance, MP2_TheNameOfAComponentStaysTheSame) {
    Rig rig;
    auto& first = rig.add<Segments>();
    auto& second = rig.add<Segments>();
    const auto name = second.path();
    EXPECT_NE(first.path(), name);
    first.set_label("renamed");
    rig.run();
    EXPECT_EQ(second.path(), name);
}

TEST(Conformance, MP3_StartingEntersOneComponentIntoOneScheduler) {
    Rig one;
    Rig other;
    auto& made = one.add<Segments>();
    EXPECT_EQ(&made.scheduler(), &one.scheduler());
    EXPECT_EQ(one.scheduler().live(), 1U);
    EXPECT_EQ(other.scheduler().live(), 0U);
}

TEST(Conformance, MP4_TheSchedulerIsHandedDownFromParentToChild) {
    struct Parent final : axon::Composite {
        Segments& fixed = child<Segments>();
        Task<> main() override {
            spawned = spawn<Segments>();
            co_await children_ended();
        }
        axon::Handle<Segments> spawned;
    };
    Rig one;
    Rig other;
    for (auto* rig : {&other, &one}) {
        auto& parent = rig->add<Parent>();
        rig->step();
        EXPECT_EQ(&parent.fixed.scheduler(), &rig->scheduler());
        EXPECT_EQ(&parent.spawned.get()->scheduler(), &rig->scheduler());
    }
}

TEST(Conformance, MP5_EachTurnRunsToTheNextAwaitAndTheLastOneSaysTheEnd) {
    Rig rig;
    auto& segments = rig.add<Segments>();
    auto& log = rig.add<ControlLog>();
    link(segments.signal, log.control);
    for (int turn = 1; turn <= 4; ++turn) {
        EXPECT_FALSE(rig.ended(segments));
        rig.step();
        EXPECT_EQ(segments.begun, turn);
    }
    EXPECT_TRUE(rig.ended(segments));
    rig.run();
    EXPECT_EQ(log.heard.front(), "finished");
}

TEST(Conformance, MP6_AComponentIsStoppedByStopAndNotBefore) {
    Rig rig;
    auto& pauses = rig.add<Pauses>();
    rig.run();
    EXPECT_NE(pauses.state(), State::ended);
    rig.stop(pauses);
    EXPECT_EQ(pauses.state(), State::ended);
}

TEST(Conformance, MP7_APausedComponentIsNotRunnableUntilItIsWoken) {
    Rig rig;
    auto& pauses = rig.add<Pauses>();
    EXPECT_EQ(pauses.state(), State::ready);
    rig.run();
    EXPECT_EQ(pauses.state(), State::waiting);
    rig.feed(pauses.inbox, 1);
    EXPECT_EQ(pauses.state(), State::ready);
}

TEST(Conformance, MP8_ATurnThatNobodyAskedForWakesNobody) {
    Rig rig;
    auto& pauses = rig.add<Pauses>();
    rig.run();
    rig.scheduler().enqueue(pauses);
    rig.run();
    EXPECT_EQ(pauses.wakes, 0);
    EXPECT_EQ(pauses.state(), State::waiting);
}

TEST(Conformance, MP9_AfterStopNotOneInstructionOfMainRuns) {
    struct Leaves final : axon::Component {
        explicit Leaves(bool& flag) : gone{flag} {}
        struct Farewell {
            bool& said;
            ~Farewell() { said = true; }
        };
        Task<> main() override {
            const Farewell farewell{gone};
            co_await yield();
            went_on = true;
        }
        bool& gone;
        bool went_on = false;
    };
    Rig rig;
    bool gone = false;
    auto& leaves = rig.add<Leaves>(gone);
    rig.step();
    rig.stop(leaves);
    EXPECT_TRUE(gone) << "at once, by destruction";
    rig.run();
    EXPECT_FALSE(leaves.went_on);
}

TEST(Conformance, MP10_WhatWouldHaveWokenItDoesNotReviveAStoppedComponent) {
    struct Sleeps final : axon::Component {
        Task<> main() override {
            co_await sleep_for(1s);
            woken = true;
        }
        bool woken = false;
    };
    Rig rig;
    auto& pauses = rig.add<Pauses>();
    auto& queued = rig.add<Pauses>();
    auto& sleeps = rig.add<Sleeps>();
    auto& listens = rig.add<ControlLog>();
    const std::vector<Component*> all{&pauses, &queued, &sleeps, &listens};
    rig.run();
    rig.feed(queued.inbox, 1);
    EXPECT_EQ(queued.state(), State::ready);
    for (auto* each : all) rig.stop(*each);
    EXPECT_FALSE(rig.scheduler().next_timer().has_value());
    rig.run();
    rig.feed(pauses.inbox, 1);
    rig.feed(queued.inbox, 2);
    for (auto* each : all) {
        rig.finish(*each);
        rig.shut_down(*each);
    }
    EXPECT_FALSE(rig.step()) << "none of it gives any of them a turn";
    rig.advance(1h);
    for (auto* each : all) rig.scheduler().enqueue(*each);
    rig.run();
    for (const auto* each : all) EXPECT_EQ(each->state(), State::ended);
    EXPECT_EQ(pauses.wakes, 0);
    EXPECT_EQ(queued.wakes, 0);
    EXPECT_FALSE(sleeps.woken);
    EXPECT_TRUE(listens.heard.empty());
    EXPECT_EQ(rig.scheduler().live(), 0U);
}

TEST(Conformance, MP11_WithoutACloseOfItsOwnAComponentEndsInTheTurnInWhichMainDoes) {
    Rig rig;
    auto& take = rig.add<Take>(0);
    rig.step();
    EXPECT_TRUE(rig.ended(take));
}

} // namespace
