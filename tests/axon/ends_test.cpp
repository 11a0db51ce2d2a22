// The end of input: half-close, several producers, exported boxes.
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <memory>

namespace {

using namespace parts;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(Ends, HalfCloseRunsThroughAPipelineOfTenWhileTheOtherDirectionStaysOpen) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& first = rig.add<Count>(0, 20);
        Echo* last = nullptr;
        for (int i = 0; i < 10; ++i) {
            auto& echo = rig.add<Echo>();
            if (last) {
                link(last->outbox, echo.inbox);
            } else {
                link(first.outbox, echo.inbox);
            }
            last = &echo;
        }
        // Answers its input's end with more messages: only one direction is closed.
        struct Answer final : axon::Filter<int, int> {
            Task<> main() override {
                int sum = 0;
                while (auto number = co_await inbox.receive()) sum += *number;
                for (int i = 0; i < 3; ++i) co_await outbox.send(sum + i);
            }
        };
        auto& answer = rig.add<Answer>();
        link(last->outbox, answer.inbox);
        auto& collect = rig.add<Collect>();
        link(answer.outbox, collect.inbox);
        rig.run();
        EXPECT_EQ(collect.heard, (Ints{190, 191, 192}));
        EXPECT_TRUE(collect.saw_the_end);
    });
}

// Ends its output at once and goes on hearing: what comes back is the end of the other direction.
struct HalfCloser final : axon::Filter<int, int> {
    Task<> main() override {
        for (int i = 0; i < 20; ++i) co_await outbox.send(i);
        outbox.close();
        while (auto number = co_await inbox.receive()) heard.push_back(*number);
        saw_the_end = true;
    }
    Ints heard;
    bool saw_the_end = false;
};

TEST(Ends, HalfCloseGoesRoundThroughTwoPipelinesOfTen) {
    const auto ten = [] {
        std::vector<std::unique_ptr<axon::Component>> stages;
        stages.reserve(10);
        for (int i = 0; i < 10; ++i) stages.push_back(std::make_unique<Echo>());
        return std::make_unique<axon::Pipeline>(std::move(stages));
    };
    in_every_order([&](const RigOptions& options) {
        Rig rig{options};
        auto& closer = rig.add<HalfCloser>();
        auto& there = rig.add(ten());
        auto& back = rig.add(ten());
        axon::link(closer, "outbox", there, "inbox");
        axon::link(there, "outbox", back, "inbox");
        axon::link(back, "outbox", closer, "inbox");
        rig.run();
        EXPECT_EQ(closer.heard, counting(0, 20));
        EXPECT_TRUE(closer.saw_the_end);
        EXPECT_EQ(rig.scheduler().live(), 0U);
    });
}

TEST(Ends, AnOutboxMayBeClosedWhileItsComponentGoesOn) {
    in_every_order([](const RigOptions& options) {
        struct Half final : axon::Filter<int, int> {
            Task<> main() override {
                co_await outbox.send(1);
                outbox.close();
                co_await outbox.send(2); // nobody hears it
                while (auto number = co_await inbox.receive()) heard += *number;
            }
            int heard = 0;
        };
        Rig rig{options};
        auto& half = rig.add<Half>();
        auto& collect = rig.add<Collect>();
        link(half.outbox, collect.inbox);
        rig.feed(half.inbox, 5);
        rig.run();
        EXPECT_EQ(collect.heard, (Ints{1}));
        EXPECT_TRUE(collect.saw_the_end);
        EXPECT_FALSE(rig.ended(half));
        EXPECT_EQ(half.heard, 5);
        EXPECT_EQ(half.outbox.discarded(), 1U);
    });
}

TEST(Ends, OfThreeProducersTheLastOneEndsTheReader) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& collect = rig.add<Collect>();
        for (int i = 0; i < 3; ++i) link(rig.add<Count>(i * 100, 1 + 7 * i).outbox, collect.inbox);
        rig.run();
        EXPECT_EQ(collect.heard.size(), 1U + 8U + 15U);
        EXPECT_TRUE(collect.saw_the_end);
    });
}

