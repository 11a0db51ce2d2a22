#include "kamaelia/protocol/rtp/vorbis_packetiser.hpp"

#include "axon/check.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia::rtp;
using namespace std::string_view_literals;

constexpr std::uint32_t ident = 0x41'5AA3;
constexpr std::int64_t long_time = 1'000'000;

// Payloads in order; a packet of `size` bytes and `duration` samples after the other.
class Packetising {
public:
    explicit Packetising(std::size_t packet = 1400, std::int64_t latency = long_time)
        : packetiser{ident, {.packet = packet, .latency = latency}} {}

    void add(std::size_t size, std::uint32_t duration, char letter = 'a') {
        const std::string data(size, letter);
        packetiser.add({data, clock, duration});
        clock += duration;
        take();
    }
    void flush() {
        packetiser.flush();
        take();
    }
    // The numbers of packets in the payloads that there are.
    [[nodiscard]] std::vector<int> counts() const {
        std::vector<int> all;
        all.reserve(payloads.size());
        for (const auto& payload : payloads) all.push_back(payload.bytes.view()[3]);
        return all;
    }

    VorbisPacketiser packetiser;
    std::int64_t clock = 0;
    std::vector<Payload> payloads;

private:
    void take() {
        while (auto payload = packetiser.next()) payloads.push_back(std::move(*payload));
    }
};

TEST(VorbisPacketiser, PutsALengthBeforeEachPacket) {
    Packetising run;
    run.clock = 5000;
    run.add(3, 128, 'a');
    run.add(258, 576, 'b');
    EXPECT_TRUE(run.payloads.empty());
    run.flush();
    ASSERT_EQ(run.payloads.size(), 1U);
    const auto& payload = run.payloads[0];
    // Ident | F=0, VDT=0, 2 packets | length and packet, twice
    std::string expected{"\x41\x5A\xA3"
                         "\x02"
                         "\x00\x03"
                         "aaa"
                         "\x01\x02"sv};
    expected += std::string(258, 'b');
    EXPECT_EQ(payload.bytes.view(), expected);
    EXPECT_EQ(payload.timestamp, 5000);
    EXPECT_EQ(payload.duration, 704);
    EXPECT_FALSE(payload.marker);
    run.flush();
    EXPECT_EQ(run.payloads.size(), 1U); // there is no more
}

TEST(VorbisPacketiser, BundlesAtMost15) {
    Packetising run;
    for (int i = 0; i < 15; ++i) run.add(10, 100);
    EXPECT_EQ(run.counts(), std::vector{15}); // and does not wait for the next
    for (int i = 0; i < 16; ++i) run.add(10, 100);
    run.flush();
    EXPECT_EQ(run.counts(), (std::vector{15, 15, 1}));
    EXPECT_EQ(run.payloads[1].timestamp, 1500);
    EXPECT_EQ(run.payloads[2].timestamp, 3000);
}

TEST(VorbisPacketiser, FillsThePacketToTheByte) {
    // 100 bytes: 12 of header, 4 of payload header, and 2 + 40 twice.
    Packetising exact{100};
    exact.add(40, 100);
    exact.add(40, 100);
    exact.flush();
    EXPECT_EQ(exact.counts(), std::vector{2});
    EXPECT_EQ(exact.payloads[0].bytes.size() + header_size, 100U);
    Packetising over{100};
    over.add(40, 100);
    over.add(41, 100);
    EXPECT_EQ(over.counts(), std::vector{1}); // as soon as it is known
    over.flush();
    EXPECT_EQ(over.counts(), (std::vector{1, 1}));
    Packetising alone{100};
    alone.add(82, 100);
    alone.flush();
    EXPECT_EQ(alone.counts(), std::vector{1});
    EXPECT_EQ(alone.payloads[0].bytes.size() + header_size, 100U);
}

TEST(VorbisPacketiser, BundlesNoLongerThanTheLatency) {
    Packetising run{1400, 2000};
    for (int i = 0; i < 5; ++i) run.add(10, 1000);
    run.flush();
    EXPECT_EQ(run.counts(), (std::vector{2, 2, 1}));
    Packetising less{1400, 1999};
    less.add(10, 1000);
    less.add(10, 1000);
    less.add(10, 5000); // alone it may be longer
    less.flush();
    EXPECT_EQ(less.counts(), (std::vector{1, 1, 1}));
    EXPECT_EQ(less.payloads[2].duration, 5000);
    // The decoder's first packet lasts no time.
    Packetising first{1400, 0};
    first.add(10, 0);
    first.add(10, 0);
    first.flush();
    EXPECT_EQ(first.counts(), std::vector{2});
}

TEST(VorbisPacketiser, BundlesNothingOverAGap) {
    for (const std::int64_t step : {1, -1, 1 << 20}) {
        Packetising run;
        run.add(10, 100);
        run.clock += step;
        run.add(10, 100);
        run.flush();
        EXPECT_EQ(run.counts(), (std::vector{1, 1}));
        EXPECT_EQ(run.payloads[1].timestamp, 100 + step);
    }
}

TEST(VorbisPacketiser, CutsWhatDoesNotFit) {
    Packetising run{100};
    run.add(10, 100, 'a');
    run.add(82 + 82 + 1, 200, 'b');
    run.add(10, 100, 'c');
    run.flush();
    ASSERT_EQ(run.payloads.size(), 5U);
    struct Row {
        int kinds; // fragment type and count
        std::size_t size;
        std::int64_t timestamp;
        std::int64_t duration;
        char letter;
    };
    const Row rows[] = {{0x01, 10, 0, 100, 'a'},
                        {0x40, 82, 100, 0, 'b'},
                        {0x80, 82, 100, 0, 'b'},
                        {0xC0, 1, 100, 200, 'b'},
                        {0x01, 10, 300, 100, 'c'}};
    for (std::size_t i = 0; i < 5; ++i) {
        const auto& payload = run.payloads[i];
        const auto expected = "\x41\x5A\xA3" + std::string(1, static_cast<char>(rows[i].kinds)) + '\0' +
                              static_cast<char>(rows[i].size) + std::string(rows[i].size, rows[i].letter);
        EXPECT_EQ(payload.bytes.view(), expected) << i;
        EXPECT_EQ(payload.timestamp, rows[i].timestamp) << i;
        EXPECT_EQ(payload.duration, rows[i].duration) << i;
        EXPECT_LE(payload.bytes.size() + header_size, 100U);
    }
    Packetising two{100};
    two.add(83, 100);
    EXPECT_EQ(two.payloads.size(), 2U); // by itself, without a flush
    Packetising large;
    large.add(1'000'000, 100);
    EXPECT_EQ(large.payloads.size(), (1'000'000U + 1381) / 1382);
}

TEST(VorbisPacketiser, LeavesOutWhatIsEmpty) {
    Packetising run;
    run.add(0, 0);
    run.flush();
    EXPECT_TRUE(run.payloads.empty());
}

TEST(VorbisPacketiser, RefusesALimitThatIsNone) {
#ifndef AXON_DEV
    EXPECT_THROW((VorbisPacketiser{ident, {.packet = 63}}), axon::CheckFailed);
    EXPECT_THROW((VorbisPacketiser{ident, {.packet = 65536}}), axon::CheckFailed);
#endif
    EXPECT_NO_THROW((VorbisPacketiser{ident, {.packet = 64}}));
    EXPECT_NO_THROW((VorbisPacketiser{ident, {.packet = 65535}}));
}

} // namespace
