#include "kamaelia/protocol/rtp/media_depacketiser.hpp"

#include "kamaelia/codec/vorbis_headers.hpp"
#include "kamaelia/protocol/rtp/opus_packetiser.hpp"
#include "kamaelia/protocol/rtp/vorbis_packetiser.hpp"
#include "tests/kamaelia/codec/vorbis_encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace kamaelia::rtp;
using kamaelia::testing::encode_vorbis;

constexpr std::uint32_t ident = 0x41'5AA3;
constexpr std::uint32_t base = 0xFFFF'F000; // soon to wrap

struct Timed {
    std::string data;
    std::int64_t timestamp;
    std::uint32_t duration;

    bool operator==(const Timed&) const = default;
};
void PrintTo(const Timed& timed, std::ostream* out) {
    *out << timed.timestamp << '+' << timed.duration << " (" << timed.data.size() << " bytes)";
}

class MediaDepacketiserTest : public ::testing::Test {
protected:
    MediaDepacketiserTest() {
        kamaelia::VorbisDurations durations{headers};
        std::int64_t timestamp = 0;
        packets.reserve(vorbis.packets.size());
        for (const auto& data : vorbis.packets) {
            const auto duration = durations.next(data);
            packets.push_back({data, timestamp, duration});
            timestamp += duration;
        }
    }
    // Packs those from `first` on, as a server does that begins there.
    std::vector<Payload> payloads_from(std::size_t first,
                                       const PacketiserLimits& limits = {.latency = 4'000}) {
        VorbisPacketiser packetiser{ident, limits};
        std::vector<Payload> payloads;
        const auto take = [&] {
            while (auto payload = packetiser.next()) payloads.push_back(*std::move(payload));
        };
        for (auto i = first; i < packets.size(); ++i) {
            packetiser.add({packets[i].data, packets[i].timestamp, packets[i].duration});
            take();
        }
        packetiser.flush();
        take();
        return payloads;
    }
    // What of it is out by then.
    std::vector<Timed> add(const Payload& payload) {
        depacketiser.add({.header = {.sequence = sequence++,
                                     .timestamp = base + static_cast<std::uint32_t>(payload.timestamp)},
                          .payload = payload.bytes.view()});
        return out();
    }
    std::vector<Timed> out() {
        std::vector<Timed> all;
        while (const auto packet = depacketiser.next())
            all.push_back({std::string{packet->data.view()}, packet->timestamp, packet->duration});
        return all;
    }
    std::vector<Timed> add_all(const std::vector<Payload>& payloads) {
        std::vector<Timed> all;
        for (const auto& payload : payloads) std::ranges::copy(add(payload), std::back_inserter(all));
        depacketiser.flush();
        std::ranges::copy(out(), std::back_inserter(all));
        return all;
    }
    std::vector<Timed> from(std::size_t first) const {
        return {packets.begin() + static_cast<std::ptrdiff_t>(first), packets.end()};
    }

    kamaelia::testing::EncodedVorbis vorbis = encode_vorbis(44'100, 1, 0.3F, 130'000);
    kamaelia::VorbisHeaders headers =
        kamaelia::read_vorbis_headers(vorbis.headers[0], vorbis.headers[2]).value();
    std::vector<Timed> packets;
    MediaDepacketiser depacketiser = MediaDepacketiser::of_vorbis(ident, headers);
    std::uint16_t sequence = 0xFFF0;
};

TEST_F(MediaDepacketiserTest, GivesBackEachPacketWithItsTime) {
    const auto is_long = [](const Timed& timed) { return timed.duration > 300; };
    ASSERT_TRUE(std::ranges::any_of(packets, is_long) && !std::ranges::all_of(packets, is_long));
    depacketiser.begin({.rtp_time = base});
    EXPECT_EQ(add_all(payloads_from(0)), packets);
    EXPECT_EQ(depacketiser.dropped(), 0U);
}

TEST_F(MediaDepacketiserTest, GivesBackFragments) {
    depacketiser.begin({.rtp_time = base});
    EXPECT_EQ(add_all(payloads_from(0, {.packet = 64, .latency = 0})), packets);
}

TEST_F(MediaDepacketiserTest, TheFirstOneLastsAsLongAsItDidWhereverItBegins) {
    // The packets after the first of a payload have no timestamp of their own.
    for (std::size_t first = 1; first < 60; ++first) {
        depacketiser.begin({.rtp_time = base});
        ASSERT_EQ(add_all(payloads_from(first)), from(first)) << first;
    }
}

TEST_F(MediaDepacketiserTest, WaitsOnlyForThePayloadAfterTheFirst) {
    depacketiser.begin({.rtp_time = base});
    const auto payloads = payloads_from(10);
    EXPECT_EQ(add(payloads[0]).size(), 0U);
    const auto two = add(payloads[1]);
    EXPECT_GT(two.size(), 2U);
    EXPECT_FALSE(add(payloads[2]).empty());
}

TEST_F(MediaDepacketiserTest, AGapBehindTheFirstPayloadIsNoDuration) {
    auto payloads = payloads_from(10);
    for (std::size_t i = 1; i < payloads.size(); ++i) payloads[i].timestamp += 12'345;
    depacketiser.begin({.rtp_time = base});
    const auto all = add_all(payloads);
    EXPECT_EQ(all[0].duration, 0U);
    EXPECT_EQ(all[1].timestamp, all[0].timestamp);
    EXPECT_EQ(all.back().timestamp, packets.back().timestamp + 12'345) << "what RTP says counts";
}

TEST_F(MediaDepacketiserTest, TimesAreReckonedFromTheBeginning) {
    depacketiser.begin({.rtp_time = base + 100, .timestamp = 5'000});
    EXPECT_EQ(add_all(payloads_from(0)).front().timestamp, 4'900);
    sequence -= 5; // it may be any number then
    depacketiser.begin({.timestamp = 7'000});
    const auto all = add_all(payloads_from(20));
    EXPECT_EQ(all.size(), packets.size() - 20);
    EXPECT_EQ(all.front().timestamp, 7'000) << "where nothing is said of it";
}

TEST_F(MediaDepacketiserTest, ALossCostsWhatIsLost) {
    const auto payloads =
        payloads_from(0, {.latency = 1'000}); // they begin and end with blocks of either size
    ASSERT_GT(payloads.size(), 10U);
    for (std::size_t lost = 0; lost + 2 < payloads.size(); ++lost) {
        depacketiser.begin({.rtp_time = base});
        std::vector<Timed> all;
        for (std::size_t i = 0; i < payloads.size(); ++i) {
            if (i == lost)
                ++sequence;
            else
                std::ranges::copy(add(payloads[i]), std::back_inserter(all));
        }
        // Those before and those behind it are there, as if nothing was lost.
        const auto [gap, from] = std::ranges::mismatch(all, packets);
        const auto missing = static_cast<std::ptrdiff_t>(packets.size() - all.size());
        ASSERT_GT(missing, 0) << lost;
        ASSERT_TRUE(std::equal(gap, all.end(), from + missing, packets.end())) << lost;
    }
}

TEST_F(MediaDepacketiserTest, DropsWhatIsLateOrNoVorbis) {
    const auto payloads = payloads_from(0);
    depacketiser.begin({.rtp_time = base});
    (void)add(payloads[0]);
    EXPECT_FALSE(add(payloads[1]).empty());
    sequence -= 2;
    EXPECT_TRUE(add(payloads[0]).empty()) << "from before";
    EXPECT_TRUE(add(payloads[1]).empty()) << "twice";
    EXPECT_EQ(depacketiser.dropped(), 2U);
    EXPECT_TRUE(add({.bytes = axon::Bytes{"junk"}, .timestamp = 0, .duration = 0, .marker = false}).empty());
    EXPECT_EQ(depacketiser.dropped(), 3U);
    (void)add(payloads[3]);
    const auto after = add(payloads[4]);
    ASSERT_FALSE(after.empty());
    const auto place = std::ranges::find(packets, after.front().data, &Timed::data);
    ASSERT_NE(place, packets.end());
    EXPECT_TRUE(std::equal(after.begin(), after.end(), place)) << "as after a loss";
}

TEST(MediaDepacketiser, OpusHasAPacketAPayload) {
    auto depacketiser = MediaDepacketiser::of_opus();
    depacketiser.begin({.rtp_time = 10, .timestamp = 960});
    const std::string packet = "\xFC"
                               "abc"; // 20 ms
    depacketiser.add({.header = {.sequence = 1, .timestamp = 10}, .payload = packet});
    depacketiser.add({.header = {.sequence = 2, .timestamp = 970}, .payload = packet});
    depacketiser.add({.header = {.sequence = 3, .timestamp = 1'930}, .payload = ""});
    const auto first = depacketiser.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->data.view(), packet);
    EXPECT_EQ(first->timestamp, 960);
    EXPECT_EQ(first->duration, 960U);
    EXPECT_EQ(depacketiser.next()->timestamp, 1'920);
    EXPECT_FALSE(depacketiser.next());
    EXPECT_EQ(depacketiser.dropped(), 1U);
}

} // namespace
