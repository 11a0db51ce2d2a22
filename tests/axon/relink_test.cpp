// Changing linkages while messages are on the way and senders wait.
#include "axon/bytes.hpp"
#include "axon/combine.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <stdexcept>

namespace {

using namespace parts;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(Relink, QueuedMessagesMoveOnEvenPastTheLimitAndNoneIsLost) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 30);
        auto& middle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 10});
        auto& last = rig.add<Collect>();
        last.inbox.set_options({.capacity = 2, .overflow = axon::Overflow::drop_newest});
        link(from.outbox, middle.inbox);
        rig.run();
        EXPECT_EQ(middle.inbox.size(), 10U);
        last.inbox.set_options({.capacity = 2});
        link(middle.inbox, last.inbox);
        EXPECT_GE(last.inbox.size(), 10U) << "past the limit of 2";
        EXPECT_EQ(last.inbox.options().capacity, 2U) << "which counts again afterwards";
        rig.run();
        EXPECT_EQ(last.heard, counting(0, 30));
        EXPECT_TRUE(last.saw_the_end);
    });
}

TEST(Relink, MessagesThatMoveOnAreNotDroppedByThePolicyOfTheirNewBox) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 10);
        auto& middle = rig.add<Idle<int>>();
        auto& last =
            rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1, .overflow = axon::Overflow::drop_oldest});
        link(from.outbox, middle.inbox);
        rig.run();
        link(middle.inbox, last.inbox);
        EXPECT_EQ(last.inbox.size(), 10U);
        EXPECT_EQ(last.inbox.dropped(), 0U);
    });
}

TEST(Relink, ASenderThatWaitsKeepsItsMessageWhenItIsRelinked) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 10);
        auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 3});
        auto& to = rig.add<Collect>();
        link(from.outbox, full.inbox);
        rig.run();
        relink(from.outbox, to.inbox);
        rig.run();
        EXPECT_EQ(full.inbox.size(), 3U) << "what was queued stays where it is";
        EXPECT_EQ(to.heard, counting(3, 7));
        EXPECT_EQ(from.outbox.discarded(), 0U);
        EXPECT_FALSE(full.inbox.ended());
    });
}

TEST(Relink, ASenderThatWaitsGoesOnWaitingWhereTheNewBoxIsFullToo) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 10);
        auto& first = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 3});
        auto& second = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
        link(from.outbox, first.inbox);
        rig.feed(second.inbox, 99);
        rig.run();
        relink(from.outbox, second.inbox);
        rig.run();
        EXPECT_EQ(second.inbox.try_receive(), 99);
        EXPECT_EQ(second.inbox.try_receive(), 3);
        (void)first.inbox.try_receive();
        rig.run();
        EXPECT_EQ(first.inbox.size(), 2U) << "nobody waits there any more";
    });
}

TEST(Relink, OneOfSeveralBlockedSendersMayLeaveForAnotherBox) {
    in_every_order([](const RigOptions& options) {
        for (std::size_t leaving = 0; leaving < 4; ++leaving) {
            Rig rig{options};
            auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
            auto& other = rig.add<Collect>();
            rig.feed(full.inbox, 100);
            std::vector<Count*> senders;
            Ints expected{100};
            for (int i = 0; i < 4; ++i) {
                senders.push_back(&rig.add<Count>(i, 1));
                link(senders.back()->outbox, full.inbox);
                rig.run();
                if (static_cast<std::size_t>(i) != leaving) expected.push_back(i);
            }
            relink(senders[leaving]->outbox, other.inbox);
            rig.run();
            EXPECT_EQ(other.heard, (Ints{static_cast<int>(leaving)}));
            Ints heard;
            while (auto number = full.inbox.try_receive()) {
                heard.push_back(*number);
                rig.run();
            }
            EXPECT_EQ(heard, expected) << "the others keep their order";
        }
    });
}

