// What Kamaelia's chassis promised, link by link (of rows PL and GL; the others are beside the chassis).
#include "axon/graphline.hpp"
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <memory>
#include <variant>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Component;
using axon::Graphline;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Notes what comes by its control and does not act on it.
struct Hears final : axon::Filter<int, int> {
    Task<> main() override { co_await sleep_for(1h); }
    void control_arrived(const axon::Signal& news) override {
        heard.emplace_back(std::holds_alternative<axon::Shutdown>(news) ? "shutdown" : "something else");
    }
    Strings heard;
};

TEST(Conformance, PL3_EachStagesOutboxLeadsToTheNextInboxAndItsSignalToTheNextControl) {
    Rig rig;
    auto& pipe = rig.add(axon::pipeline(std::make_unique<Hears>(), std::make_unique<Hears>(),
                                        std::make_unique<Hears>(), std::make_unique<Hears>()));
    std::vector<Hears*> stages;
    stages.reserve(4);
    for (auto* stage = pipe.first_child(); stage; stage = stage->next_sibling()) {
        stages.push_back(static_cast<Hears*>(stage));
    }
    ASSERT_EQ(stages.size(), 4U);
    for (std::size_t next = 1; next < stages.size(); ++next) {
        const auto& stage = *stages[next - 1];
        EXPECT_EQ(stage.outbox.destination(), &stages[next]->inbox);
        EXPECT_EQ(stage.signal.receiver(), stages[next]);
        EXPECT_FALSE(stage.signal.exported()) << "it leads to that one's control, not to its signal";
        EXPECT_TRUE(stages[next]->control.linked());
    }
    rig.run();
    for (std::size_t next = 1; next < stages.size(); ++next) {
        EXPECT_TRUE(stages[next]->heard.empty());
        rig.stop(*stages[next - 1]);
        EXPECT_EQ(stages[next]->heard, (Strings{"shutdown"})) << "how the one before it ended";
    }
}

TEST(Conformance, GL2_ComponentsAreChildrenAndStartWhenTheGraphlineRunsLinkedOrNot) {
    std::string started;
    std::vector<Graphline::Node> nodes;
    nodes.push_back({"a", std::make_unique<Turns>('a', 1, started)});
    nodes.push_back({"b", std::make_unique<Turns>('b', 1, started)});
    nodes.push_back({"loose", std::make_unique<Turns>('l', 1, started)});
    auto made = std::make_unique<Graphline>(std::move(nodes),
                                            std::vector<Graphline::Linkage>{{"a", "signal", "b", "control"}});
    int children = 0;
    for (const auto* child = made->first_child(); child; child = child->next_sibling()) {
        EXPECT_EQ(child->parent(), made.get());
        EXPECT_EQ(child->state(), Component::State::fresh);
        ++children;
    }
    EXPECT_EQ(children, 3);
    Rig rig;
    auto& graph = rig.add(std::move(made));
    EXPECT_EQ(started, "");
    rig.run();
    EXPECT_EQ(started, "abl");
    EXPECT_TRUE(rig.ended(graph));
}

TEST(Conformance, GL9_ControlThatIsNotLinkedGoesToEachWhomNobodyFeedsAndToThoseOnly) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& graph = rig.add<Graphline>();
        auto& first = graph.add<ControlLog>("first");
        auto& fed = graph.add<ControlLog>("fed");
        auto& second = graph.add<ControlLog>("second");
        auto& fed_too = graph.add<ControlLog>("fed too");
        auto& last = graph.add<ControlLog>("last");
        link(first.signal, fed.control);
        link(last.signal, fed_too.control);
        rig.run();
        rig.finish(graph);
        graph.control.deliver(axon::Failure{"/x", "broken", nullptr});
        rig.shut_down(graph);
        rig.run();
        for (const auto* unfed : {&first, &second, &last}) {
            EXPECT_EQ(unfed->heard, (Strings{"finished", "failure: broken", "shutdown"}));
        }
        EXPECT_TRUE(fed.heard.empty());
        EXPECT_TRUE(fed_too.heard.empty());
    });
}

} // namespace
