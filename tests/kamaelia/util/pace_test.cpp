#include "kamaelia/util/pace.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace {

using namespace std::chrono_literals;
using axon::BitRate;
using kamaelia::due_after;

constexpr auto most = std::numeric_limits<std::uint64_t>::max();

TEST(Pace, SaysWhenBytesAreDue) {
    EXPECT_EQ(due_after(0, BitRate{400'000}), 0s);
    EXPECT_EQ(due_after(1, BitRate{400'000}), 20us);
    EXPECT_EQ(due_after(50'000, BitRate{400'000}), 1s);
    EXPECT_EQ(due_after(30'000'000, BitRate{400'000}), 10min);
}

TEST(Pace, RoundsUpSoThatNothingIsEarly) {
    EXPECT_EQ(due_after(1, BitRate{3}), 2'666'666'667ns);
    EXPECT_EQ(due_after(2, BitRate{3}), 5'333'333'334ns);
    EXPECT_EQ(due_after(3, BitRate{3}), 8s);
    EXPECT_EQ(due_after(1, BitRate{most}), 1ns);
}

TEST(Pace, IsExactAfterMonths) {
    // 100 days at 1 Gbit/s: the product of its bits and a second's nanoseconds does not fit 64 bits.
    const BitRate rate{1'000'000'000};
    EXPECT_EQ(due_after(1'080'000'000'000'000, rate), 100 * 24h);
    EXPECT_EQ(due_after(1'080'000'000'000'001, rate), 100 * 24h + 8ns);
}

TEST(Pace, DoesNotDriftOverHoursAtARateThatDividesNothing) {
    // Ten hours at 44,100 bit/s, and the second after them.
    EXPECT_EQ(due_after(198'450'000, BitRate{44'100}), 10h);
    EXPECT_EQ(due_after(198'450'001, BitRate{44'100}), 10h + 181'406ns);
}

TEST(Pace, TakesTheLatestThatFitsWhereNothingElseDoes) {
    EXPECT_EQ(due_after(most, BitRate{1}), kamaelia::latest_due);
    EXPECT_EQ(due_after(most, BitRate{most}), 8s);
}

} // namespace
