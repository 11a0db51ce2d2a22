// Components by the hundred thousand: they come, they go, and nothing of them is left.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <random>

namespace {

using namespace parts;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

constexpr int hundred_thousand = 100'000;

// Spawns so many of a kind and waits for their ends.
template <class C>
struct Crowd final : axon::Component {
    explicit Crowd(int children) : count{children} {}
    Task<> main() override {
        for (int i = 0; i < count; ++i) last = spawn<C>();
        co_await children_ended();
    }
    int count;
    axon::Handle<C> last;
};

struct Brief final : axon::Component {
    Task<> main() override { co_return; }
};

void expect_nothing_left(Rig& rig, const axon::Component& crowd) {
    EXPECT_TRUE(rig.ended(crowd));
    EXPECT_EQ(rig.scheduler().live(), 0U);
    EXPECT_EQ(crowd.first_child(), nullptr) << "the ended are freed";
}

struct Rounds final : axon::Component {
    explicit Rounds(int size) : round_size{size} {}
    Task<> main() override {
        for (; rounds < 100; ++rounds) {
            for (int i = 0; i < round_size; ++i) spawn<Take>(0);
            co_await children_ended();
        }
    }
    int round_size;
    int rounds = 0;
};

void come_and_go(int count, const RigOptions& options) {
    Rig rig{options};
    auto& crowd = rig.add<Rounds>(count / 100);
    rig.run();
    EXPECT_EQ(crowd.rounds, 100);
    expect_nothing_left(rig, crowd);
}

void end_in_one_pass(int count, const RigOptions& options) {
    Rig rig{options};
    auto& crowd = rig.add<Crowd<Brief>>(count);
    rig.step();
    EXPECT_EQ(rig.scheduler().live(), static_cast<std::size_t>(count) + 1U);
    rig.run();
    expect_nothing_left(rig, crowd);
    EXPECT_EQ(crowd.last.serial(), static_cast<std::uint64_t>(count));
}

void are_stopped_with_their_parent(int count, const RigOptions& options) {
    Rig rig{options};
    auto& crowd = rig.add<Crowd<Collect>>(count);
    rig.run();
    EXPECT_TRUE(crowd.last);
    rig.stop(crowd);
    EXPECT_FALSE(crowd.last);
    rig.run();
    expect_nothing_left(rig, crowd);
}

// So many in a few orders, and a thousand in every one.
void of_each_size(void (*test)(int count, const RigOptions& options)) {
    in_every_order(2, [=](const RigOptions& options) { test(hundred_thousand, options); });
    in_every_order([=](const RigOptions& options) { test(1000, options); });
}

TEST(Crowd, AHundredThousandCanComeAndGoOneThousandAfterTheOther) { of_each_size(&come_and_go); }

TEST(Crowd, AHundredThousandMayLiveAtOnceAndEndInOnePass) { of_each_size(&end_in_one_pass); }

TEST(Crowd, AHundredThousandThatWaitAreStoppedWithTheirParent) {
    of_each_size(&are_stopped_with_their_parent);
}

// Some end by themselves, some are stopped before they ran, some while they wait; all at once.
struct Mixed final : axon::Component {
    explicit Mixed(std::uint64_t seed) : random{static_cast<std::minstd_rand::result_type>(seed + 1)} {}
    Task<> main() override {
        std::vector<axon::Handle<Collect>> waiting;
        for (int i = 0; i < 100; ++i) {
            switch (random() % 5) {
            case 0: spawn<Brief>(); break;
            case 1: spawn<Throws>(); break;
            case 2: waiting.push_back(spawn<Collect>()); break;
            case 3: co_await yield(); break;
            default:
                if (!waiting.empty()) stop(waiting[random() % waiting.size()]);
            }
        }
        for (const auto& each : waiting) stop(each);
        co_await children_ended();
    }
    std::minstd_rand random;
};

TEST(Crowd, OfWhichEachEndsInItsOwnWayLeavesNothingBehind) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        expect_nothing_left(rig, [&]() -> const axon::Component& {
            auto& mixed = rig.add<Mixed>(*options.shuffle);
            rig.run();
            return mixed;
        }());
    });
}

} // namespace
