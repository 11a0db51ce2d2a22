// Linkages: chains that cost nothing, and what is refused.
#include "axon/bytes.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <variant>

namespace {

using namespace parts;
using axon::Bytes;
using axon::LinkError;
using axon::Task;
using axon::testing::Rig;

// Boxes without anything behind them: the outside of a composite.
struct Shell final : axon::Filter<int, int> {
    Task<> main() override { co_await sleep_for(std::chrono::hours{1000}); }
};

// Counts how often it is moved.
struct Moved {
    Moved() = default;
    Moved(Moved&& other) noexcept : times{other.times + 1} {}
    Moved& operator=(Moved&&) = default;
    int times = 0;
};

template <class F>
std::string refusal(F&& f) {
    try {
        f();
    } catch (const LinkError& error) {
        return error.what();
    }
    return "";
}

TEST(Linkages, LeadThroughInboxesToTheLastOneInWhicheverOrderTheyAreMade) {
    for (const bool outside_first : {true, false}) {
        Rig rig;
        auto& from = rig.add<Count>(0, 3);
        auto& shell = rig.add<Shell>();
        auto& to = rig.add<Collect>();
        if (outside_first) link(from.outbox, shell.inbox);
        link(shell.inbox, to.inbox);
        if (!outside_first) link(from.outbox, shell.inbox);
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 3));
        EXPECT_EQ(shell.inbox.received(), 0U);
        EXPECT_TRUE(to.saw_the_end);
    }
}

TEST(Linkages, LeadThroughOutboxesInWhicheverOrderTheyAreMade) {
    for (const bool outside_first : {true, false}) {
        Rig rig;
        auto& from = rig.add<Count>(0, 3);
        auto& shell = rig.add<Shell>();
        auto& to = rig.add<Collect>();
        if (outside_first) link(shell.outbox, to.inbox);
        link(from.outbox, shell.outbox);
        if (!outside_first) link(shell.outbox, to.inbox);
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 3));
    }
}

TEST(Linkages, MoveAMessageAsOftenThroughTenBoxesAsThroughNone) {
    struct Give final : axon::Source<Moved> {
        Task<> main() override {
            Moved message;
            (void)outbox.try_send(message);
            co_return;
        }
    };
    struct Measure final : axon::Sink<Moved> {
        Task<> main() override { moves = (co_await inbox.receive())->times; }
        int moves = 0;
    };
    struct Nest final : axon::Filter<Moved, Moved> {
        Task<> main() override { co_await sleep_for(std::chrono::hours{1}); }
    };
    const auto moves = [](int nests) {
        Rig rig;
        auto& give = rig.add<Give>();
        auto& measure = rig.add<Measure>();
        axon::Outbox<Moved>* out = &give.outbox;
        axon::Inbox<Moved>* in = &measure.inbox;
        for (int i = 0; i < nests; ++i) {
            auto& nest = rig.add<Nest>();
            link(*out, nest.outbox);
            link(nest.inbox, *in);
            out = &nest.outbox;
            in = &nest.inbox;
        }
        link(*out, *in);
        rig.run();
        return measure.moves;
    };
    EXPECT_GT(moves(0), 0);
    EXPECT_EQ(moves(5), moves(0));
}

TEST(Linkages, OnlyTheLastInboxOfAChainCountsForTheLimit) {
    Rig rig;
    auto& from = rig.add<CountForEver>();
    auto& narrow = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    auto& wide = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 5});
    link(from.outbox, narrow.inbox);
    link(narrow.inbox, wide.inbox);
    rig.run();
    EXPECT_EQ(wide.inbox.size(), 5U);
    EXPECT_EQ(narrow.inbox.size(), 0U);
}

TEST(Linkages, AChainThatIsCutInTheMiddleEndsThere) {
    Rig rig;
    auto& from = rig.add<Echo>();
    auto& middle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 2});
    auto& last = rig.add<Collect>();
    link(from.outbox, middle.inbox);
    link(middle.inbox, last.inbox);
    rig.feed(from.inbox, 1);
    rig.run();
    axon::unlink(middle.inbox);
    for (int i = 2; i <= 6; ++i) rig.feed(from.inbox, i);
    rig.run();
    EXPECT_EQ(last.heard, (Ints{1}));
    EXPECT_FALSE(last.saw_the_end);
    EXPECT_EQ(middle.inbox.size(), 2U) << "its own limit counts now";
}

TEST(Linkages, ASecondDestinationIsRefusedAndTheFirstOneStays) {
    Rig rig;
    auto& from = rig.add<Count>(0, 2);
    auto& first = rig.add<Collect>();
    auto& second = rig.add<Collect>();
    link(from.outbox, first.inbox);
    const auto why = refusal([&] { link(from.outbox, second.inbox); });
    EXPECT_NE(why.find("outbox (int) is linked already"), std::string::npos) << why;
    rig.run();
    EXPECT_EQ(first.heard, counting(0, 2));
    EXPECT_TRUE(second.heard.empty());
}

