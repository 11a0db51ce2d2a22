// SteppedComponent: the paper's second main.
#include "axon/stepped_component.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::testing::Rig;

struct Steps final : axon::SteppedComponent {
    axon::Inbox<int> inbox{*this, "inbox"};
    void initialise_component() override { ++initialised; }
    bool main_body() override {
        ++bodies;
        while (auto number = inbox.try_receive()) sum += *number;
        if (sleepy) pause_next();
        return bodies < limit && !inbox.ended();
    }
    void close_down_component() override {
        ++closed;
        if (spawns) spawn<Take>(0);
        if (spawns) worker = spawn<Count>(0, 200);
    }
    int limit = 5;
    bool sleepy = false, spawns = false;
    int initialised = 0, bodies = 0, closed = 0, sum = 0;
    axon::Handle<Count> worker;
};

TEST(SteppedComponent, APauseLastsUntilAnInboxHasSomethingOrHasEnded) {
    Rig rig;
    auto& steps = rig.add<Steps>();
    steps.sleepy = true;
    rig.run();
    EXPECT_EQ(steps.bodies, 1);
    rig.feed(steps.inbox, 7);
    rig.run();
    EXPECT_EQ(steps.bodies, 2);
    EXPECT_EQ(steps.sum, 7);
    rig.end(steps.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(steps));
}

TEST(SteppedComponent, ClosesDownAlsoWhenItIsStoppedOrShutDown) {
    for (const bool stop : {true, false}) {
        Rig rig;
        auto& steps = rig.add<Steps>();
        steps.limit = 1'000'000;
        rig.step();
        rig.step();
        if (stop) {
            rig.stop(steps);
        } else {
            rig.shut_down(steps);
        }
        rig.run();
        EXPECT_TRUE(rig.ended(steps));
        EXPECT_EQ(steps.closed, 1);
        EXPECT_LT(steps.bodies, 5);
    }
}

TEST(SteppedComponent, WhatItSpawnsWhileItClosesDownRunsToItsEnd) {
    Rig rig;
    auto& steps = rig.add<Steps>();
    steps.limit = 1;
    steps.spawns = true;
    rig.step();
    rig.step();
    while (!steps.worker && rig.step()) {
    }
    ASSERT_TRUE(steps.worker);
    EXPECT_FALSE(rig.ended(steps));
    rig.step();
    EXPECT_TRUE(steps.worker) << "it is not stopped";
    rig.run();
    EXPECT_FALSE(steps.worker);
    EXPECT_TRUE(rig.ended(steps));
    EXPECT_TRUE(rig.log().empty());
}

struct Paused final : axon::Component {
    axon::Inbox<int> a{*this, "a"};
    axon::Inbox<int> b{*this, "b"};
    axon::Task<> main() override {
        while (!(a.ended() && b.ended())) {
            co_await pause();
            ++wakes;
            while (auto number = a.try_receive()) sum += *number;
            while (auto number = b.try_receive()) sum += *number;
        }
    }
    int wakes = 0, sum = 0;
};

TEST(Pause, LastsUntilAnyInboxHasSomethingAndSeesEachEndOnce) {
    Rig rig;
    auto& paused = rig.add<Paused>();
    rig.run();
    EXPECT_EQ(paused.wakes, 0);
    rig.feed(paused.b, 1);
    rig.run();
    EXPECT_EQ(paused.wakes, 1);
    rig.end(paused.a);
    rig.run();
    EXPECT_EQ(paused.wakes, 2) << "an end wakes it once, not again and again";
    rig.feed(paused.b, 2);
    rig.end(paused.b);
    rig.run();
    EXPECT_EQ(paused.sum, 3);
    EXPECT_TRUE(rig.ended(paused));
}

} // namespace