TEST(Ends, TheReaderGoesOnAsLongAsOneOfThreeProducersIsOpenWhicheverThatIs) {
    in_every_order([](const RigOptions& options) {
        Ints order{0, 1, 2};
        do {
            Rig rig{options};
            auto& collect = rig.add<Collect>();
            std::vector<Echo*> producers;
            for (int i = 0; i < 3; ++i) {
                producers.push_back(&rig.add<Echo>());
                link(producers.back()->outbox, collect.inbox);
                rig.feed(producers.back()->inbox, i);
            }
            for (const int next : order) {
                rig.step();
                EXPECT_FALSE(collect.saw_the_end);
                rig.end(producers[static_cast<std::size_t>(next)]->inbox);
            }
            rig.run();
            EXPECT_TRUE(collect.saw_the_end);
            EXPECT_EQ(collect.heard.size(), 3U);
        } while (std::ranges::next_permutation(order).found);
    });
}

TEST(Ends, AnInboxThatWasNeverLinkedDoesNotEnd) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& collect = rig.add<Collect>();
        rig.run();
        EXPECT_FALSE(rig.ended(collect));
    });
}

TEST(Ends, UnlinkingDoesNotEndAnInboxAndAnotherLinkageGoesOn) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& first = rig.add<Count>(0, 100);
        auto& second = rig.add<Count>(500, 2);
        auto& collect = rig.add<Collect>();
        link(first.outbox, collect.inbox);
        rig.leave_unlinked(first.outbox);
        rig.leave_unlinked(second.outbox);
        rig.step();
        axon::unlink(first.outbox);
        rig.run();
        EXPECT_FALSE(collect.saw_the_end);
        auto& third = rig.add<Count>(700, 2);
        link(third.outbox, collect.inbox);
        rig.run();
        EXPECT_EQ(collect.heard.back(), 701);
        EXPECT_TRUE(collect.saw_the_end);
    });
}

TEST(Ends, LinkingAgainBeforeTheEmptyReceiveReopens) {
    in_every_order([](const RigOptions& options) {
        struct Slow final : axon::Sink<int> {
            Task<> main() override {
                while (true) {
                    auto number = co_await inbox.receive();
                    heard.push_back(number.value_or(-1));
                    if (!number) co_return;
                    co_await sleep_for(std::chrono::seconds{1});
                }
            }
            Ints heard;
        };
        Rig rig{options};
        auto& slow = rig.add<Slow>();
        auto& first = rig.add<Count>(1, 1);
        link(first.outbox, slow.inbox);
        rig.run();
        EXPECT_TRUE(rig.ended(first)); // the inbox has ended, but its reader sleeps
        EXPECT_TRUE(slow.inbox.ended());
        auto& echo = rig.add<Echo>();
        link(echo.outbox, slow.inbox);
        EXPECT_FALSE(slow.inbox.ended());
        rig.advance(std::chrono::seconds{2});
        EXPECT_EQ(slow.heard, (Ints{1}));
        rig.feed(echo.inbox, 2);
        rig.end(echo.inbox);
        rig.advance(std::chrono::seconds{2});
        EXPECT_EQ(slow.heard, (Ints{1, 2, -1}));
    });
}

TEST(Ends, WhatIsQueuedIsHandedOutBeforeTheEnd) {
    Rig rig{{.quota = 64}};
    auto& idle = rig.add<Idle<int>>();
    auto& count = rig.add<Count>(0, 5);
    link(count.outbox, idle.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(count));
    for (int i = 0; i < 5; ++i) {
        EXPECT_FALSE(idle.inbox.ended());
        EXPECT_EQ(idle.inbox.try_receive(), i);
    }
    EXPECT_TRUE(idle.inbox.ended());
}

TEST(Ends, TheEmptyReceiveCanBeRepeated) {
    in_every_order([](const RigOptions& options) {
        struct Twice final : axon::Sink<int> {
            Task<> main() override {
                for (int i = 0; i < 3; ++i) empty += co_await inbox.receive() ? 0 : 1;
            }
            int empty = 0;
        };
        Rig rig{options};
        auto& twice = rig.add<Twice>();
        rig.end(twice.inbox);
        rig.run();
        EXPECT_EQ(twice.empty, 3);
    });
}

} // namespace