TEST(Linkages, AfterUnlinkingAnotherDestinationIsFine) {
    Rig rig;
    auto& from = rig.add<Count>(0, 2);
    auto& first = rig.add<Collect>();
    auto& second = rig.add<Collect>();
    link(from.outbox, first.inbox);
    axon::unlink(from.outbox);
    link(from.outbox, second.inbox);
    rig.run();
    EXPECT_TRUE(first.heard.empty());
    EXPECT_EQ(second.heard, counting(0, 2));
}

TEST(Linkages, ALoopOfPassThroughsIsRefused) {
    Rig rig;
    auto& a = rig.add<Shell>();
    auto& b = rig.add<Shell>();
    auto& c = rig.add<Shell>();
    link(a.inbox, b.inbox);
    link(b.inbox, c.inbox);
    EXPECT_NE(refusal([&] { link(c.inbox, a.inbox); }).find("loop"), std::string::npos);
    EXPECT_NE(refusal([&] { link(a.outbox, a.outbox); }).find("loop"), std::string::npos);
    EXPECT_NE(refusal([&] { axon::Linkages::relink(b.inbox, a.inbox); }).find("loop"), std::string::npos);
}

TEST(Linkages, ARingOfComponentsIsNoLoop) {
    Rig rig;
    auto& a = rig.add<Echo>();
    auto& b = rig.add<Take>(3);
    link(a.outbox, b.inbox);
    link(b.outbox, a.inbox);
    rig.feed(a.inbox, 1);
    rig.run();
    EXPECT_TRUE(rig.ended(b));
}

TEST(Linkages, AnInboxCannotLeadToAnOutbox) {
    Rig rig;
    auto& a = rig.add<Shell>();
    auto& b = rig.add<Shell>();
    EXPECT_THROW(axon::Linkages::link(a.inbox, b.outbox), LinkError);
}

TEST(Linkages, TwoConversionsInOneChainAreRefusedWithAClearMessage) {
    using Inner = std::variant<int, char>;
    using Outer = std::variant<Inner, Bytes>;
    Rig rig;
    auto& from = rig.add<Count>(0, 1);
    auto& middle = rig.add<Idle<Inner>>();
    auto& last = rig.add<Idle<Outer>>();
    link(middle.inbox, last.inbox);
    const auto why = refusal([&] { link(from.outbox, middle.inbox); });
    EXPECT_NE(why.find("Count.outbox (int) does not fit"), std::string::npos) << why;
    EXPECT_NE(why.find("converted at most once"), std::string::npos) << why;

    axon::unlink(middle.inbox);
    link(from.outbox, middle.inbox);
    EXPECT_THROW(link(middle.inbox, last.inbox), LinkError);
    rig.run();
    EXPECT_EQ(middle.inbox.try_receive(), Inner{0}) << "what was refused has changed nothing";
}

TEST(Linkages, ByNameSayWhatIsWrongAndWhatThereIs) {
    Rig rig;
    auto& ints = rig.add<Echo>();
    auto& texts = rig.add<EchoOf<std::string>>();
    const auto no_outbox = refusal([&] { axon::link(ints, "autbox", ints, "inbox"); });
    EXPECT_NE(no_outbox.find("no outbox \"autbox\", only outbox, signal"), std::string::npos) << no_outbox;
    const auto no_inbox = refusal([&] { axon::link(ints, "outbox", texts, "inlet"); });
    EXPECT_NE(no_inbox.find("no inbox \"inlet\", only inbox, control"), std::string::npos) << no_inbox;
    const auto types = refusal([&] { axon::link(ints, "outbox", texts, "inbox"); });
    EXPECT_NE(types.find("outbox (int) does not fit"), std::string::npos) << types;
    EXPECT_NE(types.find("string"), std::string::npos) << types;
    EXPECT_THROW(axon::link(ints, "signal", texts, "inbox"), LinkError);
    EXPECT_THROW(axon::link(ints, "outbox", texts, "control"), LinkError);
}

TEST(Linkages, WhatIsLinkedToAnEndedComponentDiscardsInsteadOfWaiting) {
    Rig rig;
    auto& gone = rig.add<Take>(0);
    rig.run();
    ASSERT_TRUE(rig.ended(gone));
    auto& from = rig.add<Count>(0, 500);
    link(from.outbox, gone.inbox);
    rig.leave_unlinked(from.outbox);
    rig.run();
    EXPECT_TRUE(rig.ended(from));
    EXPECT_EQ(from.outbox.discarded(), 500U);
}

TEST(Linkages, AnOutboxThatIsClosedEndsAlsoAnInboxThatItIsLinkedToLater) {
    Rig rig;
    auto& gone = rig.add<Count>(0, 0);
    rig.leave_unlinked(gone.outbox);
    rig.run();
    ASSERT_TRUE(rig.ended(gone));
    auto& to = rig.add<Collect>();
    link(gone.outbox, to.inbox);
    rig.run();
    EXPECT_TRUE(to.saw_the_end);
}

} // namespace
