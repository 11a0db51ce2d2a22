#include "kamaelia/util/splitter.hpp"

#include "axon/bytes.hpp"
#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Bytes;
using axon::InboxOptions;
using axon::testing::Rig;
using axon::testing::RigOptions;
using kamaelia::Splitter;
using kamaelia::WhenFull;

void feed(Rig& rig, Splitter<int>& splitter, int first, int count) {
    for (const int number : counting(first, count)) rig.feed(splitter.inbox, number);
}

// What waits in an inbox that nobody reads.
Ints waiting(Rig& rig, axon::Inbox<int>& inbox) {
    Ints numbers;
    while (auto number = inbox.try_receive()) numbers.push_back(*number);
    rig.run();
    return numbers;
}

TEST(Splitter, EveryoneGetsEverythingInOrderAndThenTheEnd) {
    in_every_order(200, [](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 100);
        auto& splitter = rig.add<Splitter<int>>();
        auto& one = rig.add<Collect>();
        auto& two = rig.add<Collect>();
        auto& small = rig.add<Collect>();
        small.inbox.set_options({.capacity = 1});
        link(from.outbox, splitter.inbox);
        for (auto* collect : {&one, &two, &small}) splitter.subscribe(collect->inbox);
        rig.run();
        for (auto* collect : {&one, &two, &small}) {
            EXPECT_EQ(collect->heard, counting(0, 100));
            EXPECT_TRUE(collect->saw_the_end);
        }
        EXPECT_TRUE(rig.ended(splitter));
    });
}

TEST(Splitter, OnesThatDropHoldUpNobody) {
    in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& splitter = rig.add<Splitter<int>>();
        auto& fast = rig.add<Collect>();
        auto& oldest = rig.add<Idle<int>>(InboxOptions{.capacity = 3});
        auto& newest = rig.add<Idle<int>>(InboxOptions{.capacity = 3});
        splitter.subscribe(oldest.inbox, WhenFull::drop_oldest);
        splitter.subscribe(newest.inbox, WhenFull::drop_newest);
        splitter.subscribe(fast.inbox);
        feed(rig, splitter, 0, 100);
        rig.run();
        EXPECT_EQ(fast.heard, counting(0, 100));
        EXPECT_EQ(splitter.dropped(), 97U);
        EXPECT_EQ(oldest.inbox.dropped(), 97U);
        EXPECT_EQ(waiting(rig, oldest.inbox), counting(97, 3));
        EXPECT_EQ(waiting(rig, newest.inbox), counting(0, 3));
        feed(rig, splitter, 100, 1);
        rig.run();
        EXPECT_EQ(waiting(rig, newest.inbox), (Ints{100})) << "it is still there";
    });
}

TEST(Splitter, OneThatIsWaitedForHoldsUpTheOthersAndThatIsSaidOnce) {
    Rig rig;
    auto& splitter = rig.add<Splitter<int>>();
    auto& slow = rig.add<Idle<int>>(InboxOptions{.capacity = 1});
    auto& fast = rig.add<Collect>();
    splitter.subscribe(slow.inbox);
    splitter.subscribe(fast.inbox);
    feed(rig, splitter, 0, 10);
    rig.run();
    EXPECT_EQ(fast.heard, (Ints{0, 1})) << "the message that waits has gone to everyone else";
    EXPECT_TRUE(rig.log().empty());
    rig.advance(10s);
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].text, "/Idle.inbox is full and holds up the others");
    EXPECT_EQ(slow.inbox.try_receive(), 0);
    rig.advance(10s);
    EXPECT_EQ(fast.heard, (Ints{0, 1, 2}));
    EXPECT_EQ(rig.log().size(), 1U) << "it is told once, not for each message";
    slow.inbox.set_options({});
    rig.run();
    EXPECT_EQ(fast.heard, counting(0, 10));
}

