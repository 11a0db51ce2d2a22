#include "kamaelia/util/message_rate_control.hpp"

#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::testing::Rig;
using axon::testing::RigOptions;
using Control = kamaelia::MessageRateControl<int>;
using Params = Control::Params;

void feed(Rig& rig, Control& control, int count) {
    for (int i = 0; i < count; ++i) rig.feed(control.inbox, i);
}

TEST(MessageRateControl, LetsOneThroughEachPeriodAndNeverDrifts) {
    parts::in_every_order(20, [](const RigOptions& options) {
        Rig rig{options};
        auto& control = rig.add<Control>(Params{.period = 300ms});
        feed(rig, control, 1001);
        rig.end(control.inbox);
        rig.run();
        EXPECT_EQ(rig.sent(control.outbox).size(), 1U);
        rig.advance(300ms - 1ns);
        EXPECT_EQ(rig.sent(control.outbox).size(), 0U);
        rig.advance(1ns);
        EXPECT_EQ(rig.sent(control.outbox), (std::vector{1}));
        rig.advance(998 * 300ms);
        EXPECT_EQ(rig.sent(control.outbox).size(), 998U);
        rig.advance(300ms);
        EXPECT_EQ(rig.sent(control.outbox), (std::vector{1000}));
        EXPECT_TRUE(rig.ended(control));
    });
}

TEST(MessageRateControl, ABurstLeavesAtOnceAtFirstAndAfterAPause) {
    Rig rig;
    auto& control = rig.add<Control>(Params{.period = 1s, .burst = 5});
    feed(rig, control, 10);
    rig.run();
    EXPECT_EQ(rig.sent(control.outbox).size(), 5U);
    rig.advance(5s);
    EXPECT_EQ(rig.sent(control.outbox).size(), 5U);
    rig.advance(2s);
    feed(rig, control, 10);
    rig.run();
    EXPECT_EQ(rig.sent(control.outbox).size(), 2U) << "saved in two seconds";
    rig.advance(1h);
    EXPECT_EQ(rig.sent(control.outbox).size(), 8U);
    feed(rig, control, 10);
    rig.run();
    EXPECT_EQ(rig.sent(control.outbox).size(), 5U) << "no more in an hour";
}

TEST(MessageRateControl, ASlowReaderGetsAtOnceWhatHasBecomeDueMeanwhile) {
    Rig rig;
    auto& control = rig.add<Control>(Params{.period = 1s});
    auto& reader = rig.add<parts::Idle<int>>(axon::InboxOptions{.capacity = 1});
    link(control.outbox, reader.inbox);
    feed(rig, control, 100);
    rig.advance(10s);
    EXPECT_EQ(control.outbox.sent(), 1U);
    reader.inbox.set_options({.capacity = 0});
    rig.run();
    EXPECT_EQ(control.outbox.sent(), 11U);
}

TEST(MessageRateControl, ABurstOfAnyLengthAndAPeriodOfAnyLengthAreNotTooLong) {
    for (const axon::Duration period :
         {axon::Duration{1ns}, axon::Duration{1s}, axon::Duration{std::chrono::years{90}}}) {
        Rig rig;
        auto& control = rig.add<Control>(Params{.period = period, .burst = 4'000'000'000});
        feed(rig, control, 2);
        rig.run();
        EXPECT_EQ(rig.sent(control.outbox).size(), 2U) << period;
    }
}

TEST(MessageRateControl, AShutdownComesAfterWhatWasThereAndAStopAtOnce) {
    Rig rig;
    auto& asked = rig.add<Control>(Params{.period = 1s});
    auto& stopped = rig.add<Control>(Params{.period = 1s});
    feed(rig, asked, 3);
    feed(rig, stopped, 3);
    rig.run();
    rig.shut_down(asked);
    rig.stop(stopped);
    EXPECT_TRUE(rig.ended(stopped));
    rig.advance(2s);
    EXPECT_EQ(rig.sent(asked.outbox).size(), 3U);
    EXPECT_TRUE(rig.ended(asked));
}

} // namespace
