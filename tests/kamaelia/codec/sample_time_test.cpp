#include "kamaelia/codec/sample_time.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kamaelia;
using namespace std::chrono_literals;

TEST(NearestSample, IsTheOneWhoseTimeItWas) {
    for (const std::uint32_t rate : {1U, 8'000U, 22'050U, 44'100U, 48'000U, 192'000U})
        for (std::int64_t sample = 0; sample < rate * std::int64_t{3'000'000'000};
             sample = sample * 7 / 3 + 1)
            ASSERT_EQ(nearest_sample(time_of_samples(sample, rate), rate), sample) << rate;
}

TEST(NearestSample, IsNear) {
    EXPECT_EQ(nearest_sample(0ns, 48'000), 0);
    EXPECT_EQ(nearest_sample(499ms, 1), 0);
    EXPECT_EQ(nearest_sample(501ms, 1), 1);
    EXPECT_EQ(nearest_sample(1500us, 8'000), 12);
}

} // namespace
