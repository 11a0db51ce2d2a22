// Graphlines: any shape, by name.
#include "axon/graphline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Graphline;
using axon::LinkError;
using axon::testing::Rig;
using axon::testing::RigOptions;

template <class... Components>
std::vector<Graphline::Node> nodes(std::pair<const char*, std::unique_ptr<Components>>... pairs) {
    std::vector<Graphline::Node> all;
    (all.push_back({pairs.first, std::move(pairs.second)}), ...);
    return all;
}
template <class C, class... Args>
std::pair<const char*, std::unique_ptr<C>> node(const char* name, Args&&... args) {
    return {name, std::make_unique<C>(std::forward<Args>(args)...)};
}

axon::Inbox<int>& ints_in(Graphline& graph, std::string_view name) {
    return static_cast<axon::Inbox<int>&>(*graph.find_box(name));
}

TEST(Graphline, LinksByNameAndItsOwnBoxesComeIntoBeing) {
    in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& graph = rig.add<Graphline>(nodes(node<Echo>("left"), node<Echo>("right"), node<Echo>("both")),
                                         std::vector<Graphline::Linkage>{{"self", "a", "left", "inbox"},
                                                                         {"self", "b", "right", "inbox"},
                                                                         {"left", "outbox", "both", "inbox"},
                                                                         {"right", "outbox", "both", "inbox"},
                                                                         {"both", "outbox", "self", "sum"}});
        auto& to = rig.add<Collect>();
        axon::link(graph, "sum", to, "inbox");
        for (int i = 0; i < 10; ++i) rig.feed(ints_in(graph, "a"), i);
        for (int i = 0; i < 10; ++i) rig.feed(ints_in(graph, "b"), 100 + i);
        rig.end(ints_in(graph, "a"));
        rig.run();
        EXPECT_EQ(to.heard.size(), 20U);
        EXPECT_FALSE(rig.ended(graph)) << "one of its components has not ended";
        rig.end(ints_in(graph, "b"));
        rig.run();
        EXPECT_TRUE(rig.ended(graph));
        EXPECT_TRUE(to.saw_the_end);
    });
}

TEST(Graphline, NamesItsComponentsInPaths) {
    Rig rig;
    auto& graph = rig.add<Graphline>(nodes(node<Echo>("left")), std::vector<Graphline::Linkage>{});
    EXPECT_EQ(graph.first_child()->path(), "/Graphline/left");
}

TEST(Graphline, WithoutComponentsEndsAtOnce) {
    Rig rig;
    auto& graph = rig.add<Graphline>(std::vector<Graphline::Node>{}, std::vector<Graphline::Linkage>{});
    rig.run();
    EXPECT_TRUE(rig.ended(graph));
}

TEST(Graphline, RefusesNamesAndBoxesThatAreNotThere) {
    const auto make = [](const Graphline::Linkage& linkage) {
        Graphline{nodes(node<Echo>("a"), node<EchoOf<std::string>>("t")), {linkage}};
    };
    EXPECT_THROW(make({"a", "outbox", "x", "inbox"}), LinkError);
    EXPECT_THROW(make({"x", "outbox", "a", "inbox"}), LinkError);
    EXPECT_THROW(make({"a", "autbox", "a", "inbox"}), LinkError);
    EXPECT_THROW(make({"self", "in", "a", "outbox"}), LinkError);
    EXPECT_THROW(make({"a", "inbox", "self", "out"}), LinkError);
    EXPECT_THROW(make({"a", "outbox", "t", "inbox"}), LinkError);
    EXPECT_THROW(make({"self", "a", "self", "b"}), LinkError);
    EXPECT_THROW(make({"self", "control", "a", "inbox"}), LinkError);
    EXPECT_THROW(make({"a", "outbox", "self", "signal"}), LinkError);
    EXPECT_THROW((Graphline{nodes(node<Echo>("a"), node<Echo>("a")), {}}), LinkError);
    EXPECT_THROW((Graphline{nodes(node<Echo>("self")), {}}), LinkError);
}

TEST(Graphline, ControlThatIsNotLinkedGoesToThoseWhomNobodyFeeds) {
    Rig rig;
    auto& graph = rig.add<Graphline>(nodes(node<ControlLog>("head"), node<ControlLog>("tail")),
                                     std::vector<Graphline::Linkage>{{"head", "signal", "tail", "control"}});
    auto& log = rig.add<ControlLog>();
    link(graph.signal, log.control);
    auto& head = static_cast<ControlLog&>(*graph.first_child());
    auto& tail = static_cast<ControlLog&>(*head.next_sibling());
    rig.shut_down(graph);
    rig.run();
    EXPECT_EQ(head.heard, (Strings{"shutdown"}));
    EXPECT_TRUE(tail.heard.empty());
    rig.stop(head);
    rig.stop(tail);
    rig.run();
    EXPECT_TRUE(rig.ended(graph));
    ASSERT_FALSE(log.heard.empty());
    EXPECT_EQ(log.heard.front(), "shutdown");
}

TEST(Graphline, ControlThatIsLinkedGoesThereOnlyAndItsSignalIsTheOneLinked) {
    Rig rig;
    auto& graph = rig.add<Graphline>(nodes(node<ControlLog>("a"), node<ControlLog>("b"), node<Collect>("c")),
                                     std::vector<Graphline::Linkage>{{"self", "control", "b", "control"},
                                                                     {"self", "in", "c", "inbox"},
                                                                     {"c", "signal", "self", "signal"}});
    auto& log = rig.add<ControlLog>();
    link(graph.signal, log.control);
    auto& a = static_cast<ControlLog&>(*graph.first_child());
    auto& b = static_cast<ControlLog&>(*a.next_sibling());
    rig.shut_down(graph);
    rig.run();
    EXPECT_TRUE(a.heard.empty());
    EXPECT_EQ(b.heard, (Strings{"shutdown"}));
    EXPECT_TRUE(log.heard.empty());
    rig.end(ints_in(graph, "in"));
    rig.run();
    rig.stop(a);
    rig.stop(b);
    rig.run();
    EXPECT_TRUE(rig.ended(graph));
    EXPECT_EQ(log.heard, (Strings{"finished"})) << "from c, and nothing by itself";
}

TEST(Graphline, WithControlLinkedAndSignalNotItFinishesWhateverCame) {
    Rig rig;
    auto& graph = rig.add<Graphline>(nodes(node<Collect>("a")),
                                     std::vector<Graphline::Linkage>{{"self", "control", "a", "control"}});
    auto& log = rig.add<ControlLog>();
    link(graph.signal, log.control);
    rig.shut_down(graph);
    rig.run();
    EXPECT_TRUE(rig.ended(graph));
    EXPECT_EQ(log.heard, (Strings{"finished"}));
}

} // namespace
