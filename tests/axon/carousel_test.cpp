// Carousels: one child after the other behind the same boxes, and nothing lost between them.
#include "axon/carousel.hpp"

#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Bytes;
using axon::FirstRequest;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;
using Numbers = axon::Carousel<int, int, int>;

// For an order of n: passes n numbers on.
std::unique_ptr<axon::Component> take(int count) { return std::make_unique<Take>(count); }

// Passes numbers on, each with the order's added.
class Adds final : public axon::Filter<int, int> {
public:
    explicit Adds(int number) : number_{number} {}

private:
    Task<> main() override {
        while (auto number = co_await inbox.receive()) co_await outbox.send(*number + number_);
    }
    int number_;
};
std::unique_ptr<axon::Component> adds(int number) { return std::make_unique<Adds>(number); }

std::vector<Bytes> requests(std::size_t count) { return {count, Bytes{"NEXT"}}; }

TEST(Carousel, CR1_IsIdleAtFirstUnlessItIsToAskForTheFirstOrder) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& waits = rig.add<Numbers>(take);
        auto& asks = rig.add<Numbers>(take, FirstRequest::at_start);
        rig.run();
        EXPECT_TRUE(rig.sent(waits.request_next).empty());
        EXPECT_EQ(rig.sent(asks.request_next), requests(1));
        EXPECT_EQ(waits.first_child(), nullptr);
    });
}

TEST(Carousel, CR2_IdleItEndsWithItsProducersAndPassesThatOn) {
    in_every_order([](const RigOptions& options) {
        const auto ends_with = [&](auto&& say, const std::string& heard) {
            Rig rig{options};
            auto& carousel = rig.add<Numbers>(take);
            auto& log = rig.add<ControlLog>();
            link(carousel.signal, log.control);
            rig.run();
            say(rig, carousel);
            rig.run();
            EXPECT_TRUE(rig.ended(carousel));
            EXPECT_EQ(log.heard, (Strings{heard}));
        };
        ends_with([](Rig& rig, Numbers& carousel) { rig.finish(carousel); }, "finished");
        ends_with([](Rig& rig, Numbers& carousel) { rig.shut_down(carousel); }, "shutdown");
        ends_with([](Rig& rig, Numbers& carousel) { rig.end(carousel.next); }, "finished");
    });
}

TEST(Carousel, CR2_AsLongAsOrdersMayComeByALinkageItGoesOn) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& carousel = rig.add<Numbers>(take);
        rig.feed(carousel.next, 1);
        rig.finish(carousel);
        rig.run();
        rig.feed(carousel.inbox, 7);
        rig.run();
        EXPECT_FALSE(rig.ended(carousel))
            << "where the original ends: the end of input belongs to the linkage";
        rig.end(carousel.next);
        rig.run();
        EXPECT_TRUE(rig.ended(carousel));
    });
}

TEST(Carousel, CR3_AnOrderMakesAndStartsAChild) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        Ints orders;
        auto& carousel = rig.add<Numbers>([&](int order) {
            orders.push_back(order);
            return take(order);
        });
        rig.feed(carousel.next, 3);
        rig.run();
        EXPECT_EQ(orders, (Ints{3}));
        ASSERT_NE(carousel.first_child(), nullptr);
        EXPECT_EQ(carousel.first_child()->state(), axon::Component::State::waiting);
    });
}

TEST(Carousel, CR4_ItsEndAsksForTheNextAndItsSignalAloneDoesNotAndGoesNowhere) {
    in_every_order([](const RigOptions& options) {
        struct Says final : axon::Source<int> {
            Task<> main() override {
                signal.send(axon::ProducerFinished{});
                co_await sleep_for(1s);
            }
        };
        Rig rig{options};
        auto& carousel = rig.add<Numbers>([](int) { return std::make_unique<Says>(); });
        auto& log = rig.add<ControlLog>();
        link(carousel.signal, log.control);
        rig.feed(carousel.next, 0);
        rig.run();
        EXPECT_TRUE(rig.sent(carousel.request_next).empty());
        rig.advance(1s);
        EXPECT_EQ(rig.sent(carousel.request_next), requests(1));
        EXPECT_FALSE(rig.ended(carousel));
        EXPECT_TRUE(log.heard.empty());
    });
}

