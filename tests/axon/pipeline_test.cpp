// Pipelines and composites: data forward, ends forward, shutdowns of those above.
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>
#include <tuple>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

template <class... Stages>
auto stages(std::unique_ptr<Stages>... stage) {
    std::vector<std::unique_ptr<axon::Component>> all;
    (all.push_back(std::move(stage)), ...);
    return all;
}

TEST(Pipeline, PL3_PL4_LinksItsStagesAndItsOwnBoxesToTheFirstAndTheLast) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(axon::pipeline(std::make_unique<Echo>(), axon::map([](int n) { return n * 2; }),
                                            std::make_unique<Echo>()));
        auto& from = rig.add<Count>(1, 50);
        auto& to = rig.add<Collect>();
        axon::link(from, "outbox", pipe, "inbox");
        axon::link(pipe, "outbox", to, "inbox");
        axon::link(pipe, "signal", to, "control");
        rig.run();
        EXPECT_EQ(to.heard.size(), 50U);
        EXPECT_EQ(to.heard.back(), 100);
        EXPECT_TRUE(rig.ended(pipe));
        EXPECT_TRUE(to.saw_the_end);
    });
}

TEST(Pipeline, AStageThatEndsEarlyShutsDownThoseAboveIt) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(axon::pipeline(std::make_unique<CountForEver>(), std::make_unique<Echo>(),
                                            std::make_unique<Echo>(), std::make_unique<Take>(5),
                                            std::make_unique<Echo>()));
        auto& to = rig.add<Collect>();
        axon::link(pipe, "outbox", to, "inbox");
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 5));
        EXPECT_TRUE(rig.ended(pipe));
    });
}

TEST(Pipeline, AStageThatFailsEndsThoseAboveAndItsErrorTravelsDown) {
    struct Fails final : axon::Filter<int, int> {
        Task<> main() override {
            co_await outbox.send(*co_await inbox.receive());
            throw std::runtime_error{"broken stage"};
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(axon::pipeline(std::make_unique<CountForEver>(), std::make_unique<Fails>(),
                                            std::make_unique<Echo>()));
        auto& log = rig.add<ControlLog>();
        link(pipe.signal, log.control);
        rig.run();
        EXPECT_TRUE(rig.ended(pipe));
        ASSERT_FALSE(log.heard.empty());
        EXPECT_EQ(log.heard.front(), "failure: broken stage");
    });
}

TEST(Pipeline, AShutdownGoesThroughItAfterTheDataAndLeavesByItsSignal) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(
            axon::pipeline(std::make_unique<Echo>(), std::make_unique<Echo>(), std::make_unique<Echo>()));
        auto& to = rig.add<Collect>();
        axon::link(pipe, "outbox", to, "inbox");
        axon::link(pipe, "signal", to, "control");
        auto& inbox = static_cast<axon::Inbox<int>&>(*pipe.find_box("inbox"));
        for (int i = 0; i < 30; ++i) rig.feed(inbox, i);
        rig.shut_down(pipe);
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 30));
        EXPECT_TRUE(rig.ended(pipe));
        EXPECT_TRUE(rig.ended(to));
    });
}

TEST(Pipeline, PL2_EndsOnlyWhenAllItsStagesHave) {
    in_every_order([](const RigOptions& options) {
        struct Lingers final : axon::Filter<int, int> {
            Task<> main() override {
                while (co_await inbox.receive()) {
                }
                outbox.close();
                co_await sleep_for(2s);
            }
        };
        Rig rig{options};
        auto& pipe = rig.add(axon::pipeline(std::make_unique<Lingers>(), std::make_unique<Echo>()));
        rig.end(static_cast<axon::Inbox<int>&>(*pipe.find_box("inbox")));
        rig.advance(1999ms);
        EXPECT_FALSE(rig.ended(pipe));
        rig.advance(1ms);
        EXPECT_TRUE(rig.ended(pipe));
    });
}

