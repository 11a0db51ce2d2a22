// A component is the fault boundary; and components whose main() does nothing.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using axon::Task;
using axon::testing::Rig;

TEST(Fault, AnExceptionEndsOneComponentIsLoggedOnceWithItsPathAndCounted) {
    struct Parent final : axon::Component {
        Task<> main() override {
            spawn<Throws>();
            co_await children_ended();
            after = true;
        }
        bool after = false;
    };
    Rig rig;
    auto& parent = rig.add<Parent>();
    auto& bystander = rig.add<Collect>();
    rig.run();
    EXPECT_TRUE(parent.after);
    EXPECT_FALSE(rig.ended(bystander));
    EXPECT_EQ(rig.scheduler().failures(), 1U);
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].path, "/Parent/Throws#1");
    EXPECT_EQ(rig.log()[0].text, "broken");
    EXPECT_EQ(rig.log()[0].level, axon::LogLevel::error);
}

TEST(Fault, AnExceptionFromAMainThatIsNoCoroutineEndsItTheSameWay) {
    struct Plain final : axon::Component {
        Task<> main() override { throw std::runtime_error{"at once"}; }
    };
    Rig rig;
    auto& plain = rig.add<Plain>();
    rig.run();
    EXPECT_TRUE(rig.ended(plain));
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].text, "at once");
}

TEST(Fault, AMainThatReturnsNoTaskEndsAtItsFirstTurn) {
    struct Empty final : axon::Component {
        Task<> main() override { return {}; }
    };
    Rig rig;
    auto& empty = rig.add<Empty>();
    EXPECT_FALSE(rig.ended(empty));
    rig.run();
    EXPECT_TRUE(rig.ended(empty));
}

} // namespace
