// A Shutdown of several at once: each ends after what those who feed it had to send, also where only data
// links them.
#include "axon/graphline.hpp"
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Passes one on each second.
class Slow final : public axon::Filter<int, int> {
    Task<> main() override {
        while (auto number = co_await inbox.receive()) {
            co_await sleep_for(1s);
            co_await outbox.send(*number);
        }
    }
};

// So many in a row, in this order or the other, linked by data only.
class Row final : public axon::Composite {
public:
    Row(int count, bool backwards) {
        std::vector<Slow*> all;
        all.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) all.push_back(&child<Slow>());
        if (backwards) std::ranges::reverse(all);
        link(inbox, all.front()->inbox);
        for (std::size_t i = 1; i < all.size(); ++i) link(all[i - 1]->outbox, all[i]->inbox);
        link(all.back()->outbox, outbox);
    }
    axon::Inbox<int> inbox{*this, "inbox"};
    axon::Outbox<int> outbox{*this, "outbox"};
};

TEST(ShutdownOrder, OfACompositeComesAfterTheDataThroughAllItsChildren) {
    for (const bool backwards : {false, true}) {
        in_every_order([=](const RigOptions& options) {
            Rig rig{options};
            auto& row = rig.add<Row>(3, backwards);
            for (int i = 0; i < 10; ++i) rig.feed(row.inbox, i);
            rig.run();
            rig.shut_down(row);
            for (int i = 10; i < 20; ++i) rig.feed(row.inbox, i);
            rig.advance(1min);
            EXPECT_EQ(rig.sent(row.outbox), counting(0, 10));
            EXPECT_TRUE(rig.ended(row));
        });
    }
}

TEST(ShutdownOrder, GoesThroughCompositesInComposites) {
    struct Rows final : axon::Composite {
        Row& second = child<Row>(2, false);
        Row& first = child<Row>(2, true);
        axon::Inbox<int> inbox{*this, "inbox"};
        axon::Outbox<int> outbox{*this, "outbox"};
        Rows() {
            link(inbox, first.inbox);
            link(first.outbox, second.inbox);
            link(second.outbox, outbox);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& rows = rig.add<Rows>();
        for (int i = 0; i < 5; ++i) rig.feed(rows.inbox, i);
        rig.run();
        rig.shut_down(rows);
        rig.advance(1min);
        EXPECT_EQ(rig.sent(rows.outbox), counting(0, 5));
        EXPECT_TRUE(rig.ended(rows));
    });
}

TEST(ShutdownOrder, WhatASourceSendsAsItEndsComesFirst) {
    struct Closes final : axon::Source<int> {
        Task<> main() override { co_await sleep_for(1000h); }
        Task<> close() override {
            co_await sleep_for(1s);
            co_await outbox.send(98);
        }
    };
    struct SaysGoodbye final : axon::Source<int> {
        SaysGoodbye() : Source{axon::handles_control} {}
        Task<> main() override {
            (void)co_await control.receive();
            co_await sleep_for(2s);
            co_await outbox.send(99);
        }
    };
    struct Both final : axon::Composite {
        Collect& to = child<Collect>();
        Both() {
            link(child<Closes>().outbox, to.inbox);
            link(child<SaysGoodbye>().outbox, to.inbox);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& both = rig.add<Both>();
        rig.run();
        rig.shut_down(both);
        rig.advance(2s);
        EXPECT_EQ(both.to.heard, (Ints{98, 99}));
        EXPECT_TRUE(rig.ended(both));
    });
}

TEST(ShutdownOrder, ComesAfterTheDataOfAPipelineWhoseStagesTellEachOther) {
    struct Feeds final : axon::Composite {
        Collect& to = child<Collect>();
        Slow& from = child<Slow>();
        axon::Inbox<int> inbox{*this, "inbox"};
        Feeds() {
            link(inbox, from.inbox);
            auto& pipe = adopt(axon::pipeline(std::make_unique<Slow>(), std::make_unique<Slow>()));
            from | pipe;
            link(pipe.outbox, to.inbox);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& feeds = rig.add<Feeds>();
        for (int i = 0; i < 10; ++i) rig.feed(feeds.inbox, i);
        rig.run();
        rig.shut_down(feeds);
        rig.advance(1min);
        EXPECT_EQ(feeds.to.heard, counting(0, 10));
        EXPECT_TRUE(rig.ended(feeds));
    });
}

TEST(ShutdownOrder, WhoIsToldTwiceHearsItOnce) {
    struct Shell final : axon::Composite {
        ControlLog& log = child<ControlLog>();
    };
    Rig rig;
    auto& shell = rig.add<Shell>();
    rig.shut_down(shell);
    rig.shut_down(shell);
    rig.run();
    EXPECT_EQ(shell.log.heard, (Strings{"shutdown"}));
    rig.stop(shell);
}

TEST(ShutdownOrder, OfThoseWhoFeedEachOtherOneIsTheFirst) {
    // Each passes on what is not yet nothing, one less.
    struct Down final : axon::Filter<int, int> {
        axon::Outbox<int> done{*this, "done"};
        Task<> main() override {
            while (auto number = co_await inbox.receive()) {
                if (*number == 0) continue;
                co_await done.send(*number);
                co_await outbox.send(*number - 1);
            }
        }
    };
    struct Loop final : axon::Composite {
        Collect& collect = child<Collect>();
        Down& a = child<Down>();
        Down& b = child<Down>();
        Down& c = child<Down>();
        Loop() {
            link(a.outbox, b.inbox);
            link(b.outbox, c.inbox);
            link(c.outbox, a.inbox);
            for (auto* down : {&a, &b, &c}) link(down->done, collect.inbox);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& loop = rig.add<Loop>();
        rig.feed(loop.a.inbox, 5);
        rig.run();
        EXPECT_EQ(loop.collect.heard, (Ints{5, 4, 3, 2, 1}));
        rig.shut_down(loop);
        rig.run();
        EXPECT_TRUE(rig.ended(loop));
        auto& busy = rig.add<Loop>();
        rig.feed(busy.a.inbox, 5);
        rig.shut_down(busy);
        rig.run();
        EXPECT_EQ(busy.collect.heard, (Ints{5, 4, 3})) << "then it comes to the first, which has ended";
        EXPECT_TRUE(rig.ended(busy));
    });
}

TEST(ShutdownOrder, AGraphlinesTwoBranchesArriveWhole) {
    in_every_order([](const RigOptions& options) {
        std::vector<axon::Graphline::Node> nodes;
        nodes.push_back({"both", std::make_unique<Slow>()}); // made first, so it is told first
        nodes.push_back({"left", std::make_unique<Slow>()});
        nodes.push_back({"right", std::make_unique<Echo>()});
        Rig rig{options};
        auto& graph = rig.add<axon::Graphline>(
            std::move(nodes), std::vector<axon::Graphline::Linkage>{{"self", "a", "left", "inbox"},
                                                                    {"self", "b", "right", "inbox"},
                                                                    {"left", "outbox", "both", "inbox"},
                                                                    {"right", "outbox", "both", "inbox"},
                                                                    {"both", "outbox", "self", "sum"}});
        auto& to = rig.add<Collect>();
        axon::link(graph, "sum", to, "inbox");
        for (const auto* name : {"a", "b"}) {
            for (int i = 0; i < 5; ++i) rig.feed(static_cast<axon::Inbox<int>&>(*graph.find_box(name)), i);
        }
        rig.run();
        rig.shut_down(graph);
        rig.advance(1min);
        EXPECT_EQ(to.heard.size(), 10U);
        EXPECT_TRUE(rig.ended(graph));
    });
}

} // namespace
