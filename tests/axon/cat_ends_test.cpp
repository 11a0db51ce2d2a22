// The ends of services and of their users.
#include "axon/cat.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Inbox;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Sends numbers to the service "sums" that it finds.
struct Reports final : axon::Source<int> {
    explicit Reports(int first) : from{first} {}
    Task<> main() override {
        cat().link("sums", outbox);
        for (int i = 0; i < 3; ++i) co_await outbox.send(from + i);
    }
    int from;
};

struct Service final : axon::Sink<int> {
    Task<> main() override {
        cat().offer("service", inbox);
        while (auto number = co_await inbox.receive()) heard.push_back(*number);
        ended = true;
    }
    Ints heard;
    bool ended = false;
};

TEST(CatEnds, AServiceIsWithdrawnWhenItsOwnerEndsAndMayBeOfferedAgain) {
    Rig rig;
    for (int round = 0; round < 2; ++round) {
        auto& service = rig.add<Service>();
        rig.run();
        EXPECT_EQ(rig.scheduler().cat().find("service"), &service.inbox);
        rig.stop(service);
        EXPECT_EQ(rig.scheduler().cat().find("service"), nullptr);
    }
}

TEST(CatEnds, AServiceIsWithdrawnWithItsInbox) {
    struct Brief final : axon::Component {
        Task<> main() override {
            {
                Inbox<int> inbox{*this, "brief"};
                cat().offer("service", inbox);
                co_await yield();
            }
            co_await sleep_for(std::chrono::hours{1});
        }
    };
    Rig rig;
    rig.add<Brief>();
    rig.step();
    EXPECT_NE(rig.scheduler().cat().find("service"), nullptr);
    rig.run();
    EXPECT_EQ(rig.scheduler().cat().find("service"), nullptr);
}

// Sends until its linkage is gone, finds the service again and goes on.
struct User final : axon::Source<int> {
    Task<> main() override {
        cat().link("service", outbox);
        for (int i = 0; i < 10; ++i) {
            if (!outbox.linked() && cat().find("service")) cat().link("service", outbox);
            co_await outbox.send(i);
            co_await sleep_for(std::chrono::seconds{1});
        }
    }
};

TEST(CatEnds, LinkagesDieWithTheServiceAndItsUsersLinkAnew) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& first = rig.add<Service>();
        rig.step();
        auto& user = rig.add<User>();
        rig.leave_unlinked(user.outbox);
        rig.advance(std::chrono::milliseconds{2500});
        EXPECT_EQ(first.heard, counting(0, 3));
        rig.stop(first);
        EXPECT_FALSE(user.outbox.linked());
        rig.advance(std::chrono::seconds{2});
        EXPECT_EQ(user.outbox.discarded(), 2U);
        auto& second = rig.add<Service>();
        rig.run();
        rig.advance(std::chrono::seconds{20});
        EXPECT_EQ(second.heard, counting(5, 5));
    });
}

TEST(CatEnds, ASenderThatWaitsForAServiceThatEndsGoesOn) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    rig.scheduler().cat().offer("sums", idle.inbox);
    auto& user = rig.add<Reports>(0);
    rig.leave_unlinked(user.outbox);
    rig.run();
    EXPECT_FALSE(rig.ended(user));
    rig.stop(idle);
    rig.run();
    EXPECT_TRUE(rig.ended(user));
    EXPECT_EQ(user.outbox.discarded(), 2U);
}

TEST(CatEnds, TheLastUsersEndDoesNotEndAService) {
    struct Relay final : axon::Composite { // its inbox leads on to a child's
        Relay() { axon::link(inbox, service.inbox); }
        Collect& service = child<Collect>();
        Inbox<int> inbox{*this, "inbox"};
    };
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& relay = rig.add<Relay>();
    for (int round = 0; round < 2; ++round) {
        for (auto* inbox : {&collect.inbox, &relay.inbox}) {
            if (round == 0) rig.scheduler().cat().offer(inbox == &relay.inbox ? "relay" : "sums", *inbox);
            auto& user = rig.add<Count>(10 * round, 3);
            rig.scheduler().cat().link(inbox == &relay.inbox ? "relay" : "sums", user.outbox);
            rig.run();
            EXPECT_TRUE(rig.ended(user));
        }
    }
    EXPECT_EQ(collect.heard, (Ints{0, 1, 2, 10, 11, 12}));
    EXPECT_EQ(relay.service.heard, collect.heard);
    EXPECT_FALSE(collect.saw_the_end || relay.service.saw_the_end);
    EXPECT_FALSE(rig.ended(collect));
}

TEST(CatEnds, WhatHasEndedAlreadyDoesNotEndAServiceThatItIsLinkedTo) {
    struct Shell final : axon::Sink<int> {
        Task<> main() override { co_await sleep_for(std::chrono::hours{1000}); }
    };
    Rig rig;
    auto& shell = rig.add<Shell>();
    auto& user = rig.add<Count>(0, 3);
    link(user.outbox, shell.inbox);
    auto& collect = rig.add<Collect>();
    rig.scheduler().cat().offer("sums", collect.inbox);
    rig.run();
    axon::link(shell.inbox, collect.inbox);
    rig.run();
    EXPECT_EQ(collect.heard, counting(0, 3));
    EXPECT_FALSE(collect.saw_the_end);
}

TEST(CatEnds, AWithdrawnServiceEndsWithItsLastUser) {
    Rig rig;
    auto& service = rig.add<Service>();
    rig.run();
    auto& user = rig.add<Count>(0, 3);
    rig.scheduler().cat().link("service", user.outbox);
    rig.scheduler().cat().withdraw("service");
    rig.run();
    EXPECT_EQ(service.heard, counting(0, 3));
    EXPECT_TRUE(service.ended);
}

TEST(CatEnds, AServiceThatIsToldThatNobodyProducesAnyMoreEnds) {
    Rig rig;
    auto& service = rig.add<Service>();
    rig.run();
    rig.finish(service);
    rig.run();
    EXPECT_TRUE(service.ended);
}

} // namespace
