// Who is woken by what (rows WK): whom a message reaches, and who was refused and now has room.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using State = axon::Component::State;

// Sleeps whenever its inbox is empty, and counts how often it came back.
struct Sleeper final : axon::Filter<int, int> {
    Task<> main() override {
        while (true) {
            co_await pause();
            ++wakes;
            while (inbox.try_receive()) {
            }
        }
    }
    int wakes = 0;
};

axon::InboxOptions one_message() { return {.capacity = 1}; }

// A box that is full, and somebody whom it refuses.
struct Refused {
    Rig& rig;
    Idle<int>& full = rig.add<Idle<int>>(one_message());
    CountForEver& sender = rig.add<CountForEver>();
    explicit Refused(Rig& on) : rig{on} { rig.feed(full.inbox, -1); }
    void take() { (void)full.inbox.try_receive(); }
};

TEST(Conformance, WK1_WhoSleepsStaysAsleepWhileNothingHappens) {
    Rig rig;
    auto& sleeper = rig.add<Sleeper>();
    rig.advance(1h);
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(rig.step());
    EXPECT_EQ(sleeper.wakes, 0);
    EXPECT_EQ(sleeper.state(), State::waiting);
}

TEST(Conformance, WK2_ADeliveryWakesTheConsumerOnce) {
    Rig rig;
    auto& sleeper = rig.add<Sleeper>();
    rig.run();
    rig.feed(sleeper.inbox, 1);
    rig.feed(sleeper.inbox, 2);
    rig.run();
    EXPECT_EQ(sleeper.wakes, 1);
    EXPECT_EQ(sleeper.state(), State::waiting);
}

TEST(Conformance, WK3_SendingDoesNotWakeTheSender) {
    Rig rig;
    auto& from = rig.add<Sleeper>();
    auto& to = rig.add<Sleeper>();
    link(from.outbox, to.inbox);
    rig.run();
    EXPECT_TRUE(from.outbox.try_send(1));
    EXPECT_EQ(from.state(), State::waiting); // a turn would find that nothing is there, and hide it
    EXPECT_EQ(to.state(), State::ready);
    rig.run();
    EXPECT_EQ(from.wakes, 0);
    EXPECT_EQ(to.wakes, 1);
}

TEST(Conformance, WK4_TakingAMessageWakesAProducerOnlyIfItWasRefused) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>(one_message());
    auto& content = rig.add<Sleeper>();
    auto& refused = rig.add<Count>(7, 1);
    link(content.outbox, idle.inbox);
    link(refused.outbox, idle.inbox);
    EXPECT_TRUE(content.outbox.try_send(1));
    rig.run();
    EXPECT_EQ(refused.state(), State::waiting);
    EXPECT_EQ(idle.inbox.try_receive(), 1);
    EXPECT_EQ(content.state(), State::waiting);
    EXPECT_EQ(refused.state(), State::ready);
    EXPECT_EQ(idle.inbox.try_receive(), 7) << "its message is there by then";
    rig.run();
    EXPECT_EQ(content.wakes, 0);
    EXPECT_TRUE(rig.ended(refused));
}

TEST(Conformance, WK5_ADeliveryWakesTheOwnerOfTheLastInboxOfAChainOnly) {
    Rig rig;
    auto& from = rig.add<Sleeper>();
    auto& middle = rig.add<Sleeper>();
    auto& last = rig.add<Sleeper>();
    link(from.outbox, middle.inbox);
    link(middle.inbox, last.inbox);
    rig.run();
    EXPECT_TRUE(from.outbox.try_send(1));
    EXPECT_EQ(last.state(), State::ready);
    EXPECT_EQ(middle.state(), State::waiting);
    EXPECT_EQ(from.state(), State::waiting);
    rig.run();
    EXPECT_EQ(last.wakes, 1);
    EXPECT_EQ(middle.wakes, 0);
    EXPECT_EQ(from.wakes, 0);
}

TEST(Conformance, WK6_TakingWakesNobodyInTheMiddleOfAChain) {
    Rig rig;
    Refused chain{rig};
    auto& middle = rig.add<Sleeper>();
    link(chain.sender.outbox, middle.inbox);
    link(middle.inbox, chain.full.inbox);
    rig.run();
    EXPECT_EQ(chain.sender.state(), State::waiting);
    chain.take();
    EXPECT_EQ(chain.sender.state(), State::ready);
    EXPECT_EQ(middle.state(), State::waiting);
    rig.run();
    EXPECT_EQ(middle.wakes, 0);
}

TEST(Conformance, WK7_OfTheOutboxesAlongAChainTakingWakesTheOwnerOfTheOneThatWasRefused) {
    Rig rig;
    Refused chain{rig};
    auto& outer = rig.add<Sleeper>();
    link(chain.sender.outbox, outer.outbox);
    link(outer.outbox, chain.full.inbox);
    rig.run();
    chain.take();
    EXPECT_EQ(chain.sender.state(), State::ready);
    EXPECT_EQ(outer.state(), State::waiting) << "it sent nothing itself";
}

TEST(Conformance, WK8_WhoIsCutOffIsNotWokenWhoIsStillAttachedIs) {
    Rig rig;
    Refused chain{rig};
    auto& attached = rig.add<CountForEver>();
    auto& middle = rig.add<Idle<int>>(one_message());
    link(chain.sender.outbox, middle.inbox);
    link(middle.inbox, chain.full.inbox);
    link(attached.outbox, chain.full.inbox);
    rig.run();
    axon::unlink(middle.inbox);
    rig.run();
    EXPECT_EQ(middle.inbox.size(), 1U) << "its message fell back to where the chain ends now";
    EXPECT_EQ(chain.sender.state(), State::waiting) << "the next one is refused there";
    chain.take();
    EXPECT_EQ(attached.state(), State::ready);
    EXPECT_EQ(chain.sender.state(), State::waiting);
}

TEST(Conformance, WK9_WhoIsCutOffAndLinkedAgainIsWokenAgain) {
    Rig rig;
    Refused chain{rig};
    auto& middle = rig.add<Idle<int>>(one_message());
    link(chain.sender.outbox, middle.inbox);
    link(middle.inbox, chain.full.inbox);
    rig.run();
    axon::unlink(middle.inbox);
    link(middle.inbox, chain.full.inbox);
    rig.run();
    EXPECT_EQ(chain.full.inbox.size(), 2U) << "nothing is lost by linking, not even past the limit";
    EXPECT_EQ(chain.sender.state(), State::waiting);
    chain.take();
    EXPECT_EQ(chain.sender.state(), State::waiting) << "it is full still";
    chain.take();
    EXPECT_EQ(chain.sender.state(), State::ready);
}

TEST(Conformance, WK10_WhoIsLinkedAfterTheSendAndIsRefusedIsWokenToo) {
    Rig rig;
    Refused chain{rig};
    link(chain.sender.outbox, chain.full.inbox);
    auto& later = rig.add<Count>(7, 1);
    rig.run();
    EXPECT_EQ(chain.full.inbox.size(), 1U);
    link(later.outbox, chain.full.inbox);
    rig.run();
    chain.take();
    chain.take();
    rig.run();
    EXPECT_TRUE(rig.ended(later));
}

} // namespace
