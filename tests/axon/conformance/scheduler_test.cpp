// What Kamaelia's scheduler promised (rows SC): turns, sleeping and waking, and coming to an end.
#include "axon/scheduler.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <optional>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Component;
using axon::Task;
using axon::testing::Rig;
using axon::testing::VirtualClock;
using State = Component::State;

// Yields so many times; notes its turns and its close() elsewhere, where they outlive it.
struct Record {
    int turns = 0;
    int closes = 0;
};
struct Runs final : axon::Component {
    Runs(int yields, Record& record) : left{yields}, out{record} {}
    Task<> main() override {
        ++out.turns;
        while (left-- > 0) {
            co_await yield();
            ++out.turns;
        }
    }
    Task<> close() override {
        ++out.closes;
        return {};
    }
    int left;
    Record& out;
};

// Has a turn for each message.
struct Counts final : axon::Sink<int> {
    Task<> main() override {
        while (co_await inbox.receive()) ++turns;
    }
    int turns = 0;
};

TEST(Conformance, SC1_ASystemHasAUsableSchedulerFromTheStart) {
    axon::System system;
    Record record;
    system.spawn<Runs>(2, record);
    system.run();
    EXPECT_EQ(record.turns, 3);
}

TEST(Conformance, SC2_ASecondSystemsSchedulerTakesNobodysPlace) {
    axon::System first;
    Record record;
    first.spawn<Runs>(1, record);
    axon::System second;
    EXPECT_NE(&first.scheduler(), &second.scheduler());
    second.run();
    EXPECT_EQ(record.turns, 0);
    first.run();
    EXPECT_EQ(record.turns, 2);
}

TEST(Conformance, SC3_AnEmptySchedulerComesBackAtOnce) {
    axon::System system;
    EXPECT_FALSE(system.scheduler().pass());
    system.run();
    EXPECT_EQ(system.scheduler().live(), 0U);
}

TEST(Conformance, SC4_OneComponentRunsToItsEndIsClosedAndFreedAndTheSchedulerComesBack) {
    axon::System system;
    Record record;
    const auto runs = system.spawn<Runs>(5, record);
    system.run();
    EXPECT_EQ(record.turns, 6);
    EXPECT_EQ(record.closes, 1);
    EXPECT_FALSE(runs);
    EXPECT_EQ(system.scheduler().root().first_child(), nullptr);
}

TEST(Conformance, SC5_ComponentsOfDifferentLengthAllRunToTheirEnds) {
    axon::System system;
    Record records[10];
    for (int i = 0; i < 10; ++i) system.spawn<Runs>((i * 7) % 10, records[i]);
    system.run();
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(records[i].turns, (i * 7) % 10 + 1);
        EXPECT_EQ(records[i].closes, 1);
    }
    EXPECT_EQ(system.scheduler().live(), 0U);
}

TEST(Conformance, SC6_AComponentThatWaitsHasNoTurns) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    rig.run();
    EXPECT_FALSE(rig.step());
    EXPECT_EQ(collect.state(), State::waiting);
    EXPECT_TRUE(rig.scheduler().idle());
}

TEST(Conformance, SC7_OneThatWaitsDisturbsNoOther) {
    Rig rig;
    auto& waits = rig.add<Counts>();
    Record record;
    rig.add<Runs>(10, record);
    for (int turn = 1; turn <= 11; ++turn) {
        rig.step();
        EXPECT_EQ(record.turns, turn);
    }
    EXPECT_EQ(waits.state(), State::waiting);
}

TEST(Conformance, SC8_AMessageGivesOneThatWaitsATurnAgain) {
    Rig rig;
    auto& counts = rig.add<Counts>();
    rig.run();
    rig.feed(counts.inbox, 1);
    EXPECT_EQ(counts.state(), State::ready);
    EXPECT_TRUE(rig.step());
    EXPECT_EQ(counts.turns, 1);
}

TEST(Conformance, SC9_WakingOneWakesNoOther) {
    Rig rig;
    auto& woken = rig.add<Counts>();
    auto& asleep = rig.add<Counts>();
    rig.run();
    rig.feed(woken.inbox, 1);
    EXPECT_EQ(asleep.state(), State::waiting);
    rig.run();
    EXPECT_EQ(woken.turns, 1);
    EXPECT_EQ(asleep.turns, 0);
}