TEST(Relink, ASenderThatLeavesLetsInThoseBehindItWhomOnlyItHeldUp) {
    struct SendsOne final : axon::Source<axon::Bytes> {
        explicit SendsOne(std::size_t bytes) : size{bytes} {}
        axon::Task<> main() override { co_await outbox.send(axon::Bytes{std::string(size, 'x')}); }
        std::size_t size;
    };
    for (const bool relinked : {true, false}) {
        in_every_order([=](const RigOptions& options) {
            Rig rig{options};
            auto& full = rig.add<Idle<axon::Bytes>>(axon::InboxOptions{.bytes = 256});
            auto& other = rig.add<Idle<axon::Bytes>>();
            const auto sends = [&](std::size_t bytes) -> auto& {
                auto& sender = rig.add<SendsOne>(bytes);
                link(sender.outbox, full.inbox);
                rig.run();
                return sender;
            };
            sends(200);
            auto& large = sends(100);
            auto& small = sends(10);
            EXPECT_FALSE(rig.ended(small)) << "it waits behind one that does not fit";
            if (relinked) {
                relink(large.outbox, other.inbox);
            } else {
                axon::unlink(large.outbox);
            }
            rig.run();
            EXPECT_TRUE(rig.ended(large));
            EXPECT_TRUE(rig.ended(small));
            EXPECT_EQ(full.inbox.bytes(), 210U);
        });
    }
}

TEST(Relink, AWholeQueueOfBlockedSendersMovesOnTogether) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& middle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
        auto& last = rig.add<Collect>();
        for (int i = 0; i < 5; ++i) {
            link(rig.add<Count>(i, 1).outbox, middle.inbox);
            rig.run();
        }
        link(middle.inbox, last.inbox);
        rig.run();
        EXPECT_EQ(last.heard.size(), 5U);
        EXPECT_EQ(last.heard.front(), 0);
        EXPECT_TRUE(last.saw_the_end);
    });
}

TEST(Relink, ASenderThatWaitsAndIsUnlinkedDiscardsAndCounts) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 10);
        auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 3});
        link(from.outbox, full.inbox);
        rig.run();
        EXPECT_FALSE(rig.ended(from));
        axon::unlink(from.outbox);
        rig.run();
        EXPECT_TRUE(rig.ended(from));
        EXPECT_EQ(full.inbox.size(), 3U);
        EXPECT_EQ(from.outbox.discarded(), 7U);
    });
}

// Reads no numbers; ends in one way or another.
struct Ends final : axon::Sink<int> {
    explicit Ends(bool failing) : fails{failing} { inbox.set_options({.capacity = 2}); }
    axon::Inbox<int> orders{*this, "orders"};
    axon::Task<> main() override {
        (void)co_await axon::first_of(orders.receive(), sleep_for(std::chrono::seconds{1}));
        if (fails) throw std::runtime_error{"broken"};
    }
    bool fails;
};

TEST(Relink, WhoWaitsForABoxWhoseOwnerEndsDiscardsAndGoesOn) {
    in_every_order([](const RigOptions& options) {
        for (int how = 0; how < 4; ++how) {
            Rig rig{options};
            auto& ends = rig.add<Ends>(how == 0);
            auto& shell = rig.add<Idle<int>>();
            link(shell.inbox, ends.inbox);
            std::vector<Count*> senders;
            senders.reserve(4);
            for (int i = 0; i < 4; ++i) senders.push_back(&rig.add<Count>(i * 10, 5));
            for (auto* sender : senders) link(sender->outbox, ends.inbox);
            rig.run();
            if (how < 2) rig.advance(std::chrono::seconds{1});
            if (how == 2) rig.shut_down(ends);
            if (how == 3) rig.stop(ends);
            rig.run();
            EXPECT_TRUE(rig.ended(ends));
            std::uint64_t discarded = 0;
            for (const auto* sender : senders) {
                EXPECT_TRUE(rig.ended(*sender));
                EXPECT_EQ(sender->outbox.sent(), 5U);
                discarded += sender->outbox.discarded();
            }
            EXPECT_EQ(discarded, 18U) << "two were in the box";
        }
    });
}

TEST(Relink, WhileItWaitsASenderMayBeLedFromBoxToBoxAndKeepsItsOneMessage) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 50);
        std::vector<Idle<int>*> boxes;
        boxes.reserve(3);
        for (int i = 0; i < 3; ++i) boxes.push_back(&rig.add<Idle<int>>(axon::InboxOptions{.capacity = 2}));
        link(from.outbox, boxes[0]->inbox);
        Ints heard;
        for (std::size_t round = 1; !rig.ended(from); ++round) {
            rig.run();
            auto& box = boxes[round % 3]->inbox;
            relink(from.outbox, box);
            for (auto* each : boxes) {
                while (auto number = each->inbox.try_receive()) heard.push_back(*number);
            }
        }
        std::ranges::sort(heard);
        EXPECT_EQ(heard, counting(0, 50));
        EXPECT_EQ(from.outbox.discarded(), 0U);
    });
}

} // namespace
