#include "kamaelia/protocol/rtp/ntp_time.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>

namespace {

using namespace kamaelia::rtp;
using namespace std::chrono;
using namespace std::chrono_literals;

system_clock::time_point at(nanoseconds since_1970) {
    return system_clock::time_point{duration_cast<system_clock::duration>(since_1970)};
}

TEST(NtpTime, CountsFrom1900) {
    EXPECT_EQ(ntp_time(at(0s)), std::uint64_t{2'208'988'800} << 32);
    EXPECT_EQ(ntp_time(at(500ms)), (std::uint64_t{2'208'988'800} << 32) + 0x8000'0000);
    EXPECT_EQ(ntp_time(at(250ms)) & 0xFFFF'FFFF, 0x4000'0000U);
    EXPECT_EQ(ntp_time(at(999'999'999ns)) & 0xFFFF'FFFF, 0xFFFF'FFFBU);
    // RFC 3550 6.4.1, figure 2: 10 November 1995, 11:33:25.125 UTC
    const auto example = sys_days{1995y / November / 10d} + 11h + 33min + 25s + 125ms;
    EXPECT_EQ(ntp_time(example), 0xB44D'B705'2000'0000U);
    EXPECT_EQ(middle_of(0xB44D'B705'2000'0000U), 0xB705'2000U);
    // 7 February 2036, 6:28:16: the seconds wrap.
    EXPECT_EQ(ntp_time(sys_days{2036y / February / 7d} + 6h + 28min + 16s), 0U);
}

TEST(NtpTime, IsShortForDifferences) {
    EXPECT_EQ(ntp_short(0x0001'8000), duration<double>{1.5});
    // The RFC's example: 0005:4000 is 5.25 s.
    EXPECT_EQ(ntp_short(0x0005'4000), duration<double>{5.25});
}

} // namespace
