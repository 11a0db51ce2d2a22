#include "kamaelia/protocol/rtp/stream_clock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>

namespace {

using namespace std::chrono_literals;
using kamaelia::rtp::Payload;
using kamaelia::rtp::StreamClock;

constexpr axon::Time start{100s};

Payload payload(std::int64_t timestamp, std::int64_t duration) {
    return {axon::Bytes{"12345"}, timestamp, duration, false};
}

TEST(StreamClock, NumbersPacketsAndTheirTimes) {
    StreamClock clock{{.ssrc = 7, .sequence = 65'535, .timestamp = 4'294'967'290, .rate = 44'100}};
    clock.begin(1'000, start);
    const auto first = clock.next_header(payload(1'000, 576));
    EXPECT_EQ(first.sequence, 65'535);
    EXPECT_EQ(first.timestamp, 4'294'967'290);
    EXPECT_EQ(first.ssrc, 7U);
    EXPECT_EQ(first.payload_type, 96);
    const auto second = clock.next_header(payload(1'576, 1'024));
    EXPECT_EQ(second.sequence, 0) << "it wraps";
    EXPECT_EQ(second.timestamp, 570U) << "and so does the time";
    EXPECT_EQ(clock.sequence(), 1);
    EXPECT_EQ(clock.packets(), 2U);
    EXPECT_EQ(clock.octets(), 10U);
}

TEST(StreamClock, GoesOnWithoutAGapWhateverIsPlayedNext) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 5'000, .rate = 8'000}};
    clock.begin(0, start);
    (void)clock.next_header(payload(0, 800));
    clock.begin(400'000, start + 10min); // after a seek, and a long pause
    const auto header = clock.next_header(payload(400'000, 800));
    EXPECT_EQ(header.sequence, 2);
    EXPECT_EQ(header.timestamp, 5'800U);
    clock.begin(0, start); // backward, too
    EXPECT_EQ(clock.next_header(payload(0, 800)).timestamp, 6'600U);
}

TEST(StreamClock, CountsDeadlinesFromTheBeginningWithoutDrift) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 0, .rate = 44'100}};
    clock.begin(500, start);
    EXPECT_EQ(clock.due(500), start);
    EXPECT_EQ(clock.due(500 + 44'100), start + 1s);
    EXPECT_EQ(clock.due(500 + std::int64_t{44'100} * 86'400 * 365), start + std::chrono::hours{24 * 365});
    EXPECT_EQ(clock.due(501), start) << "a whole millisecond";
    EXPECT_EQ(clock.due(545), start + 1ms) << "less than one too early";
    clock.begin(500, start + 600us);
    EXPECT_EQ(clock.due(500), start);
    EXPECT_EQ(clock.due(518), start + 1ms) << "of the timeline: those of many streams fall together";
}

TEST(StreamClock, LetsTheBurstGoAtOnceAndTheRestInItsTime) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 0, .rate = 1'000, .burst = 2s, .lead = 1s}};
    clock.begin(500, start);
    EXPECT_EQ(clock.due(500), start);
    EXPECT_EQ(clock.due(500 + 1'999), start);
    EXPECT_EQ(clock.due(500 + 2'000), start + 1s);
    EXPECT_EQ(clock.due(500 + 10'000), start + 9s);
}

TEST(StreamClock, TellsHowLateAPacketIs) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 4'294'967'295U, .rate = 44'100, .lead = 2s}};
    clock.begin(500, start);
    const auto stamp = clock.rtp_time(std::int64_t{500 + 3 * 44'100});
    EXPECT_EQ(clock.lateness(stamp, start), -3s) << "though it is to leave two seconds ahead";
    EXPECT_EQ(clock.lateness(stamp, start + 3s), 0s);
    EXPECT_EQ(clock.lateness(stamp, start + 1min), 57s);
}

TEST(StreamClock, WhatIsThereForTheDecoderAloneIsNotLateBeforeItBegins) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 0, .rate = 1'000}};
    clock.begin(0, start);
    const auto before = clock.rtp_time(std::int64_t{-500});
    EXPECT_EQ(clock.lateness(before, start), 0s);
    EXPECT_EQ(clock.lateness(before, start + 2s), 2s);
}

TEST(StreamClock, WhatABrokenFileClaimsIsFarAwayAndNoMore) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 0, .rate = 1}};
    clock.begin(0, start);
    EXPECT_GT(clock.due(std::int64_t{1} << 62U), start + std::chrono::hours{24 * 365 * 99});
}

TEST(StreamClock, SendsSoMuchAheadOfItsTime) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 0, .rate = 1'000, .lead = 2s}};
    clock.begin(0, start);
    EXPECT_EQ(clock.due(2'000), start);
    EXPECT_EQ(clock.due(3'000), start + 1s);
}

TEST(StreamClock, TellsTheTimestampOfAnInstant) {
    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 100, .rate = 48'000}};
    clock.begin(9'999, start);
    EXPECT_EQ(clock.rtp_time(start), 100U);
    EXPECT_EQ(clock.rtp_time(start + 1500ms), 100U + 72'000U);
    EXPECT_EQ(clock.rtp_time(std::int64_t{9'999} + 480), 580U);
}

} // namespace
