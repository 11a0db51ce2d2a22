// What Kamaelia's component promised (rows CO): boxes, children, the stepped main and the end.
#include "axon/ended.hpp"
#include "axon/stepped_component.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Component;
using axon::Task;
using axon::testing::Rig;

// A parent whose family a test can look at and change.
struct Family final : axon::Composite {
    Collect& first = child<Collect>();
    Collect& second = child<Collect>();
    using Component::adopt;
    using Component::child;
    using Component::spawn;
    using Component::stop;
    Task<> main() override { co_await sleep_for(1h); }
    [[nodiscard]] std::vector<const Component*> children() const {
        std::vector<const Component*> all;
        for (const auto* child = first_child(); child; child = child->next_sibling()) all.push_back(child);
        return all;
    }
};

TEST(Conformance, CO1_AComponentHasItsFourBoxesEmptyAndNoChildren) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    EXPECT_TRUE(echo.inbox.empty());
    EXPECT_FALSE(echo.inbox.ready());
    EXPECT_FALSE(echo.outbox.linked());
    EXPECT_FALSE(echo.control.linked());
    EXPECT_FALSE(echo.has_signal());
    EXPECT_FALSE(echo.signal.linked());
    EXPECT_EQ(echo.first_child(), nullptr);
}

TEST(Conformance, CO2_AComponentCanBePutInWordsWithItsNameAndItsBoxes) {
    Rig rig;
    const auto& echo = rig.add<EchoOf<std::string>>();
    EXPECT_EQ(echo.name(), "EchoOf");
    Strings boxes;
    for (const auto* box = echo.first_box(); box; box = box->next_box()) {
        boxes.push_back((box->is_inbox() ? "in " : "out ") + std::string{box->name()});
        EXPECT_NE(box->type().name.find("string"), std::string_view::npos);
    }
    EXPECT_EQ(boxes, (Strings{"out outbox", "in inbox"}));
}

TEST(Conformance, CO3_AChildIsListedOnceHoweverItCame) {
    auto made = std::make_unique<Family>();
    std::vector<const Component*> expected{&made->first, &made->second};
    expected.push_back(&made->adopt(std::make_unique<Echo>()));
    EXPECT_EQ(made->children(), expected);
    Rig rig;
    auto& family = rig.add(std::move(made));
    rig.run();
    expected.push_back(&family.child<Echo>());
    expected.push_back(&family.adopt(std::make_unique<Echo>()));
    expected.push_back(family.spawn<Echo>().get());
    expected.push_back(family.spawn(std::make_unique<Echo>()).get());
    EXPECT_EQ(family.children(), expected);
    rig.run();
    EXPECT_EQ(family.children(), expected);
    EXPECT_EQ(rig.scheduler().live(), expected.size() + 1);
}

TEST(Conformance, CO4_AChildThatIsStoppedIsForgottenAndSoIsWhateverWasLinkedToIt) {
    Rig rig;
    auto& family = rig.add<Family>();
    rig.run();
    auto& echo = *family.spawn<Echo>().get();
    auto& from = rig.add<Echo>();
    link(from.outbox, echo.inbox);
    link(echo.outbox, family.first.inbox);
    link(echo.signal, family.first.control);
    family.stop(echo);
    EXPECT_EQ(from.outbox.destination(), nullptr);
    EXPECT_EQ(family.first.inbox.first_source(), nullptr);
    EXPECT_FALSE(family.first.control.linked());
    rig.run();
    EXPECT_EQ(family.children().size(), 2U);
}

TEST(Conformance, CO5_AllChildrenAreListedThoseOfTheConstructorAndThoseThatCameLater) {
    Rig rig;
    auto& family = rig.add<Family>();
    rig.run();
    const auto* third = family.spawn<Echo>().get();
    const auto* fourth = family.spawn<Echo>().get();
    EXPECT_EQ(family.children(),
              (std::vector<const Component*>{&family.first, &family.second, third, fourth}));
}

TEST(Conformance, CO6_AnInboxIsReadyFromTheFirstMessageToTheLast) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>();
    EXPECT_FALSE(idle.inbox.ready());
    rig.feed(idle.inbox, 1);
    rig.feed(idle.inbox, 2);
    EXPECT_TRUE(idle.inbox.ready());
    (void)idle.inbox.try_receive();
    EXPECT_TRUE(idle.inbox.ready());
    (void)idle.inbox.try_receive();
    EXPECT_FALSE(idle.inbox.ready());
}

TEST(Conformance, CO7_EachInboxIsReadyByItself) {
    struct Two final : axon::Component {
        axon::Inbox<int> inbox{*this, "inbox"};
        axon::Inbox<int> other{*this, "other"};
        Task<> main() override { co_await sleep_for(1h); }
    };
    Rig rig;
    auto& two = rig.add<Two>();
    rig.feed(two.other, 1);
    EXPECT_TRUE(two.other.ready());
    EXPECT_FALSE(two.inbox.ready());
    EXPECT_EQ(two.find_box("other"), &two.other);
    EXPECT_EQ(two.other.try_receive(), 1);
    EXPECT_FALSE(two.other.ready());
}

