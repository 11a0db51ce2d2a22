// Graphlines: any shape, by name.
#include "axon/graphline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <type_traits>

namespace {

using namespace parts;
using axon::Graphline;
using axon::LinkError;
using axon::Task;
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

TEST(Graphline, GL4_GL5_GL6_LinksByNameItsOwnBoxesComeIntoBeingAndItEndsWithItsLastComponent) {
    in_every_order([](const RigOptions& options) {
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

TEST(Graphline, GL1_WithoutComponentsOrLinkagesItIsFineAndEndsAtOnce) {
    Rig rig;
    auto& graph = rig.add<Graphline>(std::vector<Graphline::Node>{}, std::vector<Graphline::Linkage>{});
    auto& unlinked = rig.add<Graphline>(nodes(node<Count>("a", 0, 3)), std::vector<Graphline::Linkage>{});
    rig.run();
    EXPECT_TRUE(rig.ended(graph));
    EXPECT_TRUE(rig.ended(unlinked));
}

// The original refuses a graphline without linkages when it is made, we when it is compiled.
static_assert(!std::is_constructible_v<Graphline, std::vector<Graphline::Node>>);

struct Starts final : axon::Component {
    explicit Starts(int& count) : started{count} {}
    Task<> main() override {
        ++started;
        co_return;
    }
    int& started;
};

TEST(Graphline, GL2_ItsComponentsAreItsChildrenAndStartWithItLinkedOrNot) {
    int started = 0;
    auto made = std::make_unique<Graphline>(nodes(node<Starts>("a", started), node<Starts>("b", started)),
                                            std::vector<Graphline::Linkage>{{"a", "signal", "b", "control"}});
    EXPECT_EQ(made->first_child()->parent(), made.get());
    EXPECT_EQ(started, 0);
    Rig rig;
    auto& graph = rig.add(std::move(made));
    EXPECT_EQ(started, 0);
    rig.run();
    EXPECT_EQ(started, 2);
    EXPECT_TRUE(rig.ended(graph));
}

TEST(Graphline, GL3_EachLinkageCarriesItsOwnDataAndNothingGoesElsewhere) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& graph = rig.add<Graphline>();
        auto& first = graph.add<Count>("first", 0, 20);
        auto& second = graph.add<Count>("second", 100, 20);
        auto& loose = graph.add<Count>("loose", 200, 20);
        auto& to_first = graph.add<Collect>("to_first");
        auto& to_second = graph.add<Collect>("to_second");
        auto& to_nobody = graph.add<Collect>("to_nobody");
        link(first.outbox, to_first.inbox);
        link(second.outbox, to_second.inbox);
        rig.leave_unlinked(loose.outbox);
        rig.finish(to_nobody);
        rig.run();
        EXPECT_EQ(to_first.heard, counting(0, 20));
        EXPECT_EQ(to_second.heard, counting(100, 20));
        EXPECT_TRUE(to_nobody.heard.empty());
        EXPECT_EQ(loose.outbox.discarded(), 20U);
        EXPECT_TRUE(rig.ended(graph));
    });
}

TEST(Graphline, InCodeItsOwnBoxesHaveTypesAndTheCompilerChecksTheLinkages) {
    Rig rig;
    auto& graph = rig.add<Graphline>();
    auto& left = graph.add<Echo>("left");
    auto& right = graph.add<Echo>("right");
    link(graph.inbox<int>("in"), left.inbox);
    left | right;
    link(right.outbox, graph.outbox<int>("out"));
    rig.feed(graph.inbox<int>("in"), 7);
    rig.end(graph.inbox<int>("in"));
    rig.run();
    EXPECT_EQ(rig.sent(graph.outbox<int>("out")), (Ints{7}));
    EXPECT_TRUE(rig.ended(graph));
    EXPECT_EQ(left.path(), "/Graphline/left");
}

TEST(Graphline, WhoFedOnlyThoseWhoHaveEndedIsShutDown) {
    // Reads one and sends for ever; or only sends.
    struct CountFrom final : axon::Filter<int, int> {
        Task<> main() override {
            for (int i = (co_await inbox.receive()).value();; ++i) co_await outbox.send(i);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& graph =
            rig.add<Graphline>(nodes(node<CountForEver>("first"), node<CountFrom>("second"),
                                     node<Take>("take", 5), node<Echo>("stays"), node<Idle<int>>("unlinked")),
                               std::vector<Graphline::Linkage>{{"first", "outbox", "second", "inbox"},
                                                               {"second", "outbox", "take", "inbox"},
                                                               {"self", "in", "stays", "inbox"},
                                                               {"stays", "outbox", "self", "out"}});
        rig.leave_unlinked(static_cast<axon::OutboxBase&>(*graph.find_box("out")));
        rig.run();
        EXPECT_EQ(rig.scheduler().live(), 3U) << "the graph, who may be heard by others, and who never was";
        rig.end(ints_in(graph, "in"));
        rig.run();
        EXPECT_EQ(rig.scheduler().live(), 2U);
    });
}

TEST(Graphline, ABoxOfItsOwnHasOneTypeAndOneDirection) {
    Graphline graph;
    auto& in = graph.inbox<int>("in");
    EXPECT_EQ(&graph.inbox<int>("in"), &in);
    EXPECT_THROW((void)graph.inbox<std::string>("in"), LinkError);
    EXPECT_THROW((void)graph.outbox<int>("in"), LinkError);
    EXPECT_THROW((void)graph.inbox<int>("control"), LinkError);
    EXPECT_THROW((void)graph.outbox<int>("signal"), LinkError);
    (void)graph.add<Echo>("a");
    EXPECT_THROW((void)graph.add<Echo>("a"), LinkError);
}

// Sees whether it runs before its parent has linked it.
struct Eager final : axon::Filter<int, int> {
    Task<> main() override {
        EXPECT_TRUE(outbox.linked());
        co_await outbox.send(1);
    }
};
struct Inner final : axon::Composite {
    axon::Outbox<int> outbox{*this, "outbox"};
    Inner() { link(child<Eager>().outbox, outbox); }
};
struct Outer final : axon::Composite {
    Outer() {
        auto& inner = child<Inner>();
        auto& graph = child<Graphline>();
        auto& eager = graph.add<Eager>("eager");
        auto& collect = graph.add<Collect>("collect");
        link(eager.outbox, collect.inbox);
        link(inner.outbox, graph.inbox<int>("in"));
        link(graph.inbox<int>("in"), collect.inbox);
    }
};
struct MakesWhileRunning final : axon::Component {
    Task<> main() override {
        for (int i = 0; i < 3; ++i) {
            co_await yield();
            spawn<Outer>();
        }
        co_await children_ended();
    }
};

TEST(Composite, AChildRunsNothingBeforeItsParentsConstructorIsDone) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& maker = rig.add<MakesWhileRunning>();
        rig.run();
        EXPECT_TRUE(rig.ended(maker));
    });
}