TEST(Pipeline, RefusesNeighboursThatDoNotFitAndHavingNoStages) {
    EXPECT_THROW(axon::Pipeline{{}}, std::invalid_argument);
    try {
        const axon::Pipeline pipe{stages(std::make_unique<Echo>(), std::make_unique<EchoOf<std::string>>())};
        FAIL() << "int does not fit string";
    } catch (const axon::LinkError& error) {
        EXPECT_NE(std::string{error.what()}.find("outbox (int) does not fit"), std::string::npos)
            << error.what();
    }
    EXPECT_THROW(axon::Pipeline{stages(std::make_unique<Collect>(), std::make_unique<Echo>())},
                 axon::LinkError);
}

TEST(Pipeline, MayStandInAPipeline) {
    auto inner = [] { return axon::pipeline(std::make_unique<Echo>(), std::make_unique<Take>(10)); };
    in_every_order([&](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(std::make_unique<axon::Pipeline>(
            stages(std::make_unique<CountForEver>(), inner(), inner(), std::make_unique<Echo>())));
        auto& to = rig.add<Collect>();
        axon::link(pipe, "outbox", to, "inbox");
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 10));
        EXPECT_TRUE(rig.ended(pipe));
    });
}

TEST(Pipeline, PL1_ItsStagesStartWithItNotEarlier) {
    in_every_order([](const RigOptions& options) {
        struct Starts final : axon::Filter<int, int> {
            explicit Starts(int& count) : started{count} {}
            Task<> main() override {
                ++started;
                co_return;
            }
            int& started;
        };
        int started = 0;
        auto made = axon::pipeline(std::make_unique<Starts>(started), std::make_unique<Starts>(started));
        EXPECT_EQ(started, 0);
        Rig rig{options};
        auto& pipe = rig.add(std::move(made));
        EXPECT_EQ(started, 0);
        rig.run();
        EXPECT_EQ(started, 2);
        EXPECT_TRUE(rig.ended(pipe));
    });
}

TEST(Pipeline, PL2_EndsWithItsStagesWhateverTheirOrder) {
    in_every_order([](const RigOptions& options) {
        struct Ends final : axon::Filter<int, int> {
            explicit Ends(axon::Duration after) : after_{after} {}
            Task<> main() override { co_await sleep_for(after_); }
            axon::Duration after_;
        };
        struct Loose final : axon::Composite { // not a pipeline: nobody shuts down those above
            Loose(axon::Duration a, axon::Duration b, axon::Duration c) {
                auto& first = child<Ends>(a);
                auto& second = child<Ends>(b);
                auto& third = child<Ends>(c);
                link(first.outbox, second.inbox);
                link(second.outbox, third.inbox);
            }
        };
        for (const auto& [a, b, c] : {std::tuple{1s, 2s, 3s}, {3s, 2s, 1s}, {2s, 3s, 1s}, {1s, 3s, 2s}}) {
            Rig rig{options};
            auto& three = rig.add<Loose>(a, b, c);
            auto& pipe = rig.add(axon::pipeline(std::make_unique<Ends>(a), std::make_unique<Ends>(b)));
            rig.advance(2999ms);
            EXPECT_FALSE(rig.ended(three));
            rig.advance(1ms);
            EXPECT_TRUE(rig.ended(three));
            EXPECT_TRUE(rig.ended(pipe));
        }
    });
}

TEST(Pipeline, ThoseAboveAStageThatEndsEarlyAreShutDownAlsoWhereBarsLinkThem) {
    struct Bars final : axon::Composite {
        Bars() { child<CountForEver>() | child<Echo>() | child<Take>(5); }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& bars = rig.add<Bars>();
        rig.run();
        EXPECT_TRUE(rig.ended(bars));
    });
}

TEST(Pipeline, WhoTookAnotherWayMeanwhileIsNotShutDown) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<CountForEver>();
        auto& take = rig.add<Take>(5);
        auto& idle = rig.add<Idle<int>>();
        from | take;
        from.signal.unlink();
        axon::Linkages::relink(from.outbox, idle.inbox);
        rig.stop(take);
        rig.run();
        EXPECT_FALSE(rig.ended(from));
    });
}

