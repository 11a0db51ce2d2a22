#include "kamaelia/file/ogg_file_source.hpp"

#include "axon/testing/rig.hpp"
#include "kamaelia/codec/ogg_page.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace kamaelia;
using axon::testing::Rig;
using kamaelia::testing::ogg_file;
using kamaelia::testing::vorbis_with_cut_end;

// Marked as the first one of its stream, the page at the place of `file`.
std::string as_first(std::string file, std::size_t place) {
    const auto size = look_for_ogg_page(std::string_view{file}.substr(place)).size;
    file[place + 5] = static_cast<char>(file[place + 5] | 2);
    file.replace(place + 22, 4, 4, '\0');
    const auto crc = ogg_crc(0, std::string_view{file}.substr(place, size));
    return file.replace(place + 22, 4, kamaelia::testing::little_endian(crc, 4));
}

class OggFileSourceTest : public ::testing::Test {
protected:
    OggFileSourceTest() {
        before = vorbis.granules;
        before.insert(before.begin(), 0);
        before.pop_back();
    }
    Descriptor open() const {
        return Descriptor{::open((directory.path() / "a.ogg").c_str(), O_RDONLY | O_CLOEXEC)};
    }
    void write(const std::string& bytes) {
        directory.write("a.ogg", bytes);
        size = bytes.size();
        map = map_ogg_file(open().get(), size).value();
    }
    std::vector<MediaPacket> packets_from(std::int64_t begin) { return packets_of({.begin = begin}); }
    std::vector<MediaPacket> packets_of(const OggPart& part) {
        Rig rig;
        const auto start = find_start(open().get(), map->links, map->durations.preroll(), part.begin);
        auto& source = rig.add<OggFileSource>(FileReader{open(), size}, *map, start, part);
        rig.run();
        EXPECT_TRUE(rig.ended(source));
        return rig.sent(source.outbox);
    }