TEST(Conformance, SC10_WakingOneThatIsAwakeChangesNothingAndItSleepsAgainAfterwards) {
    Rig rig{{.quota = 64}};
    struct Turns final : axon::Sink<int> {
        Task<> main() override {
            while (true) {
                co_await pause();
                ++turns;
                while (inbox.try_receive()) {
                }
            }
        }
        int turns = 0;
    };
    auto& awake = rig.add<Turns>();
    rig.run();
    for (int i = 0; i < 3; ++i) rig.feed(awake.inbox, i);
    EXPECT_EQ(awake.state(), State::ready);
    rig.run();
    EXPECT_EQ(awake.turns, 1);
    EXPECT_EQ(awake.state(), State::waiting);
    rig.feed(awake.inbox, 3);
    rig.run();
    EXPECT_EQ(awake.turns, 2);
}

TEST(Conformance, SC11_WhatWouldWakeOneThatWasNeverStartedDoesNotStartIt) {
    Rig rig;
    Collect outside;
    axon::Sender<int> sender{outside.inbox};
    EXPECT_TRUE(sender.try_send(1));
    outside.control.deliver(axon::ProducerFinished{});
    EXPECT_FALSE(rig.step());
    EXPECT_EQ(outside.state(), State::fresh);
    EXPECT_TRUE(outside.heard.empty());
    EXPECT_EQ(rig.scheduler().live(), 0U);
}

TEST(Conformance, SC12_AllThatWereStartedAreListedAsleepOrAwake) {
    Rig rig;
    Record record;
    std::vector<const Component*> expected{&rig.add<Counts>(), &rig.add<Runs>(100, record),
                                           &rig.add<Counts>()};
    for (int i = 0; i < 3; ++i) rig.step();
    std::vector<const Component*> listed;
    const auto* component = rig.scheduler().root().first_child();
    for (; component; component = component->next_sibling()) listed.push_back(component);
    EXPECT_EQ(listed, expected);
    EXPECT_EQ(rig.scheduler().live(), 3U);
    rig.run();
}

TEST(Conformance, SC13_EachOnesStateIsItsOwnWhileTheyAreWokenAndSleepInTurn) {
    Rig rig;
    std::vector<Counts*> all;
    all.reserve(4);
    for (int i = 0; i < 4; ++i) all.push_back(&rig.add<Counts>());
    rig.run();
    for (auto* chosen : all) {
        rig.feed(chosen->inbox, 1);
        for (const auto* each : all) EXPECT_EQ(each->state(), each == chosen ? State::ready : State::waiting);
        rig.run();
        for (const auto* each : all) EXPECT_EQ(each->state(), State::waiting);
    }
}

TEST(Conformance, SC14_OneThatNoSchedulerKnowsIsNotRunnable) {
    Rig rig;
    auto made = std::make_unique<Collect>();
    auto& outside = *made;
    link(rig.add<Count>(0, 3).outbox, outside.inbox);
    rig.run();
    EXPECT_EQ(outside.state(), State::fresh) << "though messages wait for it";
    EXPECT_EQ(outside.inbox.size(), 3U);
    EXPECT_TRUE(outside.heard.empty());
    rig.add(std::move(made));
    rig.run();
    EXPECT_EQ(outside.heard, (Ints{0, 1, 2})) << "and it has them once it is known";
}

TEST(Conformance, SC15_WhoIsWokenInItsLastTurnEndsInItAndIsNotQueuedAgain) {
    // Wants to wait and need not, for a message has come meanwhile; then another one comes, and it ends.
    struct Ends final : axon::Filter<int, int> {
        explicit Ends(Record& record) : out{record} { link(outbox, inbox); }
        Task<> main() override {
            ++out.turns;
            EXPECT_TRUE(outbox.try_send(1));
            co_await pause();
            EXPECT_EQ(inbox.try_receive(), 1);
            EXPECT_TRUE(outbox.try_send(2));
        }
        Task<> close() override {
            ++out.closes;
            return {};
        }
        Record& out;
    };
    Rig rig{{.quota = 64}};
    Record record;
    auto& ends = rig.add<Ends>(record);
    EXPECT_TRUE(rig.step());
    EXPECT_TRUE(rig.ended(ends));
    EXPECT_TRUE(rig.scheduler().idle());
    EXPECT_EQ(rig.scheduler().live(), 0U);
    EXPECT_FALSE(rig.step());
    EXPECT_EQ(record.turns, 1);
    EXPECT_EQ(record.closes, 1);
}

