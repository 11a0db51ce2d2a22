// Handles: names of components that may be dead.
#include "axon/handle.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Handle;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Spawns and stops children, one place in the scheduler's table after the other.
struct Parent final : axon::Component {
    Task<> main() override { co_await sleep_for(std::chrono::hours{1}); }
    Handle<Collect> make() { return spawn<Collect>(); }
    void end(const Handle<Collect>& child) { stop(child); }
};

TEST(Handle, OfAnEndedComponentIsEmptyAlsoWhenItsPlaceIsTakenAgain) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.run();
        const auto first = parent.make();
        const auto copy = first;
        EXPECT_TRUE(first);
        EXPECT_EQ(first.get(), copy.get());
        parent.end(first);
        EXPECT_FALSE(first) << "at once, although it is freed only at the end of the tick";
        EXPECT_FALSE(copy);
        rig.run();
        const auto second = parent.make();
        EXPECT_NE(second.get(), nullptr);
        EXPECT_EQ(first.get(), nullptr);
        EXPECT_NE(first.serial(), second.serial());
        parent.end(first); // nothing happens
        EXPECT_TRUE(second);
        parent.end(second);
        parent.end(second);
        EXPECT_FALSE(second);
    });
}

TEST(Handle, IsEmptyWhenTheComponentEndedByItself) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        const auto take = rig.system().spawn<Take>(0);
        const auto throws = rig.system().spawn<Throws>();
        const auto shut_down = rig.system().spawn<Collect>();
        rig.shut_down(*shut_down.get());
        rig.run();
        EXPECT_FALSE(take);
        EXPECT_FALSE(throws);
        EXPECT_FALSE(shut_down);
    });
}

TEST(Handle, IsFullWhileTheComponentIsClosing) {
    in_every_order([](const RigOptions& options) {
        struct Closes final : axon::Component {
            Task<> main() override { co_await sleep_for(std::chrono::hours{1}); }
            Task<> close() override { co_await sleep_for(std::chrono::seconds{1}); }
        };
        Rig rig{options};
        const auto closes = rig.system().spawn<Closes>();
        rig.run();
        rig.system().stop(closes);
        EXPECT_TRUE(closes);
        rig.advance(std::chrono::seconds{1});
        EXPECT_FALSE(closes);
    });
}

TEST(Handle, OldOnesStayEmptyWhoeverComesToLiveInTheirPlaces) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.run();
        std::vector<Handle<Collect>> dead;
        Handle<Collect> alive;
        for (int round = 0; round < 20; ++round) {
            dead.push_back(alive);
            parent.end(alive);
            alive = parent.make();
            rig.step();
            for (const auto& each : dead) EXPECT_EQ(each.get(), nullptr);
            EXPECT_NE(alive.get(), nullptr);
        }
    });
}

TEST(Handle, OfNothingIsEmpty) {
    const Handle<Collect> nothing;
    EXPECT_FALSE(nothing);
    EXPECT_EQ(nothing.get(), nullptr);
    EXPECT_EQ(nothing.serial(), 0U);
    Rig rig;
    const Handle<Collect> of_static_child{rig.add<Collect>()};
    EXPECT_FALSE(of_static_child) << "only what was spawned has one";
}

} // namespace
