// A linkage and what it is made of (rows LI), and the check of what a component offers (row UT3).
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
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

} // namespace
