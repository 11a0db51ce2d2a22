#include "kamaelia/protocol/rtp/opus_packetiser.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace {

using namespace kamaelia::rtp;

TEST(OpusPacketiser, MakesAPayloadOfEachPacket) {
    OpusPacketiser packetiser;
    EXPECT_FALSE(packetiser.next());
    for (const std::size_t size : {3U, 1275U, 3825U, 61'440U}) {
        const std::string data(size, 'o');
        packetiser.add({data, 960, 960});
        const auto payload = packetiser.next();
        ASSERT_TRUE(payload);
        EXPECT_EQ(payload->bytes.view(), data);
        EXPECT_EQ(payload->timestamp, 960);
        EXPECT_EQ(payload->duration, 960);
        EXPECT_FALSE(packetiser.next());
    }
    packetiser.flush();
    EXPECT_FALSE(packetiser.next());
}

TEST(OpusPacketiser, LeavesOutWhatIsNoDatagram) {
    OpusPacketiser packetiser;
    packetiser.add({"", 0, 0});
    EXPECT_FALSE(packetiser.next());
    const std::string data(65'496, 'o');
    packetiser.add({data, 0, 0});
    EXPECT_FALSE(packetiser.next());
}

TEST(OpusPacketiser, MarksTheFirstPacketAfterSilence) {
    OpusPacketiser packetiser;
    std::int64_t clock = 312;
    const auto marker = [&](const std::string& data) {
        packetiser.add({data, clock, 960});
        clock += 960;
        return packetiser.next()->marker;
    };
    EXPECT_FALSE(marker("first"));
    EXPECT_FALSE(marker("goes on"));
    EXPECT_FALSE(marker("on and on"));
    clock += 960 * 20; // nothing was sent
    EXPECT_TRUE(marker("again"));
    EXPECT_FALSE(marker("and on"));
    EXPECT_FALSE(marker("\xFC")); // the encoder says that it is silent
    EXPECT_FALSE(marker("\xFC"));
    EXPECT_TRUE(marker("again"));
    EXPECT_FALSE(marker("and on"));
    clock -= 960 * 5; // a jump back is no silence
    EXPECT_FALSE(marker("elsewhere"));
}

TEST(OpusPacketiser, IsDescribedAsTheRfcSays) {
    EXPECT_EQ(opus_fmtp(1), "sprop-stereo=0");
    EXPECT_EQ(opus_fmtp(2), "sprop-stereo=1");
}

} // namespace
