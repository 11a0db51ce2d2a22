// Pipelines and composites: data forward, ends forward, shutdowns of those above.
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

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

TEST(Pipeline, LinksItsStagesAndItsOwnBoxesToTheFirstAndTheLast) {
    in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(axon::pipeline(
            std::make_unique<Echo>(), axon::map<int>([](int n) { return n * 2; }), std::make_unique<Echo>()));
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
    in_every_order(100, [](const RigOptions& options) {
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
    in_every_order(20, [](const RigOptions& options) {
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
    in_every_order(100, [](const RigOptions& options) {
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

TEST(Pipeline, EndsOnlyWhenAllItsStagesHave) {
    struct Lingers final : axon::Filter<int, int> {
        Task<> main() override {
            while (co_await inbox.receive()) {
            }
            outbox.close();
            co_await sleep_for(2s);
        }
    };
    Rig rig;
    auto& pipe = rig.add(axon::pipeline(std::make_unique<Lingers>(), std::make_unique<Echo>()));
    rig.end(static_cast<axon::Inbox<int>&>(*pipe.find_box("inbox")));
    rig.advance(1999ms);
    EXPECT_FALSE(rig.ended(pipe));
    rig.advance(1ms);
    EXPECT_TRUE(rig.ended(pipe));
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
    in_every_order(50, [&](const RigOptions& options) {
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

struct Pair final : axon::Composite {
    Collect& fed = child<Collect>();
    Collect& loose = child<Collect>();
    Echo& feeds = child<Echo>();
    Pair() { feeds | fed; }
};

TEST(Composite, ItsControlGoesToTheChildrenWhoseControlNobodyFeeds) {
    Rig rig;
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
}

TEST(Composite, PassesOnAnErrorThatCameByItsControl) {
    Rig rig;
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
}

TEST(Composite, WhenItIsStoppedItsChildrenAreStopped) {
    in_every_order(20, [](const RigOptions& options) {
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
