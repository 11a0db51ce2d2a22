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
    // 6.3.6: asked with a larger number than the one it was reckoned with, it waits for that.
    EXPECT_FALSE(due.is_due(due.next(), 0.5));
    EXPECT_NEAR(seconds(due.next()), 5 / compensation, 1e-6);
    EXPECT_TRUE(due.is_due(due.next(), 0.2));
}

TEST(RtcpSchedule, AveragesSizes) {
    auto due = schedule(6000); // at 450 octets a second
    due.received(75 + 160);
    EXPECT_FALSE(due.is_due(due.next(), 0.5)) << "a larger one has come";
    EXPECT_NEAR(seconds(due.next()), (75 + 10) * 6000 / 450.0 / compensation, 1e-6);
    due.sent(start, 85 - 16, 0.5);
    EXPECT_NEAR(seconds(due.next()), (75 + 10 - 1) * 6000 / 450.0 / compensation, 1e-6);
}

} // namespace