    kamaelia::testing::TemporaryDirectory directory;
    kamaelia::testing::EncodedVorbis vorbis = vorbis_with_cut_end(44100, 2, 0.6F, 441'000);
    std::vector<std::int64_t> before; ///< where each packet begins
    std::uint64_t size = 0;
    std::optional<OggMap> map;
};

TEST_F(OggFileSourceTest, SendsEachPacketWithItsTime) {
    for (const std::size_t a_page : {1U, 5U, 12U}) {
        write(ogg_file(vorbis, {.packets_a_page = a_page}));
        const auto packets = packets_from(0);
        ASSERT_EQ(packets.size(), vorbis.packets.size());
        for (std::size_t i = 0; i < packets.size(); ++i) {
            ASSERT_EQ(packets[i].data.view(), vorbis.packets[i]) << i;
            ASSERT_EQ(packets[i].timestamp, before[i]) << i;
        }
    }
}

TEST_F(OggFileSourceTest, BeginsWithThePacketBeforeTheOneThatHasTheSample) {
    // Of a page for each packet more has to be read than is sent: how long the first one lasts is not known.
    const std::pair<std::size_t, std::int64_t> files[] = {{7, 0}, {7, 1'000'000}, {1, 0}};
    for (const auto& [a_page, shift] : files) {
        write(ogg_file(vorbis, {.packets_a_page = a_page, .shift = shift}));
        for (std::int64_t target = 0; target < vorbis.granules.back(); target += 9'973) {
            const auto packets = packets_from(target);
            // The packet with the sample, as the encoder has counted them.
            const auto has = std::ranges::upper_bound(vorbis.granules, target) - vorbis.granules.begin();
            const auto first = static_cast<std::size_t>(std::max<std::ptrdiff_t>(has - 1, 0));
            ASSERT_EQ(packets.size(), vorbis.packets.size() - first) << target;
            ASSERT_EQ(packets[0].data.view(), vorbis.packets[first]) << target;
            ASSERT_EQ(packets[0].timestamp, before[first]) << target;
            ASSERT_EQ(packets.back().timestamp, before.back()) << target;
        }
    }
}

TEST_F(OggFileSourceTest, GoesOnWithTheVeryNextPacketWhereADecoderWaits) {
    write(ogg_file(vorbis));
    for (const std::size_t next : {1U, 2U, 100U, 300U}) {
        const auto packets = packets_of({.begin = before[next], .fill = false});
        ASSERT_FALSE(packets.empty());
        EXPECT_EQ(packets[0].data.view(), vorbis.packets[next]) << next;
        EXPECT_EQ(packets[0].timestamp, before[next]) << next;
    }
}

TEST_F(OggFileSourceTest, EndsWithThePart) {
    write(ogg_file(vorbis));
    const auto packets = packets_of({.begin = before[50], .end = before[60]});
    ASSERT_EQ(packets.size(), 11U);
    EXPECT_EQ(packets.back().data.view(), vorbis.packets[59]);
}

TEST_F(OggFileSourceTest, GoesOnWhereAPageOfAudioSaysThatItIsTheFirst) {
    vorbis = vorbis_with_cut_end(44100, 2, 1.0F, 882'000);
    const auto whole = ogg_file(vorbis);
    ASSERT_GT(whole.size(), 250'000U) << "more than what a map reads of its end";
    for (const auto fifth : {1U, 4U}) { // in front of that, and within
        write(as_first(whole, whole.find("OggS", whole.size() * fifth / 5)));
        EXPECT_EQ(map->length(), vorbis.granules.back());
        EXPECT_EQ(packets_from(0).size(), vorbis.packets.size());
        EXPECT_EQ(packets_from(vorbis.granules.back() - 1).back().data.view(), vorbis.packets.back());
    }
}

TEST_F(OggFileSourceTest, LeavesOutWhatIsNoAudio) {
    auto with_junk = vorbis;
    with_junk.packets.insert(with_junk.packets.begin() + 100, vorbis.headers[1]);
    with_junk.granules.insert(with_junk.granules.begin() + 100, vorbis.granules[99]);
    with_junk.packets.insert(with_junk.packets.begin() + 200, "");
    with_junk.granules.insert(with_junk.granules.begin() + 200, with_junk.granules[199]);
    write(ogg_file(with_junk));
    const auto packets = packets_from(0);
    ASSERT_EQ(packets.size(), vorbis.packets.size());
    EXPECT_EQ(packets[150].data.view(), vorbis.packets[150]);
    EXPECT_EQ(packets[250].timestamp, before[250]);
}

TEST_F(OggFileSourceTest, HasNothingToSendBehindTheEnd) {
    write(ogg_file(vorbis));
    EXPECT_TRUE(packets_from(vorbis.granules.back() + 100'000).empty());
}

TEST_F(OggFileSourceTest, AChainIsOneTimeLineFromWhereverItIsHeard) {
    write(ogg_file(vorbis) + ogg_file(vorbis, {.serial = 2, .packets_a_page = 5, .shift = 777}));
    const auto all = packets_from(0);
    ASSERT_EQ(all.size(), 2 * vorbis.packets.size());
    for (std::size_t i = 1; i < all.size(); ++i)
        ASSERT_EQ(all[i].timestamp, all[i - 1].timestamp + all[i - 1].duration) << i;
    const auto end = all.back().timestamp;
    for (std::int64_t target = 1; target < end; target += 37'123) {
        const auto some = packets_from(target);
        ASSERT_GE(some.size(), 2U) << target;
        const auto* const same = &all[all.size() - some.size()];
        for (std::size_t i = 0; i < some.size(); ++i) {
            ASSERT_EQ(some[i].timestamp, same[i].timestamp) << target;
            ASSERT_EQ(some[i].data, same[i].data) << target;
        }
        EXPECT_LE(some[1].timestamp, target);
        EXPECT_GT(some[1].timestamp + some[1].duration, target);
    }
}

TEST_F(OggFileSourceTest, EndsWhereTheDecoderWouldHaveToBeAnother) {
    const auto other = vorbis_with_cut_end(22050, 2, 0.3F, 50'000);
    write(ogg_file(vorbis) + ogg_file(other, {.serial = 2}));
    EXPECT_EQ(packets_from(0).size(), vorbis.packets.size());
}

TEST_F(OggFileSourceTest, EndsWhereTheFileWasCutMeanwhile) {
    write(ogg_file(vorbis));
    const auto whole = size;
    std::filesystem::resize_file(directory.path() / "a.ogg", whole / 2);
    size = whole;
    const auto packets = packets_from(0);
    EXPECT_GT(packets.size(), vorbis.packets.size() / 4);
    EXPECT_LT(packets.size(), vorbis.packets.size() * 3 / 4);
}

} // namespace
