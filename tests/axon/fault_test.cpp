// A component is the fault boundary, wherever in it an exception comes from.
#include "axon/combine.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(Fault, AnExceptionEndsOneComponentIsLoggedOnceWithItsPathAndCounted) {
    in_every_order([](const RigOptions& options) {
        struct Parent final : axon::Component {
            Task<> main() override {
                spawn<Throws>();
                co_await children_ended();
                after = true;
            }
            bool after = false;
        };
        Rig rig{options};
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
    });
}

TEST(Fault, AnExceptionFromAMainThatIsNoCoroutineEndsItTheSameWay) {
    in_every_order([](const RigOptions& options) {
        struct Plain final : axon::Component {
            Task<> main() override { throw std::runtime_error{"at once"}; }
        };
        Rig rig{options};
        auto& plain = rig.add<Plain>();
        rig.run();
        EXPECT_TRUE(rig.ended(plain));
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_EQ(rig.log()[0].text, "at once");
    });
}

TEST(Fault, AMainThatReturnsNoTaskEndsAtItsFirstTurn) {
    in_every_order([](const RigOptions& options) {
        struct Empty final : axon::Component {
            Task<> main() override { return {}; }
        };
        Rig rig{options};
        auto& empty = rig.add<Empty>();
        EXPECT_FALSE(rig.ended(empty));
        rig.run();
        EXPECT_TRUE(rig.ended(empty));
    });
}

// Sends what it hears until it hears 3, then fails: at once, nested three deep, or within a time limit.
struct FailsAtThree final : axon::Filter<int, int> {
    explicit FailsAtThree(int depth) : kind{depth} {}
    Task<> check(int number, int depth) {
        if (depth > 0) {
            co_await check(number, depth - 1);
        } else {
            co_await yield();
            if (number == 3) throw std::runtime_error{"three"};
        }
    }
    Task<> main() override {
        while (auto number = co_await inbox.receive()) {
            if (kind < 2) {
                co_await check(*number, 3 * kind);
            } else {
                (void)co_await axon::within(*this, 1h, check(*number, 3));
            }
            co_await outbox.send(*number);
        }
    }
    int kind;
};

TEST(Fault, NobodyElseNoticesThatOneFailsInTheMiddleOfAStream) {
    in_every_order([](const RigOptions& options) {
        for (int kind = 0; kind < 3; ++kind) {
            Rig rig{options};
            auto& from = rig.add<Count>(0, 300);
            auto& fails = rig.add<FailsAtThree>(kind);
            auto& to = rig.add<Collect>();
            from | fails;
            fails | to;
            rig.run();
            EXPECT_TRUE(rig.ended(from)) << "who sent to it discards and goes on";
            EXPECT_EQ(to.heard, counting(0, 3));
            EXPECT_TRUE(to.saw_the_end);
            EXPECT_EQ(rig.scheduler().failures(), 1U);
            ASSERT_EQ(rig.log().size(), 1U);
            EXPECT_EQ(rig.log()[0].text, "three");
            EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
        }
    });
}

struct ThrowsAtTheEndOfItsScope {
    ~ThrowsAtTheEndOfItsScope() noexcept(false) { throw std::runtime_error{"thrown by a destructor"}; }
};

TEST(Fault, ADestructorThatThrowsAtTheEndOfItsScopeIsLikeAnyOtherException) {
    in_every_order([](const RigOptions& options) {
        struct Scopes final : axon::Component {
            Task<> main() override {
                co_await yield();
                {
                    const ThrowsAtTheEndOfItsScope local;
                    co_await yield();
                }
                went_on = true;
            }
            bool went_on = false;
        };
        Rig rig{options};
        auto& scopes = rig.add<Scopes>();
        rig.run();
        EXPECT_TRUE(rig.ended(scopes));
        EXPECT_FALSE(scopes.went_on);
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_EQ(rig.log()[0].text, "thrown by a destructor");
    });
}

// Half of the frames are gone by then: there is no component left that could fail in good order.
TEST(FaultDeathTest, ADestructorThatThrowsWhileItsFrameIsTakenDownEndsTheProcessAsInAnyUnwinding) {
    struct Holds final : axon::Component {
        explicit Holds(int levels) : depth{levels} {}
        Task<> hold(int level) {
            if (level > 0) {
                co_await hold(level - 1);
            } else {
                const ThrowsAtTheEndOfItsScope local;
                co_await sleep_for(1h);
            }
        }
        Task<> main() override { co_await hold(depth); }
        int depth;
    };
    for (const int depth : {0, 3}) {
        EXPECT_DEATH(
            {
                Rig rig;
                auto& holds = rig.add<Holds>(depth);
                rig.run();
                rig.stop(holds);
            },
            "thrown by a destructor");
    }
}

