#include "kamaelia/util/rate_control.hpp"

#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::Duration;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;
using kamaelia::RateControl;
using Params = RateControl::Params;

constexpr axon::BitRate one_megabit{1'000'000}; // 125,000 bytes a second, slices of 12,500

Bytes bytes(std::size_t count) { return Bytes{std::string(count, 'x')}; }

std::size_t total(const std::vector<Bytes>& messages) {
    std::size_t sum = 0;
    for (const auto& message : messages) sum += message.size();
    return sum;
}

TEST(RateControl, NoByteLeavesBeforeItIsDueAndNoneLater) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit});
    rig.feed(control.inbox, bytes(250'000));
    rig.end(control.inbox);
    for (int tenth = 1; tenth < 20; ++tenth) {
        rig.advance(100ms - 1ns);
        EXPECT_TRUE(rig.sent(control.outbox).empty());
        rig.advance(1ns);
        EXPECT_EQ(total(rig.sent(control.outbox)), 12'500U);
        EXPECT_FALSE(rig.ended(control));
    }
    rig.advance(100ms);
    EXPECT_EQ(total(rig.sent(control.outbox)), 12'500U);
    EXPECT_TRUE(rig.ended(control));
}

TEST(RateControl, AnEmptyMessageComesThroughInItsPlace) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit});
    for (const std::size_t size : {1U, 0U, 2U}) rig.feed(control.inbox, bytes(size));
    rig.advance(1s);
    EXPECT_EQ(rig.sent(control.outbox), (std::vector{bytes(1), bytes(0), bytes(2)}));
}

TEST(RateControl, NeverDriftsHoweverTheBytesCome) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = {400'000}});
    auto& sink = rig.add<parts::Idle<Bytes>>(axon::InboxOptions{.capacity = 0, .bytes = 0});
    link(control.outbox, sink.inbox);
    for (std::size_t size = 1; size <= 2'500; ++size) rig.feed(control.inbox, bytes(size));
    rig.end(control.inbox);
    const auto due = 3'126'250 * 8 * 2'500ns; // a bit takes 2.5 us
    rig.advance(due - 1ns);
    EXPECT_FALSE(rig.ended(control));
    rig.advance(1ns);
    EXPECT_TRUE(rig.ended(control));
}

TEST(RateControl, ABurstLeavesAtOnceAtFirstAndAfterAPause) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit, .burst = 2s});
    rig.feed(control.inbox, bytes(500'000));
    rig.run();
    EXPECT_EQ(total(rig.sent(control.outbox)), 250'000U);
    rig.advance(1s);
    EXPECT_EQ(total(rig.sent(control.outbox)), 125'000U);
    rig.advance(1s);
    EXPECT_EQ(total(rig.sent(control.outbox)), 125'000U);
    rig.advance(1s);
    rig.feed(control.inbox, bytes(500'000));
    rig.run();
    EXPECT_EQ(total(rig.sent(control.outbox)), 125'000U) << "a second's pause is a second's burst";
    rig.advance(1min);
    EXPECT_EQ(total(rig.sent(control.outbox)), 375'000U);
    rig.advance(1h);
    rig.feed(control.inbox, bytes(500'000));
    rig.run();
    EXPECT_EQ(total(rig.sent(control.outbox)), 250'000U) << "an hour's pause is two seconds' burst";
}

TEST(RateControl, WithoutABurstAPauseIsLost) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit});
    rig.advance(1min);
    rig.feed(control.inbox, bytes(125'000));
    rig.advance(1s - 1ns);
    EXPECT_EQ(total(rig.sent(control.outbox)), 112'500U);
    rig.advance(1ns);
    EXPECT_EQ(total(rig.sent(control.outbox)), 12'500U);
}

TEST(RateControl, ASlowReaderGetsAtOnceWhatHasBecomeDueMeanwhileAndNoMore) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit});
    auto& reader = rig.add<parts::Idle<Bytes>>(axon::InboxOptions{.capacity = 1});
    link(control.outbox, reader.inbox);
    for (int i = 0; i < 100; ++i) rig.feed(control.inbox, bytes(12'500));
    rig.advance(3s);
    EXPECT_EQ(control.outbox.sent(), 1U);
    reader.inbox.set_options({.capacity = 0, .bytes = 0});
    rig.run();
    EXPECT_EQ(control.outbox.sent(), 30U);
    rig.advance(7s);
    EXPECT_EQ(control.outbox.sent(), 100U);
}

TEST(RateControl, CutsWhatIsTooLongAndSharesItsBytes) {
    Rig rig;
    auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit, .burst = 10s});
    const auto large = bytes(30'000);
    rig.feed(control.inbox, bytes(10));
    rig.feed(control.inbox, large);
    rig.run();
    const auto sent = rig.sent(control.outbox);
    ASSERT_EQ(sent.size(), 4U);
    EXPECT_EQ(sent[0].size(), 10U);
    EXPECT_EQ(sent[1].size(), 12'500U);
    EXPECT_EQ(sent[3].size(), 5'000U);
    EXPECT_EQ(sent[3].data(), large.data() + 25'000);
}

TEST(RateControl, AShutdownComesAfterWhatWasThereAndAStopAtOnce) {
    for (const bool stop : {true, false}) {
        for (int wait = 0; wait < 3; ++wait) { // for input, for the time, for room
            Rig rig;
            auto& control = rig.add<RateControl>(Params{.bitrate = one_megabit});
            auto& reader = rig.add<parts::Idle<Bytes>>(axon::InboxOptions{.capacity = 1});
            if (wait == 2) rig.feed(reader.inbox, bytes(1));
            link(control.outbox, reader.inbox);
            if (wait > 0) rig.feed(control.inbox, bytes(12'500));
            rig.advance(wait == 2 ? 1s : 0s);
            if (stop) {
                rig.stop(control);
                EXPECT_TRUE(rig.ended(control));
                continue;
            }
            rig.shut_down(control);
            rig.run();
            EXPECT_EQ(rig.ended(control), wait == 0);
            reader.inbox.set_options({.capacity = 0, .bytes = 0});
            rig.advance(100ms);
            EXPECT_TRUE(rig.ended(control));
            EXPECT_EQ(control.outbox.sent(), wait == 0 ? 0U : 1U);
        }
    }
}

TEST(RateControl, KeepsTheOrderAndTheRateInEveryOrderOfTurns) {
    parts::in_every_order(100, [](const RigOptions& options) {
        Rig rig{options};
        auto& control = rig.add<RateControl>(Params{.bitrate = {80'000}, .burst = 1s});
        std::string fed;
        for (int i = 0; i < 100; ++i) {
            fed += std::to_string(i) + std::string(300, ',');
            rig.feed(control.inbox, Bytes{std::to_string(i) + std::string(300, ',')});
        }
        rig.end(control.inbox);
        rig.advance(1s);
        std::string heard;
        for (const auto& part : rig.sent(control.outbox)) heard.append(part.view());
        EXPECT_LE(heard.size(), 20'000U);
        EXPECT_GT(heard.size(), 20'000U - 1'000U);
        rig.advance(10s);
        for (const auto& part : rig.sent(control.outbox)) heard.append(part.view());
        EXPECT_EQ(heard, fed);
    });
}

} // namespace
