// Who asks learns whether every scheduler still gives turns.
#include "axon/heartbeat.hpp"

#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stdexcept>

namespace {

using namespace std::chrono_literals;
using axon::Heartbeat;
using axon::Heartbeats;
using axon::testing::Rig;

struct HeartbeatsOfTwo : ::testing::Test {
    Heartbeats heartbeats{2};
    std::optional<Rig> first{std::in_place};
    Rig second;
};

TEST_F(HeartbeatsOfTwo, AreHeardOnlyWhenBothHaveBegun) {
    EXPECT_FALSE(heartbeats.all_within(1h, first->now()));
    first->add<Heartbeat>(heartbeats, 0U);
    first->run();
    EXPECT_FALSE(heartbeats.all_within(1h, first->now()));
    second.add<Heartbeat>(heartbeats, 1U);
    EXPECT_FALSE(heartbeats.all_within(1h, first->now())) << "it has had no turn yet";
    second.run();
    EXPECT_TRUE(heartbeats.all_within(0s, first->now()));
}

TEST_F(HeartbeatsOfTwo, TellThatOneGivesNoTurnsAnyMore) {
    first->add<Heartbeat>(heartbeats, 0U);
    second.add<Heartbeat>(heartbeats, 1U);
    first->run();
    second.run();
    first->advance(10s);
    EXPECT_FALSE(heartbeats.all_within(2s, first->now()));
    EXPECT_TRUE(heartbeats.all_within(10s, first->now()));
    second.advance(10s);
    EXPECT_TRUE(heartbeats.all_within(Heartbeat::period, first->now()));
}

TEST_F(HeartbeatsOfTwo, DoNotMissOneThatHasEnded) {
    first->add<Heartbeat>(heartbeats, 0U);
    second.add<Heartbeat>(heartbeats, 1U);
    first->run();
    second.run();
    EXPECT_EQ(heartbeats.ended(), 0U);
    first.reset();
    EXPECT_EQ(heartbeats.ended(), 1U);
    second.advance(1h);
    EXPECT_TRUE(heartbeats.all_within(Heartbeat::period, second.now()));
    second.advance(Heartbeat::period / 2);
    EXPECT_FALSE(heartbeats.all_within(Heartbeat::period / 4, second.now())) << "the other counts as before";
}

TEST(Heartbeat, HasANumberThatThereIs) {
    Heartbeats heartbeats{1};
    EXPECT_EQ(heartbeats.schedulers(), 1U);
    EXPECT_THROW((Heartbeat{heartbeats, 1}), std::out_of_range);
}

} // namespace