TEST(Carousel, CR5_AnOrderShutsTheChildDownAndTheNextStartsOnlyAfterItHasEnded) {
    in_every_order([](const RigOptions& options) {
        struct Lingers final : axon::Component {
            Lingers(int number, Strings& story)
                : Component{axon::handles_control}, number_{number}, story_{story} {}
            Task<> main() override {
                story_.push_back(std::to_string(number_) + " starts");
                while (!std::holds_alternative<axon::Shutdown>(co_await control.receive())) {
                }
                story_.push_back(std::to_string(number_) + " is asked");
                co_await sleep_for(5s);
                story_.push_back(std::to_string(number_) + " ends");
            }
            int number_;
            Strings& story_;
        };
        Rig rig{options};
        Strings story;
        auto& carousel =
            rig.add<Numbers>([&](int number) { return std::make_unique<Lingers>(number, story); });
        rig.feed(carousel.next, 1);
        rig.advance(1s);
        rig.feed(carousel.next, 2);
        rig.advance(4s);
        EXPECT_EQ(story, (Strings{"1 starts", "1 is asked"}));
        rig.advance(1s);
        EXPECT_EQ(story, (Strings{"1 starts", "1 is asked", "1 ends", "2 starts"}));
        EXPECT_TRUE(rig.sent(carousel.request_next).empty()) << "an order was there";
    });
}

TEST(Carousel, CR6_WhatComesIsForTheChildAndWhatItSendsLeaves) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& carousel = rig.add<Numbers>(adds);
        rig.feed(carousel.inbox, 1);
        rig.run();
        EXPECT_TRUE(rig.sent(carousel.outbox).empty());
        EXPECT_EQ(carousel.inbox.size(), 1U) << "kept for a child";
        rig.feed(carousel.next, 10);
        rig.run();
        rig.feed(carousel.inbox, 2);
        rig.run();
        EXPECT_EQ(rig.sent(carousel.outbox), (Ints{11, 12}));
        rig.feed(carousel.next, 100);
        rig.run();
        rig.feed(carousel.inbox, 3);
        rig.run();
        EXPECT_EQ(rig.sent(carousel.outbox), (Ints{103}));
        EXPECT_FALSE(rig.closed(carousel.outbox)) << "it is held open";
    });
}

TEST(Carousel, CR7_AShutdownGoesToTheChildAndTheCarouselEndsAfterIt) {
    in_every_order([](const RigOptions& options) {
        struct Closes final : axon::Filter<int, int> {
            Task<> main() override {
                while (co_await inbox.receive()) {
                }
            }
            Task<> close() override { co_await sleep_for(2s); }
        };
        Rig rig{options};
        auto& carousel = rig.add<Numbers>([](int) { return std::make_unique<Closes>(); });
        auto& log = rig.add<ControlLog>();
        link(carousel.signal, log.control);
        rig.feed(carousel.next, 0);
        rig.run();
        rig.shut_down(carousel);
        rig.advance(1999ms);
        EXPECT_FALSE(rig.ended(carousel));
        rig.advance(1ms);
        EXPECT_TRUE(rig.ended(carousel));
        EXPECT_EQ(log.heard, (Strings{"shutdown"}));
        EXPECT_TRUE(rig.sent(carousel.request_next).empty());
    });
}

TEST(Carousel, CR8_WhenTheProducersHaveFinishedTheOrdersThatWaitAreServedFirst) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        Ints orders;
        auto& carousel = rig.add<Numbers>([&](int order) {
            orders.push_back(order);
            return take(order);
        });
        for (const int order : {1, 2, 3}) rig.feed(carousel.next, order);
        rig.end(carousel.next);
        rig.finish(carousel);
        rig.end(carousel.inbox);
        rig.run();
        EXPECT_EQ(orders, (Ints{1, 2, 3}));
        EXPECT_TRUE(rig.ended(carousel));
    });
}

TEST(Carousel, CR8_AShutdownDropsTheOrdersThatWait) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        Ints orders;
        auto& carousel = rig.add<Numbers>([&](int order) {
            orders.push_back(order);
            return adds(order);
        });
        rig.feed(carousel.next, 1);
        rig.run();
        rig.feed(carousel.next, 2);
        rig.feed(carousel.next, 3);
        rig.shut_down(carousel);
        rig.run();
        EXPECT_EQ(orders, (Ints{1}));
        EXPECT_TRUE(rig.ended(carousel));
    });
}

// Each child ends in the middle of the stream, with messages in its inbox and a sender that waits.
TEST(Carousel, WhatAChildHasNotReadIsForTheNextOneInOrder) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 500);
        auto& carousel = rig.add<Numbers>(take);
        link(from.outbox, carousel.inbox);
        Ints heard;
        for (const int order : {7, 1, 100, 64, 200}) {
            rig.feed(carousel.next, order);
            rig.run();
            EXPECT_EQ(rig.sent(carousel.request_next), requests(1)) << "each takes its part and ends";
            for (const int number : rig.sent(carousel.outbox)) heard.push_back(number);
        }
        EXPECT_EQ(heard, counting(0, 7 + 1 + 100 + 64 + 200));
        rig.feed(carousel.next, 1000);
        rig.end(carousel.next);
        rig.run();
        for (const int number : rig.sent(carousel.outbox)) heard.push_back(number);
        EXPECT_EQ(heard, counting(0, 500));
        EXPECT_TRUE(rig.ended(carousel)) << "the input has ended, so has the child, and no order can come";
    });
}