TEST(Conformance, SC15_WhomItsOwnDestructorsWakeAtItsEndIsNotQueuedAgain) {
    struct Farewell {
        axon::Outbox<int>& outbox;
        ~Farewell() { (void)outbox.try_send(1); }
    };
    struct Pauses final : axon::Filter<int, int> {
        Pauses() { link(outbox, inbox); }
        Task<> main() override {
            const Farewell farewell{outbox};
            co_await pause();
        }
    };
    Rig rig;
    auto& pauses = rig.add<Pauses>();
    rig.run();
    rig.stop(pauses);
    EXPECT_EQ(pauses.outbox.sent(), 1U);
    EXPECT_TRUE(rig.ended(pauses));
    EXPECT_TRUE(rig.scheduler().idle());
    EXPECT_EQ(rig.scheduler().live(), 0U);
}

TEST(Conformance, SC16_WithARigNothingRunsUnlessItIsSteppedAndNoSleeperBeforeItsTime) {
    struct Sleeps final : axon::Component {
        Task<> main() override {
            ++turns;
            co_await sleep_for(1s);
            ++turns;
        }
        int turns = 0;
    };
    Rig rig;
    Record record;
    rig.add<Runs>(3, record);
    auto& counts = rig.add<Counts>();
    auto& sleeps = rig.add<Sleeps>();
    rig.feed(counts.inbox, 1);
    EXPECT_EQ(record.turns + counts.turns + sleeps.turns, 0);
    for (int turn = 1; turn <= 4; ++turn) {
        rig.step();
        EXPECT_EQ(record.turns, turn);
    }
    EXPECT_EQ(counts.turns, 1);
    EXPECT_EQ(sleeps.turns, 1);
    rig.advance(1s - 1ns);
    EXPECT_EQ(sleeps.turns, 1);
    rig.advance(1ns);
    EXPECT_EQ(sleeps.turns, 2);
}

TEST(Conformance, SC17_AStepNeverBlocksAlsoWhenAllSleep) {
    Rig rig;
    rig.add<Counts>();
    rig.add<Idle<int>>();
    rig.run();
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(rig.step());
    EXPECT_EQ(rig.scheduler().live(), 2U);
}

// A poller that moves the clock instead of sleeping, and counts.
struct CountingPoller final : axon::Poller {
    explicit CountingPoller(VirtualClock& time) : clock{time} {}
    bool poll() override {
        ++polls;
        return false;
    }
    void wait(std::optional<axon::Duration> timeout) override {
        ++waits;
        if (timeout) {
            clock.set(clock.now() + *timeout);
        } else {
            asked_for_ever = true;
            last_word.try_send(1);
        }
    }
    void wake() noexcept override {}
    VirtualClock& clock;
    axon::Sender<int> last_word;
    int polls = 0, waits = 0;
    bool asked_for_ever = false;
};

TEST(Conformance, SC18_WhenAllSleepTheSchedulerSleepsInItsPollerAndEndsWhenTheyHave) {
    struct Sleeps final : axon::Component {
        explicit Sleeps(axon::Duration duration) : time{duration} {}
        Task<> main() override {
            const auto began = now();
            co_await sleep_for(time);
            EXPECT_EQ(now() - began, time);
        }
        axon::Duration time;
    };
    constexpr int times = 10;
    VirtualClock clock;
    axon::System system{{.clock = &clock}};
    CountingPoller poller{clock};
    system.scheduler().set_poller(&poller);
    for (int i = 0; i < 100; ++i) system.spawn<Sleeps>((i % times + 1) * 300ms);
    const auto take = system.spawn<Take>(1);
    poller.last_word = axon::Sender<int>{take.get()->inbox};
    const auto before = clock.now();
    system.run();
    EXPECT_EQ(clock.now() - before, 3s);
    EXPECT_TRUE(poller.asked_for_ever) << "when there was no timer left";
    EXPECT_LE(poller.waits, 3 * times + 1)
        << "one a level of the wheel for each time; not one for each sleeper, nor round and round";
    EXPECT_LE(poller.polls, 1 + 2 * 100 / 64) << "at the start and after 64 turns, not before it sleeps";
    EXPECT_EQ(system.scheduler().live(), 0U);
    system.scheduler().set_poller(nullptr);
}

} // namespace
