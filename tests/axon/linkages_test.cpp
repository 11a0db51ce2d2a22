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
