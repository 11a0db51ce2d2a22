#include "kamaelia/protocol/rtp/rtp_packetiser.hpp"

#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtp/vorbis_depacketiser.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::MediaPacket;
using kamaelia::RTPPacketiser;

TEST(RTPPacketiser, BundlesVorbisAndSendsTheRestAtTheEnd) {
    Rig rig;
    auto& packetiser = rig.add<RTPPacketiser>(
        kamaelia::rtp::VorbisPacketiser{0x123456, {.packet = 1400, .latency = 1'000'000}});
    for (int i = 0; i < 20; ++i) rig.feed(packetiser.inbox, MediaPacket{Bytes{"a packet"}, i * 100, 100});
    rig.run();
    auto payloads = rig.sent(packetiser.outbox);
    ASSERT_EQ(payloads.size(), 1U) << "the others wait for more";
    EXPECT_EQ(payloads[0].timestamp, 0);
    EXPECT_EQ(payloads[0].duration, 1'500);
    rig.end(packetiser.inbox);
    rig.run();
    payloads = rig.sent(packetiser.outbox);
    ASSERT_EQ(payloads.size(), 1U);
    EXPECT_EQ(payloads[0].timestamp, 1'500);
    EXPECT_EQ(payloads[0].duration, 500);
    EXPECT_TRUE(rig.ended(packetiser));
}

TEST(RTPPacketiser, SendsEachPacketOfOpusAtOnce) {
    Rig rig;
    auto& packetiser = rig.add<RTPPacketiser>(kamaelia::rtp::OpusPacketiser{});
    rig.feed(packetiser.inbox, MediaPacket{Bytes{"\xF8 one"}, 0, 960});
    rig.feed(packetiser.inbox, MediaPacket{Bytes{"\xF8 two"}, 960, 960});
    rig.run();
    const auto payloads = rig.sent(packetiser.outbox);
    ASSERT_EQ(payloads.size(), 2U);
    EXPECT_EQ(payloads[1].bytes.view(), "\xF8 two");
    EXPECT_EQ(payloads[1].timestamp, 960);
}

} // namespace