TEST(Conformance, CO8_ALinkageKnowsItsTwoBoxesAndSoItsKind) {
    Rig rig;
    auto& from = rig.add<Echo>();
    auto& shell = rig.add<Idle<int>>();
    auto& to = rig.add<Echo>();
    link(from.outbox, shell.outbox);
    link(shell.outbox, to.inbox);
    link(shell.inbox, from.inbox);
    EXPECT_EQ(from.outbox.destination(), &shell.outbox);
    EXPECT_EQ(shell.outbox.destination(), &to.inbox);
    EXPECT_EQ(shell.inbox.destination(), &from.inbox);
    EXPECT_EQ(to.inbox.first_source(), &shell.outbox);
    EXPECT_EQ(to.inbox.first_source()->next_source(), nullptr);
    EXPECT_EQ(&to.inbox.first_source()->owner(), &shell);
    EXPECT_FALSE(shell.outbox.first_source()->is_inbox());
    EXPECT_TRUE(from.inbox.first_source()->is_inbox());
}

TEST(Conformance, CO9_ReceivingIsFirstInFirstOutAndEmptyWhenNothingIsThere) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>();
    EXPECT_EQ(idle.inbox.try_receive(), std::nullopt);
    for (int i = 0; i < 5; ++i) rig.feed(idle.inbox, i);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(idle.inbox.try_receive(), i);
    EXPECT_EQ(idle.inbox.try_receive(), std::nullopt);
}

TEST(Conformance, CO10_WhatIsSentKeepsItsOrderThroughAThousandSendsAndReceives) {
    Rig rig;
    auto& from = rig.add<Idle<int>>();
    auto& to = rig.add<Idle<int>>();
    link(from.outbox, to.inbox);
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(from.outbox.try_send(2 * i));
        EXPECT_TRUE(from.outbox.try_send(2 * i + 1));
        EXPECT_EQ(to.inbox.try_receive(), 2 * i);
        EXPECT_EQ(to.inbox.try_receive(), 2 * i + 1);
    }
}

// Notes each step of the paper's second main.
struct Steps final : axon::SteppedComponent {
    explicit Steps(bool fail = false) : fails{fail} {}
    void initialise_component() override { heard += 'i'; }
    bool main_body() override {
        heard += 'b';
        return ++bodies < 3;
    }
    void close_down_component() override {
        heard += 'c';
        if (fails) throw std::runtime_error{"cannot close down"};
    }
    bool fails;
    int bodies = 0;
    std::string heard;
};

TEST(Conformance, CO11_TheSteppedMainInitialisesOnceStepsATurnEachUntilFalseAndClosesDownOnce) {
    Rig rig;
    auto& steps = rig.add<Steps>();
    for (const auto* heard : {"i", "ib", "ibb", "ibbb", "ibbbc"}) {
        EXPECT_FALSE(rig.ended(steps));
        rig.step();
        EXPECT_EQ(steps.heard, heard);
    }
    rig.run();
    EXPECT_TRUE(rig.ended(steps));
    EXPECT_EQ(steps.heard, "ibbbc");
}

TEST(Conformance, CO12_AnExceptionInClosingDownIsLoggedAndEndsThatComponentOnly) {
    Rig rig;
    auto& steps = rig.add<Steps>(true);
    auto& bystander = rig.add<Echo>();
    rig.run();
    EXPECT_TRUE(rig.ended(steps));
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].path, "/Steps");
    EXPECT_EQ(rig.log()[0].text, "close() failed: cannot close down");
    EXPECT_FALSE(rig.ended(bystander));
}

TEST(Conformance, CO13_OnlyTheBodyOfTheSteppedMainHasToBeWritten) {
    struct Body final : axon::SteppedComponent {
        bool main_body() override { return ++bodies < 2; }
        int bodies = 0;
    };
    Rig rig;
    auto& body = rig.add<Body>();
    rig.run();
    EXPECT_EQ(body.bodies, 2);
    EXPECT_TRUE(rig.ended(body));
}

TEST(Conformance, CO14_AnEndTakesNobodyAlongButTheComponentsOwnChildren) {
    Rig rig;
    auto& family = rig.add<Family>();
    auto& neighbour = rig.add<Echo>();
    link(neighbour.outbox, family.first.inbox);
    rig.run();
    rig.stop(family);
    rig.run();
    EXPECT_TRUE(rig.ended(family));
    EXPECT_TRUE(rig.ended(family.first));
    EXPECT_FALSE(rig.ended(neighbour));
}

// Links two others and ends.
struct Joins final : axon::Component {
    Joins(axon::Outbox<int>& out, axon::Inbox<int>& in) : from{out}, to{in} {}
    Task<> main() override {
        link(from, to);
        co_return;
    }
    axon::Outbox<int>& from;
    axon::Inbox<int>& to;
};

TEST(Conformance, CO15_ALinkageDiesWithEitherOfItsEndsAndNotWithWhoMadeIt) {
    Rig rig;
    auto& from = rig.add<Echo>();
    auto& shell = rig.add<Idle<int>>();
    auto& to = rig.add<Collect>();
    auto& joins = rig.add<Joins>(from.outbox, shell.inbox);
    rig.leave_unlinked(from.outbox);
    link(shell.inbox, to.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(joins));
    rig.feed(from.inbox, 1);
    rig.run();
    EXPECT_EQ(to.heard, (Ints{1})) << "its maker has gone, the linkage has not";

    rig.stop(to);
    rig.feed(from.inbox, 2);
    rig.run();
    EXPECT_EQ(shell.inbox.try_receive(), 2) << "where the shortened chain ends";

    rig.stop(shell);
    rig.feed(from.inbox, 3);
    rig.run();
    EXPECT_EQ(from.outbox.destination(), nullptr);
    EXPECT_EQ(from.outbox.discarded(), 1U);
}

} // namespace
