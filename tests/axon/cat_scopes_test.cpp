// Scopes of names: a composite's, a worker's, a system's.
#include "axon/cat.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Cat;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(CatScopes, LooksOutward) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& other = rig.add<Collect>();
    Cat outer;
    Cat inner{outer};
    outer.offer("sums", collect.inbox);
    EXPECT_EQ(inner.find("sums"), &collect.inbox);
    inner.offer("sums", other.inbox);
    EXPECT_EQ(inner.find("sums"), &other.inbox) << "the nearer one";
    EXPECT_EQ(outer.find("sums"), &collect.inbox);
    Cat::withdraw(other.inbox);
    EXPECT_EQ(inner.find("sums"), &collect.inbox);
    EXPECT_EQ(inner.services(), Strings{});
    EXPECT_EQ(outer.services(), Strings{"sums"});
}

TEST(CatScopes, ASystemsServicesAreFoundFromItsScheduler) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    rig.system().cat().offer("sums", collect.inbox);
    EXPECT_EQ(rig.scheduler().cat().find("sums"), &collect.inbox);
    EXPECT_EQ(rig.scheduler().cat().outer(), &rig.system().cat());
    rig.stop(collect);
    EXPECT_EQ(rig.system().cat().find("sums"), nullptr);
}

// Sends numbers to the service "sums" that it finds.
struct Reports final : axon::Source<int> {
    explicit Reports(int first) : from{first} {}
    Task<> main() override {
        cat().link("sums", outbox);
        for (int i = 0; i < 3; ++i) co_await outbox.send(from + i);
    }
    int from;
};

// A service of its own for what is inside, two composites further down.
struct House final : axon::Composite {
    struct Room final : axon::Composite {
        explicit Room(int first) { child<Reports>(first); }
    };
    explicit House(int first) {
        own_cat().offer("sums", collect.inbox);
        child<Room>(first);
    }
    Collect& collect = child<Collect>();
    using axon::Composite::cat;
    using axon::Composite::own_cat;
};

TEST(CatScopes, WhatIsInsideACompositeFindsItsServicesFirstAndNobodyElseDoes) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& collect = rig.add<Collect>();
        rig.scheduler().cat().offer("sums", collect.inbox);
        auto& one = rig.add<House>(10);
        auto& two = rig.add<House>(20);
        rig.leave_unlinked(rig.add<Reports>(30).outbox);
        rig.run();
        EXPECT_EQ(collect.heard, counting(30, 3));
        EXPECT_EQ(one.collect.heard, counting(10, 3));
        EXPECT_EQ(two.collect.heard, counting(20, 3));
        EXPECT_EQ(&one.cat(), &one.own_cat());
        EXPECT_EQ(one.cat().outer(), &rig.scheduler().cat());
    });
}

TEST(CatScopes, WhatACompositeDoesNotOfferIsFoundFurtherOut) {
    struct Open final : axon::Composite {
        Open() {
            own_cat().offer("others", others.inbox);
            inner.own_cat().offer("more", others.inbox);
        }
        struct Inner final : axon::Composite {
            Inner() { child<Reports>(0); }
            using axon::Composite::own_cat;
        };
        Collect& others = child<Collect>();
        Inner& inner = child<Inner>();
    };
    Rig rig;
    auto& collect = rig.add<Collect>();
    rig.system().cat().offer("sums", collect.inbox);
    rig.add<Open>();
    rig.run();
    EXPECT_EQ(collect.heard, counting(0, 3)) << "through two scopes and the worker's";
}

TEST(CatScopes, AServiceOfferedIntoACompositeThatGoesAwayIsWithdrawnThere) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    {
        House unused{0};
        unused.own_cat().offer("ours", collect.inbox);
        rig.scheduler().cat().offer("sums", collect.inbox);
    }
    rig.stop(collect);
    EXPECT_EQ(rig.scheduler().cat().find("sums"), nullptr);
}

TEST(CatScopes, AreFoundByWhatIsSpawnedLater) {
    struct Spawns final : axon::Composite {
        Spawns() { own_cat().offer("sums", collect.inbox); }
        Task<> main() override {
            spawn<Reports>(5);
            co_await sleep_for(std::chrono::hours{1});
        }
        Collect& collect = child<Collect>();
    };
    Rig rig;
    auto& spawns = rig.add<Spawns>();
    rig.run();
    EXPECT_EQ(spawns.collect.heard, counting(5, 3));
}

} // namespace
