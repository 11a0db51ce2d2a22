// close(): what a component does after its end, within a deadline.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Says farewell to its neighbour, slowly.
struct Polite final : axon::Filter<int, int> {
    explicit Polite(axon::Duration pause_before, axon::Duration limit)
        : wait{pause_before}, deadline{limit} {}
    Task<> main() override {
        while (auto number = co_await inbox.receive()) co_await outbox.send(*number);
    }
    Task<> close() override {
        ++closes;
        if (wait > 0s) co_await sleep_for(wait);
        for (int i = 100; i < 105; ++i) co_await outbox.send(i);
        closed = true;
    }
    [[nodiscard]] axon::Duration close_deadline() const noexcept override { return deadline; }
    axon::Duration wait, deadline;
    int closes = 0;
    bool closed = false;
};

TEST(Close, SendsLastMessagesThatArriveHoweverItsComponentEnded) {
    in_every_order([](const RigOptions& options) {
        for (int how = 0; how < 3; ++how) {
            Rig rig{options};
            auto& polite = rig.add<Polite>(0s, 5s);
            auto& to = rig.add<Collect>();
            to.inbox.set_options({.capacity = 1});
            polite | to;
            rig.feed(polite.inbox, 1);
            rig.run();
            if (how == 0) rig.end(polite.inbox);
            if (how == 1) rig.stop(polite);
            if (how == 2) rig.shut_down(polite);
            rig.run();
            EXPECT_EQ(to.heard, (Ints{1, 100, 101, 102, 103, 104}));
            EXPECT_TRUE(rig.ended(polite));
            EXPECT_EQ(polite.closes, 1);
            EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt) << "its deadline is left";
        }
    });
}

TEST(Close, IsNotCutShortByStoppingAgainNorByAShutdown) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& polite = rig.add<Polite>(2s, 5s);
        rig.run();
        rig.stop(polite);
        rig.run();
        rig.stop(polite);
        rig.shut_down(polite);
        rig.run();
        EXPECT_FALSE(rig.ended(polite));
        rig.advance(2s);
        EXPECT_TRUE(polite.closed);
        EXPECT_TRUE(rig.ended(polite));
        EXPECT_EQ(polite.closes, 1);
    });
}

TEST(Close, IsCutShortByItsDeadlineAndThatIsLogged) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& polite = rig.add<Polite>(1h, 3s);
        rig.run();
        rig.stop(polite);
        rig.advance(2999ms);
        EXPECT_FALSE(rig.ended(polite));
        rig.advance(1ms);
        EXPECT_TRUE(rig.ended(polite));
        EXPECT_FALSE(polite.closed);
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_EQ(rig.log()[0].path, "/Polite");
        EXPECT_NE(rig.log()[0].text.find("deadline"), std::string::npos);
        EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
    });
}

TEST(Close, ThatWaitsForABoxThatNobodyReadsEndsByItsDeadlineToo) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& polite = rig.add<Polite>(0s, 3s);
        auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 2});
        link(polite.outbox, full.inbox);
        rig.run();
        rig.stop(polite);
        rig.advance(3s);
        EXPECT_TRUE(rig.ended(polite));
        EXPECT_EQ(full.inbox.try_receive(), 100);
        EXPECT_EQ(full.inbox.try_receive(), 101);
        EXPECT_EQ(full.inbox.try_receive(), std::nullopt);
        EXPECT_TRUE(full.inbox.ended());
    });
}

TEST(Close, EachOfAFamilyHasADeadlineOfItsOwnFromWhenItWasTold) {
    // Each hangs in close(), and so does its child, who is told only then.
    struct Hangs final : axon::Component {
        explicit Hangs(int depth) {
            if (depth > 0) child<Hangs>(depth - 1);
        }
        Task<> main() override { co_await sleep_for(1h); }
        Task<> close() override { co_await sleep_for(1h); }
        [[nodiscard]] axon::Duration close_deadline() const noexcept override { return 2s; }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& hangs = rig.add<Hangs>(2);
        rig.run();
        rig.stop(hangs);
        for (std::size_t left = 3; left > 0; --left) {
            rig.advance(1999ms);
            EXPECT_EQ(rig.log().size(), 3 - left);
            rig.advance(1ms);
        }
        EXPECT_EQ(rig.log().size(), 3U);
        EXPECT_TRUE(rig.ended(hangs));
        EXPECT_EQ(rig.scheduler().live(), 0U);
    });
}

TEST(Close, AnExceptionInItIsLoggedAndEndsItAndItsChildrenAndNobodyElse) {
    struct Breaks final : axon::Composite {
        explicit Breaks(int when) : turns{when} { child<Collect>(); }
        Task<> main() override { co_await sleep_for(1h); }
        Task<> close() override {
            if (turns < 0) throw std::runtime_error{"no farewell"}; // it is no coroutine then
            return breaks();
        }
        Task<> breaks() {
            for (int i = 0; i < turns; ++i) co_await yield();
            throw std::runtime_error{"no farewell"};
        }
        int turns;
    };
    in_every_order([](const RigOptions& options) {
        for (int turns = -1; turns < 3; ++turns) {
            Rig rig{options};
            auto& breaks = rig.add<Breaks>(turns);
            auto& bystander = rig.add<Collect>();
            rig.run();
            rig.stop(breaks);
            rig.run();
            EXPECT_TRUE(rig.ended(breaks));
            EXPECT_FALSE(rig.ended(bystander));
            EXPECT_EQ(rig.scheduler().live(), 1U);
            ASSERT_EQ(rig.log().size(), 1U);
            EXPECT_EQ(rig.log()[0].text, "close() failed: no farewell");
            EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
        }
    });
}

TEST(Close, ACompositeStoppedWhileItsChildrenAreClosingWaitsForThem) {
    struct Nest final : axon::Composite {
        Polite& polite = child<Polite>(2s, 5s);
        Polite& other = child<Polite>(1s, 5s);
        void stop_first() { stop(polite); }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& nest = rig.add<Nest>();
        rig.run();
        nest.stop_first();
        rig.advance(1s);
        rig.stop(nest);
        EXPECT_FALSE(rig.ended(nest));
        rig.advance(999ms);
        EXPECT_FALSE(rig.ended(nest));
        rig.advance(1ms);
        EXPECT_TRUE(rig.ended(nest.polite));
        EXPECT_TRUE(rig.ended(nest));
        EXPECT_TRUE(nest.polite.closed);
        EXPECT_TRUE(nest.other.closed);
    });
}

TEST(Close, DestructorsInItMayStopAChildWhenItIsCutShort) {
    in_every_order([](const RigOptions& options) {
        struct Hangs final : axon::Component {
            struct Release {
                Hangs& owner;
                axon::Handle<Collect> child;
                ~Release() { owner.stop(child); }
            };
            Task<> main() override { co_return; }
            Task<> close() override {
                const Release release{*this, spawn<Collect>()};
                co_await children_ended();
            }
        };
        Rig rig{options};
        auto& hangs = rig.add<Hangs>();
        rig.advance(4s);
        EXPECT_FALSE(rig.ended(hangs));
        rig.advance(1s);
        EXPECT_TRUE(rig.ended(hangs));
        EXPECT_EQ(rig.scheduler().live(), 0U);
    });
}

} // namespace
