// Parents and children: the two verbs, ends, paths.
#include "axon/ended.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <map>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Ending;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Spawns one of each and keeps how they ended.
struct Watcher final : axon::Component {
    axon::EndedBox ended{*this};
    Task<> main() override {
        const auto finishes = spawn<Take>(0);
        const auto fails = spawn<Throws>();
        const auto sleeps = spawn<Collect>();
        const auto shut = spawn<Collect>();
        serials = {{finishes.serial(), "finishes"},
                   {fails.serial(), "fails"},
                   {sleeps.serial(), "stopped"},
                   {shut.serial(), "shut"}};
        co_await sleep_for(1s);
        stop(sleeps);
        shut_down(*shut.get());
        for (int i = 0; i < 4; ++i) {
            const auto news = co_await ended.receive();
            how[serials.at(news->serial)] = news->how;
            if (news->error) error = true;
        }
    }
    std::map<std::uint64_t, std::string> serials;
    std::map<std::string, Ending> how;
    bool error = false;
};

TEST(Family, AParentIsToldWhichChildEndedHowAndWithWhatError) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& watcher = rig.add<Watcher>();
        rig.advance(2s);
        EXPECT_EQ(watcher.how, (std::map<std::string, Ending>{{"finishes", Ending::finished},
                                                              {"fails", Ending::failed},
                                                              {"stopped", Ending::stopped},
                                                              {"shut", Ending::shut_down}}));
        EXPECT_TRUE(watcher.error);
    });
}

TEST(Family, AParentHasNotEndedUntilItsChildrenHave) {
    in_every_order([](const RigOptions& options) {
        struct Slow final : axon::Component {
            Task<> main() override { co_await sleep_for(1h); }
            Task<> close() override { co_await sleep_for(2s); }
        };
        struct Parent final : axon::Source<int> {
            Task<> main() override {
                spawn<Slow>();
                child<Slow>();
                co_await sleep_for(1s);
            }
        };
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        auto& collect = rig.add<Collect>();
        parent | collect;
        rig.advance(1s);
        EXPECT_EQ(parent.state(), axon::Component::State::ending);
        EXPECT_FALSE(collect.saw_the_end);
        rig.advance(2s);
        EXPECT_TRUE(rig.ended(parent));
        EXPECT_TRUE(collect.saw_the_end);
    });
}

TEST(Family, ABoxForEndedChildrenMayEndWithMainBeforeThem) {
    in_every_order([](const RigOptions& options) {
        struct Lingers final : axon::Component {
            Task<> main() override { co_await sleep_for(1h); }
            Task<> close() override { co_await sleep_for(1s); }
        };
        struct Parent final : axon::Component {
            Task<> main() override {
                axon::EndedBox ended{*this};
                spawn<Count>(0, 1);
                spawn<Lingers>();
                first = (co_await ended.receive())->how;
            }
            axon::Ending first = axon::Ending::failed;
        };
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.advance(3s);
        EXPECT_EQ(parent.first, axon::Ending::finished);
        EXPECT_TRUE(rig.ended(parent));
    });
}

TEST(Family, NewsOfChildrenThatEndWhileTheirParentIsClosingHarmNobody) {
    struct Parent final : axon::Component {
        axon::EndedBox ended{*this};
        Task<> main() override {
            for (int i = 0; i < 3; ++i) spawn<Collect>();
            co_await sleep_for(1s);
        }
        Task<> close() override {
            auto* const first = first_child();
            stop(*first);
            EXPECT_TRUE((co_await ended.receive()).has_value());
            heard = true;
        }
        bool heard = false;
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.advance(2s);
        EXPECT_TRUE(parent.heard);
        EXPECT_TRUE(rig.ended(parent));
        EXPECT_EQ(rig.scheduler().live(), 0U);
    });
}

TEST(Family, AChildRunsNoInstructionBeforeItsParentsConstructorIsDone) {
    struct Parent final : axon::Composite {
        Collect& to = child<Collect>();
        Count& from = child<Count>(0, 3);
        Parent() { from | to; }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        EXPECT_EQ(parent.from.state(), axon::Component::State::ready);
        rig.run();
        EXPECT_EQ(parent.to.heard, counting(0, 3));
        EXPECT_TRUE(rig.ended(parent));
    });
}

