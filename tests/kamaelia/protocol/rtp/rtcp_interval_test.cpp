#include "kamaelia/protocol/rtp/rtcp_interval.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace {

using namespace kamaelia::rtp;
using namespace std::chrono_literals;

constexpr double bandwidth = 800; // 5 % of 128 kbit/s, in octets a second

double interval(std::uint64_t members, std::uint64_t senders, bool we_send) {
    return deterministic_interval({.bandwidth = bandwidth,
                                   .members = members,
                                   .senders = senders,
                                   .we_send = we_send,
                                   .average_size = 100})
        .count();
}

TEST(RtcpInterval, IsAtLeastItsMinimum) {
    EXPECT_EQ(interval(2, 1, true), 5);
    EXPECT_EQ(deterministic_interval({.bandwidth = bandwidth, .initial = true}), 2500ms);
    EXPECT_EQ(deterministic_interval({.bandwidth = bandwidth, .minimum = 360s / 128.0}), Seconds{2.8125});
}

// RFC 3550 6.2: a quarter for the senders, while they are no more than a quarter of all.
TEST(RtcpInterval, DividesTheBandwidthAmongMembers) {
    EXPECT_DOUBLE_EQ(interval(10'000, 1, false), 100 * 9999 / 600.0); // 28 minutes
    EXPECT_DOUBLE_EQ(interval(10'000, 1, true), 5);                   // the sender's own part
    EXPECT_DOUBLE_EQ(interval(1'000'000, 1, false), 100 * 999'999 / 600.0);
    EXPECT_DOUBLE_EQ(interval(400, 100, true), 100 * 100 / 200.0);
    EXPECT_DOUBLE_EQ(interval(400, 100, false), 100 * 300 / 600.0);
    EXPECT_DOUBLE_EQ(interval(400, 101, true), 100 * 400 / 800.0); // they share all
    EXPECT_DOUBLE_EQ(interval(400, 101, false), 100 * 400 / 800.0);
    EXPECT_DOUBLE_EQ(interval(800, 800, true), 100);
}

TEST(RtcpInterval, IsRandomAndCompensated) {
    const RtcpLoad load{.bandwidth = bandwidth, .members = 8000, .senders = 1, .average_size = 100};
    const double whole = 100 * 7999 / 600.0;
    EXPECT_NEAR(rtcp_interval(load, 0).count(), 0.5 * whole / 1.21828, 0.01);
    EXPECT_NEAR(rtcp_interval(load, 0.5).count(), whole / 1.21828, 0.01);
    EXPECT_NEAR(rtcp_interval(load, 0.999999).count(), 1.5 * whole / 1.21828, 0.01);
    EXPECT_NEAR(rtcp_interval({.bandwidth = bandwidth, .initial = true}, 0).count(), 1.026, 0.001);
}

TEST(RtcpInterval, EndsWhateverTheNumbers) {
    constexpr Seconds week = 168h;
    EXPECT_EQ(deterministic_interval({.bandwidth = 0}), week);
    EXPECT_EQ(deterministic_interval({.bandwidth = -1}), week);
    EXPECT_EQ(deterministic_interval({.bandwidth = 1e-300, .members = UINT64_MAX, .average_size = 1e300}),
              week);
    EXPECT_EQ(deterministic_interval({.bandwidth = bandwidth, .members = 0, .senders = 5}), 5s);
}

} // namespace