TEST(Composite, ControlLeadsToItsOwnChildrenOnly) {
    struct Leads final : axon::Composite {
        axon::Component& inner = child<Inner>();
        explicit Leads(axon::Component& stranger) {
            EXPECT_THROW(link(control, stranger.control), LinkError);
            EXPECT_THROW(link(control, inner.first_child()->control), LinkError);
        }
    };
    Echo stranger;
    const Leads leads{stranger};
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

TEST(Graphline, GL7_GL9_ControlThatIsNotLinkedGoesToThoseWhomNobodyFeedsAndLeavesAtTheEnd) {
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

TEST(Graphline, GL7_ItsSignalSaysThatItHasFinishedWhereNothingElseHadCome) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& graph = rig.add<Graphline>(
            nodes(node<Echo>("a"), node<Collect>("b")),
            std::vector<Graphline::Linkage>{{"a", "outbox", "b", "inbox"}, {"self", "in", "a", "inbox"}});
        auto& log = rig.add<ControlLog>();
        link(graph.signal, log.control);
        rig.feed(ints_in(graph, "in"), 1);
        rig.run();
        EXPECT_TRUE(log.heard.empty()) << "not before its end";
        rig.end(ints_in(graph, "in"));
        rig.run();
        EXPECT_TRUE(rig.ended(graph));
        EXPECT_EQ(log.heard, (Strings{"finished"}));
    });
}

TEST(Graphline, GL8_GL11_ControlThatIsLinkedGoesThereOnlyAndItsSignalIsTheOneLinked) {
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

TEST(Graphline, GL10_WithControlLinkedAndSignalNotItFinishesWhateverCame) {
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