TEST(Family, AStaticChildStaysAfterItsEndAsLongAsItsParent) {
    in_every_order([](const RigOptions& options) {
        struct Parent final : axon::Component {
            Collect& kept = child<Collect>();
            Task<> main() override { co_await sleep_for(1h); }
        };
        Rig rig{options};
        auto& parent = rig.add<Parent>();
        rig.end(parent.kept.inbox);
        rig.run();
        EXPECT_TRUE(rig.ended(parent.kept));
        EXPECT_TRUE(parent.kept.saw_the_end);
        EXPECT_EQ(parent.first_child(), &parent.kept);
    });
}

TEST(Family, StaticChildrenOfOneClassAreNumberedAndWhoHasALabelIsNot) {
    struct Parent final : axon::Composite {
        Echo& first = child<Echo>();
        Collect& other = child<Collect>();
        Echo& second = child<Echo>();
        Echo& third = child<Echo>();
        Parent() { second.set_label("second"); }
    };
    Rig rig;
    const auto& parent = rig.add<Parent>();
    EXPECT_EQ(parent.other.path(), "/Parent/Collect");
    EXPECT_TRUE(parent.first.path().ends_with("/EchoOf")) << parent.first.path();
    EXPECT_EQ(parent.second.path(), "/Parent/second");
    EXPECT_EQ(parent.third.path(), parent.first.path() + "[3]");
    rig.stop(rig.add<Parent>());
    rig.run();
}

TEST(Family, PathsNameLabelsAndSerials) {
    struct Parent final : axon::Component {
        Task<> main() override {
            set_label("web");
            spawned = spawn<Collect>().get()->path();
            co_await children_ended();
        }
        std::string spawned;
    };
    Rig rig;
    auto& parent = rig.add<Parent>();
    EXPECT_EQ(parent.path(), "/Parent");
    rig.run();
    EXPECT_EQ(parent.path(), "/web");
    EXPECT_EQ(parent.spawned, "/web/Collect#1");
}

TEST(Family, ComponentsThatEndInAnyOrderAreFreedOnceAndCompletely) {
    // Three generations, of which some are stopped, some end and some stand in the run queue.
    struct Leaf final : axon::Component {
        explicit Leaf(int turns) : left{turns} {}
        Task<> main() override {
            while (left-- > 0) co_await yield();
        }
        int left;
    };
    struct Branch final : axon::Component {
        Task<> main() override {
            child<Leaf>(2);
            for (int i = 0; i < 5; ++i) spawn<Leaf>(i);
            co_await yield();
            co_await yield();
        }
    };
    struct Tree final : axon::Component {
        Task<> main() override {
            for (int i = 0; i < 20; ++i) {
                branches.push_back(spawn<Branch>());
                if (i % 3 == 0) stop(branches.back());
                if (i % 4 == 0) co_await yield();
                if (i % 5 == 0) stop(branches[branches.size() / 2]);
            }
            co_await children_ended();
        }
        std::vector<axon::Handle<Branch>> branches;
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& tree = rig.add<Tree>();
        rig.run();
        EXPECT_TRUE(rig.ended(tree));
        EXPECT_EQ(rig.scheduler().live(), 0U);
        EXPECT_EQ(tree.first_child(), nullptr);
    });
}

TEST(Family, NoChildIsRestartedByAParentThatIsEndingItself) {
    in_every_order([](const RigOptions& options) {
        struct Restarts final : axon::Component {
            Restarts() { child<Take>(0); }
            Task<> main() override {
                spawn<Collect>();
                co_await sleep_for(1h);
            }
            void child_has_ended(Component&) override {
                ++restarts;
                if (restarts < 10) spawn<Collect>();
            }
            int restarts = 0;
        };
        Rig rig{options};
        auto& restarts = rig.add<Restarts>();
        rig.run();
        EXPECT_EQ(restarts.restarts, 1);
        rig.stop(restarts);
        rig.run();
        EXPECT_TRUE(rig.ended(restarts));
        EXPECT_EQ(restarts.restarts, 1);
    });
}

TEST(Family, NoChildIsRestartedWhenTheSystemEnds) {
    in_every_order([](const RigOptions& options) {
        struct Restarts final : axon::Component {
            explicit Restarts(int& count) : restarts{count} {}
            struct Release {
                Restarts& owner;
                axon::Handle<Collect> child;
                ~Release() { owner.stop(child); }
            };
            Task<> main() override {
                const Release release{*this, spawn<Collect>()};
                co_await sleep_for(1h);
            }
            void child_has_ended(Component&) override {
                ++restarts;
                spawn<Collect>();
            }
            int& restarts;
        };
        int restarts = 0;
        {
            Rig rig{options};
            rig.add<Restarts>(restarts);
            rig.run();
        }
        EXPECT_EQ(restarts, 0);
    });
}

} // namespace
