#include "kamaelia/protocol/rtp/rtcp_schedule.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace {

using namespace kamaelia::rtp;
using namespace std::chrono_literals;

constexpr double compensation = 1.2182818284590452;
constexpr RtcpSchedule::Time start{1000s};

double seconds(RtcpSchedule::Time time) { return Seconds{time - start}.count(); }

// With 0.5 an interval is its deterministic one over e - 3/2.
RtcpSchedule schedule(std::uint64_t members = 2, double random = 0.5) {
    return RtcpSchedule{
        {.bandwidth = 600, .members = members, .senders = 0, .average_size = 75}, start, random};
}

TEST(RtcpSchedule, WaitsHalfAsLongForTheFirstOne) {
    auto due = schedule();
    EXPECT_NEAR(seconds(due.next()), 2.5 / compensation, 1e-6);
    const auto first = due.next();
    EXPECT_TRUE(due.is_due(first, 0.5));
    due.sent(first, 100, 0.5);
    EXPECT_NEAR(seconds(due.next()), 7.5 / compensation, 1e-6);
    EXPECT_TRUE(due.is_due(due.next(), 0.5));
    // The first one may also go out at once.
    auto at_once = schedule();
    at_once.sent(start, 100, 0.5);
    EXPECT_NEAR(seconds(at_once.next()), 5 / compensation, 1e-6);
}

TEST(RtcpSchedule, IsRandomEachTime) {
    EXPECT_NEAR(seconds(schedule(2, 0).next()), 1.25 / compensation, 1e-6);
    auto due = schedule();
    due.sent(start, 100, 0);
    EXPECT_NEAR(seconds(due.next()), 2.5 / compensation, 1e-6);
    // Asked with a larger number than the one it was reckoned with, it waits for that.
    EXPECT_FALSE(due.is_due(due.next(), 0.5));
    EXPECT_NEAR(seconds(due.next()), 5 / compensation, 1e-6);
    EXPECT_TRUE(due.is_due(due.next(), 0.2));
}

// 6.3.6: at its time it looks how many there are now.
TEST(RtcpSchedule, WaitsLongerAsMoreJoin) {
    auto due = schedule();
    due.sent(start, 75, 0.5);
    const auto next = due.next();
    due.set_members(start + 1s, 6000, 0, false); // 75 octets each at 450 a second
    EXPECT_EQ(due.next(), next);
    EXPECT_NEAR(due.interval().count(), 1000, 1);
    EXPECT_FALSE(due.is_due(next, 0.5));
    EXPECT_NEAR(seconds(due.next()), 1000 / compensation, 1);
    EXPECT_TRUE(due.is_due(due.next(), 0.5));
}

// 6.3.4: tn = tc + members / pmembers (tn - tc), and tp alike.
TEST(RtcpSchedule, ComesSoonerAsMembersLeave) {
    auto due = schedule(6000);
    due.sent(start, 75, 0.5);
    EXPECT_NEAR(seconds(due.next()), 1000 / compensation, 1);
    const auto before = seconds(due.next());
    due.set_members(start + 100s, 3000, 0, false);
    EXPECT_NEAR(seconds(due.next()), 100 + (before - 100) / 2, 0.01);
    // It was 100 s since the last one, and counts as 50.
    const auto at = [](double after_50) {
        return start + 50s +
               std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds{after_50 / compensation});
    };
    EXPECT_FALSE(due.is_due(at(499.9), 0.5));
    EXPECT_TRUE(due.is_due(at(500.1), 0.5));
    due.set_members(start + 100s, 3000, 0, false); // no fewer
    due.set_members(start + 100s, 0, 0, false);    // we are one
    EXPECT_EQ(due.interval(), 5s);
    EXPECT_LT(seconds(due.next()), 101);
}

TEST(RtcpSchedule, AveragesSizes) {
    auto due = schedule(6000);
    due.received(75 + 160);
    EXPECT_NEAR(due.interval().count(), (75 + 10) * 6000 / 450.0, 1e-6);
    due.sent(start, 85 - 16, 0.5);
    EXPECT_NEAR(due.interval().count(), (75 + 10 - 1) * 6000 / 450.0, 1e-6);
}

TEST(RtcpSchedule, GivesSendersTheirPart) {
    auto due = schedule(4000);
    due.set_members(start, 4000, 1, true);
    EXPECT_EQ(due.interval(), 2500ms); // the first one's
    due.sent(start, 75, 0.5);
    EXPECT_EQ(due.interval(), 5s);
}

} // namespace
