#include "kamaelia/codec/packet_clock.hpp"

#include "tests/kamaelia/codec/vorbis_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia;
using ::testing::ElementsAre;
using Timed = PacketClock::Timed;

// Packets of Opus of 20 ms each: 960 samples.
class OpusClock : public ::testing::Test {
protected:
    std::vector<Timed> page(std::size_t count, std::optional<std::int64_t> granule = {}, bool last = false) {
        const std::vector<std::string_view> packets(count, "\xF8");
        const auto timed = clock.page({.packets = packets, .granule = granule, .last = last});
        return {timed.begin(), timed.end()};
    }
    std::vector<std::int64_t> begins(std::size_t count, std::optional<std::int64_t> granule = {},
                                     bool last = false) {
        std::vector<std::int64_t> all;
        for (const auto& each : page(count, granule, last)) all.push_back(each.timestamp); // NOLINT
        return all;
    }

    PacketDurations durations =
        PacketDurations::of({OggCodec::opus, 1, kamaelia::testing::opus_head(), "", ""}).value();
    PacketClock clock{durations};
};

TEST_F(OpusClock, BeginsWithZeroAndGoesOnAsThePacketsLast) {
    EXPECT_THAT(page(2, 1920), ElementsAre(Timed{0, 960}, Timed{960, 960}));
    EXPECT_THAT(begins(2, 3840), ElementsAre(1920, 2880));
    EXPECT_THAT(begins(0, 3840), ElementsAre());
    EXPECT_THAT(begins(1), ElementsAre(3840)) << "a page that says nothing of its position";
    EXPECT_EQ(clock.position(), 4800);
    EXPECT_EQ(clock.base(), 0);
}

TEST_F(OpusClock, BeginsWithZeroWhereverAFileWasCutOut) {
    EXPECT_THAT(begins(2, 1'001'920), ElementsAre(0, 960));
    EXPECT_EQ(clock.base(), -1'000'000);
    EXPECT_THAT(begins(1, 1'002'880), ElementsAre(1920));
}

TEST_F(OpusClock, APageThatCutsOffItsBeginningHasItAllTheSame) {
    EXPECT_THAT(begins(2, 1000), ElementsAre(0, 960)) << "920 samples are not to be heard";
    EXPECT_THAT(begins(1, 1960), ElementsAre(1920));
}

TEST_F(OpusClock, TheLastPageIsCountedAndNotRead) {
    (void)page(2, 1920);
    EXPECT_THAT(begins(2, 2000, true), ElementsAre(1920, 2880));
}

TEST_F(OpusClock, AFileOfOnePageMayBeCutOffAtItsEnd) {
    EXPECT_THAT(begins(2, 1000, true), ElementsAre(0, 960));
    EXPECT_EQ(clock.base(), 0);
}

TEST_F(OpusClock, AGapStaysAsLongAsItWas) {
    (void)page(1, 960);
    EXPECT_THAT(begins(1, 960 + 48'000 + 960), ElementsAre(960 + 48'000));
    EXPECT_THAT(begins(1), ElementsAre(960 + 48'000 + 960));
}

TEST_F(OpusClock, TimeNeverGoesBackAndNeverFarAhead) {
    (void)page(1, 960);
    for (const auto wrong : {std::int64_t{0}, std::int64_t{1000}, 960 + 61 * std::int64_t{48'000},
                             std::numeric_limits<std::int64_t>::max() / 2}) {
        const auto before = clock.position();
        EXPECT_THAT(begins(1, wrong), ElementsAre(*before)) << wrong;
    }
}

TEST_F(OpusClock, AfterAJumpThePageTellsUnlessItIsKnown) {
    clock.jump(-500);
    EXPECT_FALSE(clock.position());
    EXPECT_THAT(begins(2, 10'000), ElementsAre(10'000 - 500 - 1920, 10'000 - 500 - 960));
    clock.jump(-500, 77);
    EXPECT_THAT(begins(1, 0, true), ElementsAre(77));
}

TEST_F(OpusClock, LinksFollowOneAnother) {
    (void)page(2, 1000, true);
    clock.begin_link();
    EXPECT_FALSE(clock.base());
    // Of Opus, whose packets stand alone, the first one of a link has its samples, as it says by its
    // position.
    EXPECT_THAT(begins(1), ElementsAre(1920));
}

TEST(PacketClock, CountsRealVorbisAsItsEncoderDoes) {
    for (const auto& [rate, channels] : {std::pair{44100L, 2}, {8000L, 1}}) {
        const auto vorbis = kamaelia::testing::vorbis_with_cut_end(rate, channels, 0.3F, 100'000);
        const auto durations = PacketDurations::of(
            {OggCodec::vorbis, 1, vorbis.headers[0], vorbis.headers[1], vorbis.headers[2]});
        ASSERT_TRUE(durations);
        EXPECT_EQ(durations->rate(), rate);
        PacketClock clock{*durations};
        for (std::size_t i = 0; i < vorbis.packets.size(); ++i) {
            const bool last = i + 1 == vorbis.packets.size();
            const std::string_view packet = vorbis.packets[i];
            const auto timed =
                clock.page({.packets = {&packet, 1}, .granule = vorbis.granules[i], .last = last});
            ASSERT_EQ(timed.size(), 1U);
            EXPECT_EQ(timed[0].timestamp, i == 0 ? 0 : vorbis.granules[i - 1]) << i;
            if (!last) EXPECT_EQ(timed[0].timestamp + timed[0].duration, vorbis.granules[i]);
        }
        EXPECT_GT(*clock.position(), vorbis.granules.back()) << "what the last page cuts off counts";
    }
}

TEST(PacketClock, AJointHasTheSamplesOfTwoBlocksOnce) {
    const auto vorbis = kamaelia::testing::vorbis_with_cut_end(44100, 2, 0.3F, 30'000);
    const auto durations =
        PacketDurations::of({OggCodec::vorbis, 1, vorbis.headers[0], vorbis.headers[1], vorbis.headers[2]});
    PacketClock clock{*durations};
    const std::vector<std::string_view> packets{vorbis.packets.begin(), vorbis.packets.end()};
    const PacketClock::Page page{.packets = packets, .granule = vorbis.granules.back(), .last = true};
    (void)clock.page(page);
    const auto end = *clock.position();
    clock.begin_link();
    const auto timed = clock.page(page);
    EXPECT_EQ(timed[0].timestamp, end);
    const auto headers = read_vorbis_headers(vorbis.headers[0], vorbis.headers[2]);
    const auto joint = headers->block_size(packets.back()) / 4 + headers->block_size(packets.front()) / 4;
    EXPECT_EQ(timed[0].duration, joint);
    EXPECT_EQ(timed[1].timestamp, end + joint);
    EXPECT_EQ(clock.base(), end + joint);
}

} // namespace
