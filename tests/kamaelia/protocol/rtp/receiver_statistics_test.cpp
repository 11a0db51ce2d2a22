#include "kamaelia/protocol/rtp/receiver_statistics.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace {

using namespace kamaelia::rtp;
using namespace std::chrono_literals;

TEST(ReceiverStatistics, AreWhatAReportSays) {
    const auto statistics = statistics_of({.fraction_lost = 64, .lost = -3, .jitter = 441}, 0, 44'100);
    EXPECT_EQ(statistics.fraction_lost, 0.25);
    EXPECT_EQ(statistics.lost, -3);
    EXPECT_EQ(statistics.jitter, 10ms);
    EXPECT_EQ(statistics.round_trip, std::nullopt); // it has seen no report of ours
}

// RFC 3550 6.4.1, figure 2.
TEST(ReceiverStatistics, HaveTheRoundTripOfTheRfc) {
    const std::uint64_t arrival = 0xB710'8000'0000; // A = b710:8000
    const auto statistics =
        statistics_of({.last_report = 0xB705'2000, .since_last_report = 0x0005'4000}, arrival, 8'000);
    EXPECT_EQ(statistics.round_trip, 6125ms);
}

TEST(ReceiverStatistics, HaveNoRoundTripThatCannotBe) {
    struct Case {
        const char* what;
        std::uint32_t last_report;
        std::uint32_t since;
        double seconds; // below 0: none
    };
    const std::uint64_t arrival = 0x1234'0010'0000'0000; // middle: 0010:0000
    for (const auto& [what, last_report, since, seconds] :
         {Case{"at once", 0x0010'0000, 0, 0}, Case{"a second", 0x000E'0000, 0x0001'0000, 1},
          Case{"held longer than it took", 0x000F'0000, 0x0001'0001, -1},
          Case{"the largest delay", 0x000F'0000, 0xFFFF'FFFF, -1},
          Case{"from the future", 0x0011'0000, 0, -1}, Case{"from long ago", 0x8000'0000, 0, -1},
          Case{"after the wrap", 0xFFFF'0000, 0x0010'0000, 1}, Case{"a minute", 0xFFD4'0000, 0, 60},
          Case{"more", 0xFFD3'FFFF, 0, -1}}) {
        const auto statistics =
            statistics_of({.last_report = last_report, .since_last_report = since}, arrival, 8'000);
        EXPECT_EQ(statistics.round_trip.value_or(Seconds{-1}).count(), seconds) << what;
    }
}

TEST(ReceiverStatistics, HaveNoJitterThatCannotBe) {
    EXPECT_EQ(statistics_of({.jitter = 60 * 8'000}, 0, 8'000).jitter, 1min);
    EXPECT_EQ(statistics_of({.jitter = 60 * 8'000 + 1}, 0, 8'000).jitter, std::nullopt);
    constexpr auto most = std::numeric_limits<std::uint32_t>::max();
    EXPECT_EQ(statistics_of({.jitter = most}, 0, 48'000).jitter, std::nullopt);
    for (const auto jitter : {0U, 1U})
        EXPECT_EQ(statistics_of({.jitter = jitter}, 0, 0).jitter, std::nullopt) << "no clock, no time";
}

TEST(ReceiverStatistics, NeverLoseMoreThanAll) {
    EXPECT_LT(statistics_of({.fraction_lost = 255}, 0, 1).fraction_lost, 1);
}

} // namespace
