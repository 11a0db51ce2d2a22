// Chains of linkages (rows LC): a message arrives at the far end, whatever the order they were made in.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::testing::Rig;

// Sends three numbers; a shell that has boxes and does nothing; somebody who listens.
struct Chain {
    Rig rig;
    Count& from = rig.add<Count>(0, 3);
    Idle<int>& shell = rig.add<Idle<int>>();
    Collect& to = rig.add<Collect>();

    void expect_delivery() {
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 3));
        EXPECT_TRUE(to.saw_the_end);
        EXPECT_EQ(shell.inbox.received(), 0U) << "nothing is stored on the way";
    }
};

TEST(Conformance, LC1_FromOutboxToInbox) {
    Chain chain;
    link(chain.from.outbox, chain.to.inbox);
    chain.expect_delivery();
}

TEST(Conformance, LC2_FromOutboxToInboxAndThenOnToAChildsInbox) {
    Chain chain;
    link(chain.from.outbox, chain.shell.inbox);
    link(chain.shell.inbox, chain.to.inbox);
    chain.expect_delivery();
}

TEST(Conformance, LC3_OnToAChildsInboxBeforeTheOutboxIsLinked) {
    Chain chain;
    link(chain.shell.inbox, chain.to.inbox);
    link(chain.from.outbox, chain.shell.inbox);
    chain.expect_delivery();
}

// These end with the shell: an outbox that a child leaves by is open by itself.
void expect_delivery_from_a_child(Chain& chain) {
    chain.rig.run();
    EXPECT_EQ(chain.to.heard, counting(0, 3));
    EXPECT_TRUE(chain.rig.ended(chain.from));
    EXPECT_FALSE(chain.to.saw_the_end);
    chain.rig.stop(chain.shell);
    chain.rig.run();
    EXPECT_TRUE(chain.to.saw_the_end);
}

TEST(Conformance, LC4_FromOutboxToInboxAndThenAChildsOutboxInFront) {
    Chain chain;
    link(chain.shell.outbox, chain.to.inbox);
    link(chain.from.outbox, chain.shell.outbox);
    expect_delivery_from_a_child(chain);
}

TEST(Conformance, LC5_AChildsOutboxInFrontBeforeTheOutboxIsLinked) {
    Chain chain;
    link(chain.from.outbox, chain.shell.outbox);
    link(chain.shell.outbox, chain.to.inbox);
    expect_delivery_from_a_child(chain);
}

TEST(Conformance, LC6_WithoutItsLastLinkageAChainEndsAtTheBoxInTheMiddle) {
    Rig rig;
    auto& from = rig.add<Echo>();
    auto& shell = rig.add<Idle<int>>();
    auto& to = rig.add<Collect>();
    link(from.outbox, shell.inbox);
    link(shell.inbox, to.inbox);
    rig.feed(from.inbox, 1);
    rig.run();
    axon::unlink(shell.inbox);
    rig.feed(from.inbox, 2);
    rig.run();
    EXPECT_EQ(to.heard, (Ints{1}));
    EXPECT_FALSE(to.saw_the_end);
    EXPECT_EQ(shell.inbox.try_receive(), 2);
}

} // namespace
