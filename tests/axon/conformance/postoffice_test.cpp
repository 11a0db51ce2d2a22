// What Kamaelia's postoffice promised (rows PO): making, finding and cutting linkages, each kind of them.
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Box;
using axon::LinkError;
using axon::testing::Rig;

// Four components with an inbox and an outbox each, and how many of their boxes a linkage touches.
struct Four {
    Rig rig;
    Idle<int>& a = rig.add<Idle<int>>();
    Idle<int>& b = rig.add<Idle<int>>();
    Idle<int>& c = rig.add<Idle<int>>();
    Idle<int>& d = rig.add<Idle<int>>();

    [[nodiscard]] int touched() const {
        int count = 0;
        for (const auto* component : {&a, &b, &c, &d}) {
            for (const auto* box = component->first_box(); box; box = box->next_box()) {
                count += box->destination() || box->first_source() ? 1 : 0;
            }
        }
        return count;
    }
};

// The boxes that lead to this one.
std::vector<const Box*> sources(const Box& to) {
    std::vector<const Box*> all;
    for (const auto* source = to.first_source(); source; source = source->next_source())
        all.push_back(source);
    return all;
}

TEST(Conformance, PO1_ComponentsStartWithoutAnyLinkage) {
    const Four four;
    EXPECT_EQ(four.touched(), 0);
    EXPECT_FALSE(four.a.control.linked());
    EXPECT_FALSE(four.a.signal.linked());
}

TEST(Conformance, PO2_FromOutboxToInboxTouchesJustThoseTwo) {
    Four four;
    link(four.a.outbox, four.b.inbox);
    EXPECT_EQ(four.touched(), 2);
    EXPECT_EQ(four.a.outbox.destination(), &four.b.inbox);
    EXPECT_EQ(four.b.inbox.first_source(), &four.a.outbox);
}

TEST(Conformance, PO3_FromInboxToInboxTouchesJustThoseTwo) {
    Four four;
    link(four.a.inbox, four.b.inbox);
    EXPECT_EQ(four.touched(), 2);
    EXPECT_EQ(four.a.inbox.destination(), &four.b.inbox);
    EXPECT_EQ(four.b.inbox.first_source(), &four.a.inbox);
}

TEST(Conformance, PO4_FromOutboxToOutboxTouchesJustThoseTwo) {
    Four four;
    link(four.a.outbox, four.b.outbox);
    EXPECT_EQ(four.touched(), 2);
    EXPECT_EQ(four.a.outbox.destination(), &four.b.outbox);
    EXPECT_EQ(four.b.outbox.first_source(), &four.a.outbox);
}

TEST(Conformance, PO5_EveryLinkageIsFoundFromBothItsEnds) {
    Four four;
    link(four.a.outbox, four.d.inbox);
    link(four.b.outbox, four.d.inbox);
    link(four.c.outbox, four.d.inbox);
    link(four.d.outbox, four.a.inbox);
    EXPECT_EQ(sources(four.d.inbox),
              (std::vector<const Box*>{&four.c.outbox, &four.b.outbox, &four.a.outbox}));
    EXPECT_EQ(sources(four.a.inbox), (std::vector<const Box*>{&four.d.outbox}));
    EXPECT_EQ(four.touched(), 6);
}

TEST(Conformance, PO6_UnlinkingCutsThatLinkageOnly) {
    for (int cut = 0; cut < 3; ++cut) {
        Four four;
        Idle<int>* const from[]{&four.a, &four.b, &four.c};
        for (auto* each : from) link(each->outbox, four.d.inbox);
        axon::unlink(from[cut]->outbox);
        for (int i = 0; i < 3; ++i) EXPECT_EQ(from[i]->outbox.linked(), i != cut);
        EXPECT_EQ(sources(four.d.inbox).size(), 2U);
        axon::unlink(from[cut]->outbox);
        EXPECT_EQ(sources(four.d.inbox).size(), 2U) << "what is not linked cannot be cut";
    }
}

TEST(Conformance, PO7_ThatAComponentEndsCutsEveryLinkageWithItAtEitherEndAndNoOther) {
    Four four;
    link(four.a.outbox, four.b.inbox);
    link(four.b.outbox, four.c.inbox);
    link(four.d.outbox, four.c.inbox);
    link(four.d.inbox, four.b.inbox);
    link(four.a.signal, four.b.control);
    link(four.b.signal, four.c.control);
    four.rig.stop(four.b);
    EXPECT_EQ(four.a.outbox.destination(), nullptr);
    EXPECT_EQ(four.d.inbox.destination(), nullptr);
    EXPECT_EQ(sources(four.c.inbox), (std::vector<const Box*>{&four.d.outbox}));
    EXPECT_FALSE(four.a.signal.linked());
    EXPECT_FALSE(four.c.control.linked());
    EXPECT_EQ(four.touched(), 2);
}

TEST(Conformance, PO8_UnlinkingPartsTheRightTwoBoxesOfEachKind) {
    Four four;
    link(four.a.outbox, four.b.outbox);
    link(four.b.outbox, four.c.inbox);
    link(four.c.inbox, four.d.inbox);
    axon::unlink(four.b.outbox);
    EXPECT_EQ(four.a.outbox.destination(), &four.b.outbox);
    EXPECT_EQ(four.c.inbox.destination(), &four.d.inbox);
    EXPECT_EQ(four.b.outbox.destination(), nullptr);
    axon::unlink(four.c.inbox);
    EXPECT_EQ(four.a.outbox.destination(), &four.b.outbox);
    EXPECT_EQ(sources(four.d.inbox).size(), 0U);
    axon::unlink(four.a.outbox);
    EXPECT_EQ(four.touched(), 0);
}

TEST(Conformance, PO9_ASecondDestinationIsRefusedAndTheFirstStaysUntilItIsCut) {
    Rig rig;
    auto& from = rig.add<Count>(0, 2);
    auto& first = rig.add<Collect>();
    auto& second = rig.add<Collect>();
    link(from.outbox, first.inbox);
    EXPECT_THROW(link(from.outbox, second.inbox), LinkError);
    EXPECT_THROW(link(from.outbox, first.inbox), LinkError) << "not even the same one again";
    rig.step();
    axon::unlink(from.outbox);
    link(from.outbox, second.inbox);
    rig.run();
    Ints all = first.heard;
    EXPECT_FALSE(first.heard.empty());
    all.insert(all.end(), second.heard.begin(), second.heard.end());
    EXPECT_EQ(all, counting(0, 2));
}

// Not of this suite but of the one that the paper's Axon had: its postman could lock itself up here.
TEST(Conformance, OLD2_UnlinkingNeverBlocksHoweverFullTheBoxAndHoweverManyWait) {
    Rig rig;
    auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 3});
    std::vector<Count*> senders;
    for (int i = 0; i < 5; ++i) {
        senders.push_back(&rig.add<Count>(0, 10));
        link(senders.back()->outbox, full.inbox);
    }
    rig.run();
    axon::unlink(senders[0]->outbox);
    rig.run();
    EXPECT_TRUE(rig.ended(*senders[0]));
    axon::Linkages::unlink_sources(full.inbox);
    rig.run();
    std::uint64_t discarded = 0;
    for (const auto* sender : senders) {
        EXPECT_TRUE(rig.ended(*sender));
        discarded += sender->outbox.discarded();
    }
    EXPECT_EQ(full.inbox.size(), 3U);
    EXPECT_EQ(discarded, 47U) << "counted, every one";
}

} // namespace
