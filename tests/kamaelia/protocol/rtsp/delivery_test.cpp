// The two ways of a stream to its client.
#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtp/udp_delivery.hpp"
#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace std::string_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::Address;
using kamaelia::DatagramHeader;
using kamaelia::InterleavedDelivery;
using kamaelia::UDPDelivery;
using kamaelia::rtp::RtpPacket;

RtpPacket packet(std::string_view payload) { return {DatagramHeader{"head"}, Bytes{payload}}; }

TEST(InterleavedDelivery, FramesEachPacketOnItsChannel) {
    Rig rig;
    auto& delivery = rig.add<InterleavedDelivery>(kamaelia::rtsp::ChannelPair{4, 5});
    rig.feed(delivery.rtp, packet("payload"));
    rig.feed(delivery.rtcp, Bytes{"report"});
    rig.feed(delivery.rtp, packet(std::string(300, 'x')));
    rig.run();
    std::string all;
    for (const auto& bytes : rig.sent(delivery.outbox)) all += bytes.view();
    EXPECT_EQ(all, "$\x04\0\x0Bheadpayload"s + "$\x04\x01\x30head"s + std::string(300, 'x') +
                       "$\x05\0\x06report"s);
}

TEST(InterleavedDelivery, GoesOnWithWhatIsPlayedNext) {
    Rig rig;
    auto& delivery = rig.add<InterleavedDelivery>(kamaelia::rtsp::ChannelPair{0, 1});
    rig.feed(delivery.rtp, packet("one"));
    rig.feed(delivery.rtcp, Bytes{"a"});
    rig.end(delivery.rtp);
    rig.run();
    EXPECT_FALSE(rig.ended(delivery));
    rig.feed(delivery.rtcp, Bytes{"b"});
    rig.run();
    EXPECT_EQ(rig.sent(delivery.outbox).size(), 3U);
    rig.end(delivery.rtcp);
    rig.run();
    EXPECT_TRUE(rig.ended(delivery));
}

TEST(UDPDelivery, SendsToTheClientsTwoPorts) {
    Rig rig;
    auto& delivery =
        rig.add<UDPDelivery>(Address::ip("192.0.2.7", 40'000).value(), kamaelia::rtp::PortPair{5000, 5001});
    rig.feed(delivery.rtp, packet("payload"));
    rig.feed(delivery.rtcp, Bytes{"report"});
    rig.run();
    const auto rtp = rig.sent(delivery.to_rtp);
    const auto rtcp = rig.sent(delivery.to_rtcp);
    ASSERT_EQ(rtp.size(), 1U);
    EXPECT_EQ(rtp[0].peer.text(), "192.0.2.7:5000");
    EXPECT_EQ(rtp[0].header.view(), "head");
    EXPECT_EQ(rtp[0].data.view(), "payload");
    ASSERT_EQ(rtcp.size(), 1U);
    EXPECT_EQ(rtcp[0].peer.text(), "192.0.2.7:5001");
    EXPECT_EQ(rtcp[0].data.view(), "report");
    rig.end(delivery.rtp);
    rig.end(delivery.rtcp);
    rig.run();
    EXPECT_TRUE(rig.ended(delivery));
}

} // namespace