TEST(Carousel, AChildIsReplacedInMidStreamAndNothingIsLost) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 300);
        auto& carousel = rig.add<Numbers>(adds);
        auto& to = rig.add<Collect>();
        link(from.outbox, carousel.inbox);
        link(carousel.outbox, to.inbox);
        for (int order = 1; order <= 5; ++order) {
            rig.feed(carousel.next, 1000 * order);
            for (int i = 0; i < 20; ++i) (void)rig.step();
        }
        rig.end(carousel.next);
        rig.run();
        ASSERT_EQ(to.heard.size(), 300U);
        for (int i = 0; i < 300; ++i) EXPECT_EQ(to.heard[static_cast<std::size_t>(i)] % 1000, i);
        EXPECT_TRUE(std::ranges::is_sorted(to.heard)) << "each child takes its own stretch";
        EXPECT_TRUE(rig.ended(carousel));
        EXPECT_TRUE(to.saw_the_end);
    });
}

TEST(Carousel, APipelineAsAChildLeavesWhatItHasNotReadToo) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& carousel = rig.add<Numbers>([](int count) {
            return axon::pipeline(std::make_unique<Take>(count), std::make_unique<Echo>());
        });
        for (int i = 0; i < 30; ++i) rig.feed(carousel.inbox, i);
        Ints heard;
        for (const int order : {5, 10, 15}) {
            rig.feed(carousel.next, order);
            rig.run();
            for (const int number : rig.sent(carousel.outbox)) heard.push_back(number);
        }
        EXPECT_EQ(heard, counting(0, 30));
    });
}

TEST(Carousel, AFullOutboxHoldsUpTheChildAndNotTheOrders) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& carousel = rig.add<Numbers>([](int first) { return std::make_unique<Count>(first, 1000); });
        auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
        link(carousel.outbox, full.inbox);
        rig.feed(carousel.next, 1);
        rig.run();
        EXPECT_EQ(full.inbox.size(), 1U);
        rig.feed(carousel.next, 2);
        rig.run();
        EXPECT_EQ(carousel.next.size(), 0U);
        ASSERT_NE(carousel.first_child(), nullptr);
        rig.shut_down(carousel);
        rig.run();
        EXPECT_TRUE(rig.ended(carousel)) << "a source that waits to send ends when it is asked to";
    });
}

TEST(Carousel, AChildThatFailsIsFollowedByTheNext) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& carousel = rig.add<Numbers>([](int order) -> std::unique_ptr<axon::Component> {
            if (order == 0) return std::make_unique<Throws>();
            if (order == 1) return nullptr;
            return adds(order);
        });
        rig.feed(carousel.next, 0);
        rig.run();
        EXPECT_EQ(rig.sent(carousel.request_next), requests(1));
        EXPECT_EQ(rig.scheduler().failures(), 1U);
        rig.feed(carousel.next, 1);
        rig.run();
        EXPECT_EQ(rig.sent(carousel.request_next), requests(1)) << "no child for this order";
        rig.feed(carousel.next, 10);
        rig.feed(carousel.inbox, 1);
        rig.run();
        EXPECT_EQ(rig.sent(carousel.outbox), (Ints{11}));
    });
}

TEST(Carousel, AChildWhoseBoxesDoNotFitEndsTheCarouselWithThatReason) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& carousel = rig.add<Numbers>([](int) { return std::make_unique<EchoOf<std::string>>(); });
        rig.feed(carousel.next, 0);
        rig.run();
        EXPECT_TRUE(rig.ended(carousel));
        ASSERT_EQ(rig.log().size(), 1U);
        EXPECT_NE(rig.log().front().text.find("does not fit"), std::string::npos) << rig.log().front().text;
    });
}

TEST(Carousel, StoppedInAnyStateItTakesItsChildWithIt) {
    in_every_order([](const RigOptions& options) {
        for (int steps = 0; steps < 12; ++steps) {
            Rig rig{options};
            auto& carousel = rig.add<Numbers>(take);
            for (int i = 0; i < 4; ++i) rig.feed(carousel.inbox, i);
            for (const int order : {1, 2, 3}) rig.feed(carousel.next, order);
            for (int i = 0; i < steps; ++i) (void)rig.step();
            rig.stop(carousel);
            rig.run();
            EXPECT_TRUE(rig.ended(carousel));
            EXPECT_EQ(rig.scheduler().live(), 0U);
        }
    });
}

} // namespace