TEST(Splitter, OneThatMayNotLagIsDisconnected) {
    in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& splitter = rig.add<Splitter<int>>();
        auto& slow = rig.add<Idle<int>>(InboxOptions{.capacity = 3});
        auto& fast = rig.add<Collect>();
        splitter.subscribe(slow.inbox, WhenFull::disconnect);
        splitter.subscribe(fast.inbox);
        feed(rig, splitter, 0, 3);
        rig.run();
        EXPECT_EQ(splitter.subscribers(), 2U);
        feed(rig, splitter, 3, 97);
        rig.run();
        EXPECT_EQ(fast.heard, counting(0, 100));
        EXPECT_EQ(splitter.subscribers(), 1U);
        EXPECT_EQ(splitter.disconnected(), 1U);
        EXPECT_EQ(waiting(rig, slow.inbox), counting(0, 3)) << "what it had is still its own";
        EXPECT_TRUE(slow.inbox.ended());
    });
}

TEST(Splitter, SubscribersComeAndGoWhileItRuns) {
    Rig rig;
    auto& splitter = rig.add<Splitter<int>>();
    auto& early = rig.add<Collect>();
    auto& late = rig.add<Collect>();
    feed(rig, splitter, 0, 2);
    rig.run();
    splitter.subscribe(early.inbox);
    feed(rig, splitter, 2, 2);
    rig.run();
    splitter.subscribe(late.inbox);
    feed(rig, splitter, 4, 2);
    rig.run();
    splitter.unsubscribe(early.inbox);
    splitter.unsubscribe(early.inbox);
    feed(rig, splitter, 6, 2);
    rig.run();
    EXPECT_EQ(early.heard, counting(2, 4));
    EXPECT_EQ(late.heard, counting(4, 4));
    EXPECT_EQ(splitter.subscribers(), 1U);
    EXPECT_FALSE(early.saw_the_end) << "unlinked is not ended";
    splitter.subscribe(early.inbox);
    feed(rig, splitter, 8, 1);
    rig.run();
    EXPECT_EQ(early.heard.back(), 8);
}

TEST(Splitter, WhoUnsubscribesWhileItIsWaitedForIsWaitedForNoMore) {
    in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& splitter = rig.add<Splitter<int>>();
        auto& slow = rig.add<Idle<int>>(InboxOptions{.capacity = 1});
        auto& slower = rig.add<Idle<int>>(InboxOptions{.capacity = 1});
        auto& fast = rig.add<Collect>();
        splitter.subscribe(slow.inbox);
        splitter.subscribe(slower.inbox);
        splitter.subscribe(fast.inbox);
        feed(rig, splitter, 0, 10);
        rig.advance(5s);
        splitter.unsubscribe(slower.inbox);
        splitter.unsubscribe(slow.inbox);
        auto& late = rig.add<Collect>();
        splitter.subscribe(late.inbox);
        rig.run();
        EXPECT_EQ(fast.heard, counting(0, 10));
        EXPECT_EQ(late.heard, counting(2, 8)) << "from the message after the one that it came in";
        EXPECT_EQ(splitter.subscribers(), 2U);
        EXPECT_EQ(waiting(rig, slow.inbox), (Ints{0}));
    });
}

TEST(Splitter, WhoHasEndedDropsOut) {
    in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& splitter = rig.add<Splitter<int>>();
        auto& take = rig.add<Take>(3);
        auto& all = rig.add<Collect>();
        splitter.subscribe(take.inbox);
        splitter.subscribe(all.inbox);
        feed(rig, splitter, 0, 100);
        rig.run();
        EXPECT_EQ(rig.sent(take.outbox), counting(0, 3));
        EXPECT_EQ(all.heard, counting(0, 100));
        EXPECT_EQ(splitter.subscribers(), 1U);
    });
}

TEST(Splitter, ThoseWhoEndWhileNobodySendsDoNotPileUp) {
    Rig rig;
    auto& splitter = rig.add<Splitter<int>>();
    for (int i = 0; i < 1000; ++i) {
        auto& comes = rig.add<Collect>();
        splitter.subscribe(comes.inbox);
        rig.stop(comes);
    }
    int boxes = 0;
    for (auto* box = splitter.first_box(); box; box = box->next_box()) ++boxes;
    EXPECT_LT(boxes, 20);
}

