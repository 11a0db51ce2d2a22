#include "kamaelia/codec/opus_packet.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using kamaelia::opus_packet_samples;

TEST(OpusPacket, LastsAsLongAsItsFirstBytesSay) {
    const auto packet = [](unsigned configuration, unsigned code, const std::string& rest = "") {
        return static_cast<char>(configuration << 3 | code) + rest;
    };
    EXPECT_EQ(opus_packet_samples(packet(0, 0)), 480);
    EXPECT_EQ(opus_packet_samples(packet(3, 0)), 2880);
    EXPECT_EQ(opus_packet_samples(packet(13, 1)), 1920);
    EXPECT_EQ(opus_packet_samples(packet(16, 2)), 240);
    EXPECT_EQ(opus_packet_samples(packet(31, 0)), 960);
    EXPECT_EQ(opus_packet_samples(packet(31, 3, "\x06")), 5760);
    EXPECT_EQ(opus_packet_samples(packet(31, 3, "\x07")), 0) << "more than 120 ms";
    EXPECT_EQ(opus_packet_samples(packet(16, 3, "\x31")), 0) << "49 frames";
    EXPECT_EQ(opus_packet_samples(packet(16, 3, "\xC1")), 120) << "the upper bits are no count";
    EXPECT_EQ(opus_packet_samples(packet(16, 3)), 0);
    EXPECT_EQ(opus_packet_samples(""), 0);
}

} // namespace