TEST(Pipeline, PL4_ItsControlGoesToTheFirstStageAndItsSignalIsTheLastOnes) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto first = std::make_unique<ControlLog>();
        auto last = std::make_unique<ControlLog>();
        auto& heard_first = first->heard;
        auto& heard_last = last->heard;
        struct Stage final : axon::Composite {
            axon::Inbox<int> inbox{*this, "inbox"};
            axon::Outbox<int> outbox{*this, "outbox"};
            explicit Stage(std::unique_ptr<ControlLog> log) : log_{adopt(std::move(log))} {}
            ControlLog& log_;
        };
        auto& pipe = rig.add(axon::pipeline(std::make_unique<Stage>(std::move(first)),
                                            std::make_unique<Stage>(std::move(last))));
        auto& log = rig.add<ControlLog>();
        link(pipe.signal, log.control);
        rig.finish(pipe);
        rig.run();
        EXPECT_EQ(heard_first, (Strings{"finished"}));
        EXPECT_TRUE(heard_last.empty());
        EXPECT_TRUE(log.heard.empty());
        rig.stop(*pipe.first_child()->next_sibling());
        rig.run();
        EXPECT_EQ(log.heard.front(), "shutdown") << "how the last stage ended";
    });
}

TEST(Pipeline, OneWithTypesIsAStageOfTheNext) {
    struct Chain final : axon::Composite {
        Collect& to = child<Collect>();
        Chain() {
            auto& from = child<Count>(0, 10);
            auto& twice =
                adopt(axon::pipeline(std::make_unique<Echo>(), axon::map([](int n) { return 2 * n; })));
            auto& minus = adopt(axon::map([](const int& n) noexcept { return -n; }));
            from | twice | child<Take>(5) | minus | to;
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& chain = rig.add<Chain>();
        rig.run();
        EXPECT_EQ(chain.to.heard, (Ints{0, -2, -4, -6, -8}));
        rig.shut_down(chain);
        rig.run();
        EXPECT_TRUE(rig.ended(chain));
    });
    const axon::Pipeline whole{std::make_unique<Count>(0, 3), std::make_unique<Echo>()};
    EXPECT_EQ(whole.find_box("inbox"), nullptr);
    EXPECT_NE(whole.find_box("outbox"), nullptr);
    const auto named = axon::pipeline(std::make_unique<Echo>(), std::make_unique<Collect>());
    EXPECT_EQ(named->name(), "Pipeline");
}

struct Pair final : axon::Composite {
    Collect& fed = child<Collect>();
    Collect& loose = child<Collect>();
    Echo& feeds = child<Echo>();
    Pair() { feeds | fed; }
};

TEST(Composite, ItsControlGoesToTheChildrenWhoseControlNobodyFeeds) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pair = rig.add<Pair>();
        auto& log = rig.add<ControlLog>();
        link(pair.signal, log.control);
        rig.feed(pair.feeds.inbox, 1);
        rig.run();
        rig.finish(pair);
        rig.run();
        EXPECT_TRUE(pair.loose.saw_the_end);
        EXPECT_FALSE(pair.fed.saw_the_end);
        rig.shut_down(pair);
        rig.run();
        EXPECT_TRUE(rig.ended(pair));
        EXPECT_EQ(pair.fed.heard, (Ints{1}));
        EXPECT_EQ(log.heard.front(), "shutdown") << "what it had received itself";
    });
}

TEST(Composite, PassesOnAnErrorThatCameByItsControl) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pair = rig.add<Pair>();
        auto& log = rig.add<ControlLog>();
        link(pair.signal, log.control);
        pair.control.deliver(axon::Failure{"/x", "broken", nullptr});
        rig.end(pair.feeds.inbox);
        rig.end(pair.loose.inbox);
        rig.run();
        EXPECT_TRUE(rig.ended(pair));
        ASSERT_FALSE(log.heard.empty());
        EXPECT_EQ(log.heard.front(), "failure: broken");
    });
}

TEST(Composite, WhenItIsStoppedItsChildrenAreStopped) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pair = rig.add<Pair>();
        for (int i = 0; i < 10; ++i) rig.feed(pair.feeds.inbox, i);
        rig.step();
        rig.stop(pair);
        EXPECT_TRUE(rig.ended(pair));
        rig.run();
        EXPECT_EQ(rig.scheduler().live(), 0U);
    });
}

TEST(Composite, OneThatIsNeverStartedFreesItsChildren) {
    const Pair pair;
    EXPECT_NE(pair.first_child(), nullptr);
}

} // namespace