// Cannot bear that a child ends.
struct Brittle : axon::Component {
    axon::Handle<Take> first;
    axon::Handle<Collect> second;
    bool went_on = false;

protected:
    Task<> main() override {
        first = spawn<Take>(0);
        second = spawn<Collect>();
        co_await sleep_for(1h);
        went_on = true;
    }
    void child_has_ended(Component&) override { throw std::runtime_error{"cannot go on without it"}; }
};

TEST(Fault, WhoCannotBearTheEndOfAChildFailsAndTheChildsTurnIsNotDisturbed) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& brittle = rig.add<Brittle>();
        auto& bystander = rig.add<Collect>();
        auto& log = rig.add<ControlLog>();
        link(brittle.signal, log.control);
        rig.run();
        EXPECT_TRUE(rig.ended(brittle));
        EXPECT_FALSE(brittle.first);
        EXPECT_FALSE(brittle.second) << "its other child has ended with it";
        EXPECT_FALSE(rig.ended(bystander));
        ASSERT_FALSE(log.heard.empty());
        EXPECT_EQ(log.heard.front(), "failure: cannot go on without it");
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_EQ(rig.log()[0].path, "/Brittle");
        EXPECT_EQ(rig.scheduler().failures(), 1U);
    });
}

// Ends its child by itself: in its main(), or from a destructor in it.
struct BreaksItself final : Brittle {
    explicit BreaksItself(int where) : kind{where} {}
    struct Release {
        BreaksItself& owner;
        ~Release() { owner.stop(owner.second); }
    };
    Task<> hold() {
        second = spawn<Collect>();
        const Release release{*this};
        co_await sleep_for(1h);
    }
    Task<> main() override {
        if (kind == 0) {
            second = spawn<Collect>();
            stop(second);
            co_await yield();
        } else if (kind == 1) {
            (void)co_await axon::within(*this, 1s, hold());
        } else {
            co_await hold();
        }
        went_on = true;
    }
    int kind;
};

TEST(Fault, WhoBreaksByEndingAChildItselfFailsAtItsNextAwaitOrWhereItEnds) {
    in_every_order([](const RigOptions& options) {
        for (int where = 0; where < 3; ++where) {
            Rig rig{options};
            auto& breaks = rig.add<BreaksItself>(where);
            auto& log = rig.add<ControlLog>();
            link(breaks.signal, log.control);
            rig.advance(2s);
            if (where == 2) rig.stop(breaks);
            rig.run();
            EXPECT_TRUE(rig.ended(breaks));
            EXPECT_FALSE(breaks.went_on);
            EXPECT_EQ(rig.scheduler().failures(), 1U);
            ASSERT_FALSE(log.heard.empty());
            EXPECT_EQ(log.heard.front(), "failure: cannot go on without it");
            EXPECT_EQ(rig.scheduler().live(), 1U);
        }
    });
}

TEST(Fault, WhoCannotTakeWhatComesByControlFailsAndItsSenderEndsAsItWould) {
    struct Refuses final : axon::Sink<int> {
        Task<> main() override { (void)co_await inbox.receive(); }
        void control_arrived(const axon::Signal&) override { throw std::runtime_error{"not this"}; }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Take>(0);
        auto& refuses = rig.add<Refuses>();
        link(from.signal, refuses.control);
        rig.run();
        EXPECT_TRUE(rig.ended(from));
        EXPECT_TRUE(rig.ended(refuses));
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_EQ(rig.log()[0].path, "/Refuses");
        EXPECT_EQ(rig.scheduler().failures(), 1U);
    });
}

TEST(Fault, WhoFailsBeforeItsFirstTurnNeverHasOne) {
    struct Refuses final : axon::Component {
        Task<> main() override {
            began = true;
            co_return;
        }
        void control_arrived(const axon::Signal&) override { throw std::runtime_error{"not this"}; }
        bool began = false;
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& refuses = rig.add<Refuses>();
        auto& log = rig.add<ControlLog>();
        link(refuses.signal, log.control);
        rig.shut_down(refuses);
        rig.run();
        EXPECT_TRUE(rig.ended(refuses));
        EXPECT_FALSE(refuses.began);
        ASSERT_FALSE(log.heard.empty());
        EXPECT_EQ(log.heard.front(), "failure: not this");
    });
}

TEST(Fault, AConstructorThatThrowsIsTheSpawnersExceptionAndLeavesNothingBehind) {
    in_every_order([](const RigOptions& options) {
        struct HalfMade final : axon::Composite {
            Echo& echo = child<Echo>();
            Collect& collect = child<Collect>();
            HalfMade() {
                echo | collect;
                throw std::runtime_error{"half made"};
            }
        };
        struct Parent final : axon::Component {
            Task<> main() override {
                try {
                    spawn<HalfMade>();
                } catch (const std::runtime_error& error) {
                    heard = error.what();
                }
                co_await children_ended();
            }
            std::string heard;
        };
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.run();
        EXPECT_TRUE(rig.ended(parent));
        EXPECT_EQ(parent.heard, "half made");
        EXPECT_EQ(rig.scheduler().live(), 0U);
    });
}

} // namespace