TEST(Splitter, WithoutSubscribersItDiscards) {
    Rig rig;
    auto& splitter = rig.add<Splitter<int>>();
    feed(rig, splitter, 0, 1000);
    rig.end(splitter.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(splitter));
}

TEST(Splitter, ManyShareOneBuffer) {
    Rig rig;
    auto& splitter = rig.add<Splitter<Bytes>>();
    std::vector<Idle<Bytes>*> idle;
    for (int i = 0; i < 1000; ++i) {
        idle.push_back(&rig.add<Idle<Bytes>>());
        splitter.subscribe(idle.back()->inbox);
    }
    const Bytes page{std::string(10'000, 'x')};
    rig.feed(splitter.inbox, page);
    rig.run();
    for (auto* each : idle) EXPECT_EQ(each->inbox.try_receive()->data(), page.data());
}

TEST(Splitter, ASubscriberMayTakeMoreThanTheMessage) {
    Rig rig;
    auto& splitter = rig.add<Splitter<int>>();
    auto& wide = rig.add<Idle<std::variant<int, std::string>>>();
    splitter.subscribe(wide.inbox);
    feed(rig, splitter, 7, 1);
    rig.run();
    EXPECT_EQ(std::get<int>(*wide.inbox.try_receive()), 7);
}

TEST(Splitter, ByNameItHasAnOutboxForEachWord) {
    Rig rig;
    auto& splitter = rig.add<Splitter<int>>(
        Splitter<int>::Params{.outboxes = {WhenFull::wait, WhenFull::drop_newest, WhenFull::wait}});
    auto& all = rig.add<Collect>();
    auto& some = rig.add<Idle<int>>(InboxOptions{.capacity = 2});
    axon::link(splitter, "outbox1", all, "inbox");
    axon::link(splitter, "outbox2", some, "inbox");
    rig.leave_unlinked(static_cast<axon::OutboxBase&>(*splitter.find_box("outbox3")));
    feed(rig, splitter, 0, 10);
    rig.run();
    EXPECT_EQ(all.heard, counting(0, 10));
    EXPECT_EQ(some.inbox.size(), 2U);
    EXPECT_EQ(splitter.subscribers(), 3U) << "an outbox with a name stays though nothing is linked there";
}

TEST(Splitter, AShutdownComesAfterWhatWasThereAndAStopAtOnceWhereverItWaits) {
    in_every_order(50, [](const RigOptions& options) {
        Rig rig{options};
        auto& asked = rig.add<Splitter<int>>();
        auto& waits = rig.add<Splitter<int>>();
        auto& listens = rig.add<Splitter<int>>();
        auto& all = rig.add<Collect>();
        auto& full = rig.add<Idle<int>>(InboxOptions{.capacity = 1});
        asked.subscribe(all.inbox);
        waits.subscribe(full.inbox);
        feed(rig, asked, 0, 20);
        rig.shut_down(asked);
        feed(rig, waits, 0, 20);
        rig.run();
        EXPECT_EQ(all.heard, counting(0, 20));
        EXPECT_TRUE(all.saw_the_end);
        EXPECT_TRUE(rig.ended(asked));
        rig.stop(waits);
        rig.stop(listens);
        EXPECT_TRUE(rig.ended(waits));
        EXPECT_TRUE(rig.ended(listens));
        EXPECT_EQ(full.inbox.size(), 1U);
    });
}

TEST(WhenFull, IsReadAndShownAsAWord) {
    using Reader = axon::SettingReader<WhenFull>;
    for (const auto* word : {"wait", "drop_oldest", "drop_newest", "disconnect"})
        EXPECT_EQ(Reader::show(*Reader::parse(word)), word);
    EXPECT_EQ(Reader::parse("never").error(),
              "expected wait, drop_oldest, drop_newest or disconnect, found \"never\"");
}

} // namespace
