// Limits of boxes (rows SZ). Every box has one unless it says otherwise, and a sender may wait for room.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::InboxOptions;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(Conformance, SZ1_AnInboxCanBeGivenALimitAndHasOneFromTheStart) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>();
    EXPECT_EQ(idle.inbox.options().capacity, InboxOptions{}.capacity);
    EXPECT_GT(idle.inbox.options().capacity, 0U);
    idle.inbox.set_options({.capacity = 3});
    EXPECT_EQ(idle.inbox.options().capacity, 3U);
}

TEST(Conformance, SZ2_AsManyMessagesFitAsTheLimitSays) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>(InboxOptions{.capacity = 3});
    auto& from = rig.add<Idle<int>>();
    link(from.outbox, idle.inbox);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(from.outbox.try_send(i));
    EXPECT_EQ(idle.inbox.size(), 3U);
}

TEST(Conformance, SZ3_TheMessageBeyondTheLimitIsRefusedToTheSender) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>(InboxOptions{.capacity = 3});
    auto& from = rig.add<Idle<int>>();
    link(from.outbox, idle.inbox);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(from.outbox.try_send(i));
    int fourth = 4;
    EXPECT_FALSE(from.outbox.try_send(fourth));
    EXPECT_EQ(idle.inbox.size(), 3U);

    auto& waits = rig.add<Count>(5, 1); // or it waits, if it likes that better
    link(waits.outbox, idle.inbox);
    rig.run();
    EXPECT_EQ(idle.inbox.size(), 3U);
    EXPECT_FALSE(rig.ended(waits));
    EXPECT_EQ(idle.inbox.try_receive(), 0);
    rig.run();
    EXPECT_TRUE(rig.ended(waits));
}

TEST(Conformance, SZ4_TakingSoManyMakesRoomForExactlySoMany) {
    for (int taken = 0; taken <= 5; ++taken) {
        Rig rig;
        auto& idle = rig.add<Idle<int>>(InboxOptions{.capacity = 5});
        auto& from = rig.add<Idle<int>>();
        link(from.outbox, idle.inbox);
        for (int i = 0; i < 5; ++i) EXPECT_TRUE(from.outbox.try_send(i));
        for (int i = 0; i < taken; ++i) EXPECT_EQ(idle.inbox.try_receive(), i);
        for (int i = 0; i < taken; ++i) EXPECT_TRUE(from.outbox.try_send(i));
        EXPECT_FALSE(from.outbox.try_send(99));
    }
}

// A chain of an outbox and two inboxes, and how many messages it takes in.
struct Chain {
    Rig rig;
    CountForEver& from = rig.add<CountForEver>();
    Idle<int>& middle = rig.add<Idle<int>>(InboxOptions{.capacity = 2});
    Idle<int>& last = rig.add<Idle<int>>(InboxOptions{.capacity = 5});
    Chain() {
        link(from.outbox, middle.inbox);
        link(middle.inbox, last.inbox);
    }
};

TEST(Conformance, SZ5_ALimitInTheMiddleOfAChainHasNoEffect) {
    Chain chain;
    chain.rig.run();
    EXPECT_EQ(chain.last.inbox.size(), 5U);
    EXPECT_EQ(chain.middle.inbox.size(), 0U);
}

TEST(Conformance, SZ6_ItTakesEffectWhenTheChainIsCutThere) {
    Chain chain;
    chain.rig.run();
    axon::unlink(chain.middle.inbox);
    chain.rig.run();
    EXPECT_EQ(chain.middle.inbox.size(), 2U);
    EXPECT_EQ(chain.last.inbox.size(), 5U);
}

TEST(Conformance, SZ7_WithoutALimitABoxTakesThemAllButThatHasToBeAskedFor) {
    Rig rig;
    auto& bounded = rig.add<Idle<int>>();
    auto& endless = rig.add<Idle<int>>(InboxOptions{.capacity = 0});
    for (int i = 0; i < 9999; ++i) {
        rig.feed(bounded.inbox, i);
        rig.feed(endless.inbox, i);
    }
    EXPECT_EQ(endless.inbox.size(), 9999U);
    EXPECT_EQ(bounded.inbox.size(), 64U);
}

TEST(Conformance, SZ8_ALimitCanBeLiftedLaterAndWhoWaitsIsLetIn) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>(InboxOptions{.capacity = 1});
    auto& count = rig.add<Count>(0, 10);
    link(count.outbox, idle.inbox);
    rig.run();
    EXPECT_EQ(idle.inbox.size(), 1U);
    idle.inbox.set_options({.capacity = 4});
    rig.run();
    EXPECT_EQ(idle.inbox.size(), 4U);
    idle.inbox.set_options({.capacity = 0});
    rig.run();
    EXPECT_EQ(idle.inbox.size(), 10U);
}

// Direct, through another's inbox and through another's outbox.
TEST(Conformance, SZ9_AllProducersMeetTheSameLimitAtTheSameTotalAndNothingIsLost) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& idle = rig.add<Idle<int>>(InboxOptions{.capacity = 7});
        auto& shell = rig.add<Idle<int>>(InboxOptions{.capacity = 1});
        link(shell.inbox, idle.inbox);
        link(shell.outbox, idle.inbox);
        link(rig.add<Count>(0, 5).outbox, idle.inbox);
        link(rig.add<Count>(100, 5).outbox, shell.inbox);
        link(rig.add<Count>(200, 5).outbox, shell.outbox);
        rig.run();
        EXPECT_EQ(idle.inbox.size(), 7U);
        Ints all;
        while (auto number = idle.inbox.try_receive()) {
            all.push_back(*number);
            rig.run();
            EXPECT_LE(idle.inbox.size(), 7U);
        }
        EXPECT_EQ(all.size(), 15U);
        for (int i = 0; i < 3; ++i) { // in each sender's own order
            Ints own;
            for (const int number : all) {
                if (number / 100 == i) own.push_back(number);
            }
            EXPECT_EQ(own, counting(i * 100, 5));
        }
    });
}

} // namespace
