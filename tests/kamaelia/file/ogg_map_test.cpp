#include "kamaelia/file/ogg_map.hpp"

#include "kamaelia/util/descriptor.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <expected>
#include <fcntl.h>
#include <string>

namespace {

using namespace kamaelia;
using kamaelia::testing::ogg_file;
using kamaelia::testing::vorbis_with_cut_end;

std::expected<OggMap, std::string> map_of(const std::string& bytes) {
    const kamaelia::testing::TemporaryDirectory directory;
    directory.write("a.ogg", bytes);
    const Descriptor file{::open((directory.path() / "a.ogg").c_str(), O_RDONLY | O_CLOEXEC)};
    return map_ogg_file(file.get(), bytes.size());
}

const kamaelia::testing::EncodedVorbis& short_one() {
    static const auto vorbis = vorbis_with_cut_end(44100, 2, 0.3F, 100'000);
    return vorbis;
}
// More than what is read of a file's end.
const kamaelia::testing::EncodedVorbis& long_one() {
    static const auto vorbis = vorbis_with_cut_end(44100, 2, 1.0F, 441'000);
    return vorbis;
}

TEST(OggMap, OfAFileIsItsLengthToTheSample) {
    for (const auto* vorbis : {&short_one(), &long_one()}) {
        const auto bytes = ogg_file(*vorbis);
        const auto map = map_of(bytes);
        ASSERT_TRUE(map) << map.error();
        ASSERT_EQ(map->links.size(), 1U);
        EXPECT_EQ(map->length(), vorbis->granules.back());
        EXPECT_EQ(map->links[0].end, bytes.size());
        EXPECT_EQ(map->links[0].base, 0);
        EXPECT_EQ(map->setup.view(), vorbis->headers[2]);
    }
}

TEST(OggMap, OfWhatWasCutOutOfALongerStreamBeginsWithZero) {
    const auto map = map_of(ogg_file(long_one(), {.shift = 123'456'789}));
    ASSERT_TRUE(map) << map.error();
    EXPECT_EQ(map->length(), long_one().granules.back());
    EXPECT_EQ(map->links[0].base, -123'456'789);
}

// What a decoder hears that goes on from one link to the next: the blocks as a whole, and those of the joint.
TEST(OggMap, OfAChainIsAllLinksThatOneDecoderPlays) {
    for (const auto* vorbis : {&short_one(), &long_one()}) {
        const auto one = ogg_file(*vorbis);
        const auto map =
            map_of(one + ogg_file(*vorbis, {.serial = 2, .shift = 5'000}) + ogg_file(*vorbis, {.serial = 3}));
        ASSERT_TRUE(map) << map.error();
        ASSERT_EQ(map->links.size(), 3U);
        const auto length = vorbis->granules.back();
        for (std::size_t i = 1; i < 3; ++i) {
            const auto& before = map->links[i - 1];
            const auto& link = map->links[i];
            EXPECT_GE(link.first, before.last);
            EXPECT_LT(link.first, before.last + 2048) << "what the last page cuts off is heard";
            EXPECT_GE(link.last - link.first, length);
            EXPECT_LE(link.last - link.first, length + 2048) << "the joint";
            EXPECT_EQ(link.serial, i + 1);
        }
        EXPECT_EQ(map->links[0].end, one.size());
        EXPECT_EQ(map->links[2].first - map->links[1].first, map->links[1].first - map->links[0].first +
                                                                 (map->links[1].base + 5'000) -
                                                                 map->links[1].first);
    }
}

TEST(OggMap, EndsWhereADecoderWouldHaveToBeAnother) {
    const auto other = vorbis_with_cut_end(22050, 2, 0.3F, 50'000);
    const auto one = ogg_file(short_one());
    const auto map = map_of(one + ogg_file(other, {.serial = 2}));
    ASSERT_TRUE(map) << map.error();
    EXPECT_EQ(map->links.size(), 1U);
    EXPECT_EQ(map->length(), short_one().granules.back());
}

TEST(OggMap, WhatFollowsTheAudioAndIsNoOggChangesNothing) {
    const auto map = map_of(ogg_file(short_one()) + std::string(200'000, 'x'));
    ASSERT_TRUE(map) << map.error();
    EXPECT_EQ(map->length(), short_one().granules.back());
}

TEST(OggMap, AFileThatIsCutOffIsAsLongAsWhatIsThere) {
    const auto bytes = ogg_file(long_one());
    const auto map = map_of(bytes.substr(0, bytes.size() / 2));
    ASSERT_TRUE(map) << map.error();
    EXPECT_GT(map->length(), long_one().granules.back() / 3);
    EXPECT_LT(map->length(), long_one().granules.back() * 2 / 3);
}

TEST(OggMap, SaysWhyAFileIsNone) {
    EXPECT_EQ(map_of("").error(), "it has no Vorbis and no Opus");
    EXPECT_EQ(map_of(std::string(1'000'000, 'x')).error(), "it has no Vorbis and no Opus");
    const auto bytes = ogg_file(short_one());
    EXPECT_EQ(map_of(bytes.substr(0, 2000)).error(), "it has no Vorbis and no Opus");
    kamaelia::testing::EncodedVorbis silent = short_one();
    for (auto& packet : silent.packets) packet.clear();
    EXPECT_EQ(map_of(ogg_file(silent)).error(), "it has no audio") << "whatever its pages say";
    silent.packets.clear();
    silent.granules.clear();
    EXPECT_EQ(map_of(ogg_file(silent)).error(), "it has no audio");
    auto backwards = short_one();
    std::ranges::reverse(backwards.granules);
    EXPECT_EQ(map_of(ogg_file(backwards)).error(), "its times make no sense");
}

TEST(OggMap, EndsWhateverAFileIsMadeOf) {
    const auto bytes = ogg_file(short_one());
    // Each page once as it would be after another, and with what its neighbours have.
    for (std::size_t cut = 0; cut < bytes.size(); cut += 997) {
        (void)map_of(bytes.substr(0, cut) + bytes);
        (void)map_of(bytes.substr(cut) + bytes.substr(0, cut));
    }
}

} // namespace
