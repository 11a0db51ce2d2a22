// A linkage and what it is made of (rows LI), and the check of what a component offers (row UT3).
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Component;
using axon::LinkError;
using axon::testing::Rig;

template <class F>
std::string refusal(F&& f) {
    try {
        f();
    } catch (const LinkError& error) {
        return error.what();
    }
    return "";
}

TEST(Conformance, LI2_AnOutboxAndAnInboxAreAllThatALinkageNeeds) {
    Rig rig;
    auto& from = rig.add<Count>(0, 2);
    auto& to = rig.add<Collect>();
    link(from.outbox, to.inbox);
    rig.run();
    EXPECT_EQ(to.heard, counting(0, 2));
}

TEST(Conformance, LI3_BoxesAreLinkedByReferenceOrByNameInEachOfTheThreeWays) {
    for (const bool by_name : {false, true}) {
        Rig rig;
        auto& from = rig.add<Count>(0, 2);
        auto& front = rig.add<Idle<int>>();
        auto& back = rig.add<Idle<int>>();
        auto& to = rig.add<Collect>();
        if (by_name) {
            axon::link(from, "outbox", front, "outbox");
            axon::link(front, "outbox", back, "inbox");
            axon::link(back, "inbox", to, "inbox");
        } else {
            link(from.outbox, front.outbox);
            link(front.outbox, back.inbox);
            link(back.inbox, to.inbox);
        }
        rig.run();
        EXPECT_EQ(to.heard, counting(0, 2));
    }
}

TEST(Conformance, LI4_BothEndsOfALinkageCanBeAskedForAndPutInWords) {
    Rig rig;
    auto& from = rig.add<Count>(0, 2);
    auto& to = rig.add<Collect>();
    link(from.outbox, to.inbox);
    EXPECT_EQ(&from.outbox.destination()->owner(), &to);
    EXPECT_EQ(from.outbox.destination()->name(), "inbox");
    EXPECT_EQ(&to.inbox.first_source()->owner(), &from);
    EXPECT_EQ(to.inbox.first_source()->name(), "outbox");
    EXPECT_EQ(refusal([&] { link(from.outbox, to.inbox); }),
              "/Count.outbox (int) is linked already, to /Collect.inbox (int)");
}

TEST(Conformance, UT3_WhatIsLinkedByNameMustBeThereAndFitAndTheRefusalSaysWhatIs) {
    Rig rig;
    auto& ints = rig.add<Echo>();
    auto& others = rig.add<Echo>();
    auto& texts = rig.add<EchoOf<std::string>>();
    ints.set_label("ints");
    texts.set_label("texts");
    const auto why = [](Component& from, std::string_view outbox, Component& to, std::string_view inbox) {
        return refusal([&] { axon::link(from, outbox, to, inbox); });
    };
    EXPECT_EQ(why(ints, "autbox", texts, "inbox"), "/ints has no outbox \"autbox\", only outbox, signal");
    EXPECT_EQ(why(ints, "outbox", texts, "inlet"), "/texts has no inbox \"inlet\", only inbox, control");
    EXPECT_EQ(why(ints, "outbox", texts, "inbox"),
              "/ints.outbox (int) does not fit /texts.inbox (" + std::string{texts.inbox.type().name} + ")");
    EXPECT_EQ(why(ints, "signal", texts, "inbox"),
              "/ints.signal cannot lead to /texts.inbox: signal leads to control, data boxes to data boxes");
    EXPECT_EQ(
        why(ints, "outbox", texts, "control"),
        "/ints.outbox cannot lead to /texts.control: signal leads to control, data boxes to data boxes");
    EXPECT_EQ(ints.outbox.destination(), nullptr);
    EXPECT_EQ(why(ints, "outbox", others, "inbox"), "");
    EXPECT_EQ(ints.outbox.destination(), &others.inbox);
}

} // namespace
