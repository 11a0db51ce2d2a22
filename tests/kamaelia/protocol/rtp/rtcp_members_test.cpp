#include "kamaelia/protocol/rtp/rtcp_members.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>

namespace {

using namespace kamaelia::rtp;
using namespace std::chrono_literals;

constexpr RtcpMembers::Time start{1000s};

TEST(RtcpMembers, CountsEachOnce) {
    RtcpMembers members{64, 1};
    EXPECT_TRUE(members.hear(7, start));
    EXPECT_FALSE(members.hear(7, start));
    EXPECT_TRUE(members.hear_media(3, start));
    EXPECT_FALSE(members.hear_media(7, start));
    EXPECT_TRUE(members.hear(9, start));
    EXPECT_EQ(members.members(), 3U);
    EXPECT_EQ(members.senders(), 2U);
    EXPECT_TRUE(members.remove(3));
    EXPECT_FALSE(members.remove(3));
    EXPECT_FALSE(members.remove(8));
    EXPECT_EQ(members.members(), 2U);
    EXPECT_EQ(members.senders(), 1U);
}

TEST(RtcpMembers, GoWhenTheyAreSilent) {
    RtcpMembers members{64, 1};
    members.hear(1, start);
    members.hear_media(2, start);
    members.hear(3, start + 10s);
    members.hear(2, start + 10s); // its reports go on, its media has ended
    EXPECT_FALSE(members.time_out(start, start));
    EXPECT_EQ(members.senders(), 1U);
    EXPECT_FALSE(members.time_out(start, start + 1ns));
    EXPECT_EQ(members.senders(), 0U);
    EXPECT_TRUE(members.time_out(start + 1ns, start));
    EXPECT_EQ(members.members(), 2U);
    EXPECT_TRUE(members.hear(1, start + 20s)); // it is new again
}

TEST(RtcpMembers, AMillionAreASample) {
    RtcpMembers members{1024, 0xC0FF'EE00};
    std::size_t most = 0;
    for (std::uint32_t ssrc = 0; ssrc < 1'000'000; ++ssrc) {
        if (ssrc % 10 == 0)
            members.hear_media(ssrc, start);
        else
            members.hear(ssrc, start);
        most = std::max(most, members.kept());
    }
    EXPECT_LE(most, 1024U);
    EXPECT_GT(members.kept(), 256U);
    EXPECT_NEAR(static_cast<double>(members.members()), 1e6, 1.5e5);
    EXPECT_NEAR(static_cast<double>(members.senders()), 1e5, 4e4);
    // When they have gone there is room for everyone again, a bit at each time.
    for (int i = 0; i < 20; ++i) members.time_out(start + 1s, start);
    EXPECT_EQ(members.members(), 0U);
    for (std::uint32_t ssrc = 0; ssrc < 200; ++ssrc) EXPECT_TRUE(members.hear(ssrc, start + 2s));
    EXPECT_EQ(members.members(), 200U);
}

TEST(RtcpMembers, OneRoomIsEnough) {
    RtcpMembers members{1, 5};
    for (std::uint32_t ssrc = 0; ssrc < 10'000; ++ssrc) {
        members.hear(ssrc, start);
        EXPECT_LE(members.kept(), 1U);
    }
}

} // namespace
