#include "kamaelia/codec/ogg_info.hpp"

#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;
using namespace std::chrono_literals;

// Of a file that is read as a whole from both ends, or up to so many bytes from each.
MediaInfo read(std::string_view file, std::size_t most = std::string_view::npos) {
    const auto tail = file.size() > most ? file.substr(file.size() - most) : file;
    return read_media_info({.head = file.substr(0, most), .tail = tail, .size = file.size()});
}

TEST(OggInfo, TellsTitleArtistAndDurationOfVorbis) {
    const auto info =
        read(vorbis_file({"title=Ode", "ARTIST=Someone", "ARTIST=Another", "TITLE=No"}, 44), 8000);
    EXPECT_EQ(info.title, "Ode");
    EXPECT_EQ(info.artist, "Someone");
    EXPECT_EQ(info.duration, std::chrono::milliseconds{440'000 * 1000 / 44100});
}

TEST(OggInfo, CountsARecordingFromWhereItBegins) {
    for (const auto start : {std::int64_t{1'000'000}, std::int64_t{1} << 40})
        EXPECT_EQ(read(vorbis_file({}, 44, start), 8000).duration,
                  std::chrono::milliseconds{440'000 * 1000 / 44100});
}

TEST(OggInfo, TellsOfOpusWithoutThePreSkip) {
    // 20 ms packets of CELT: 960 samples each.
    const auto file = [](std::int64_t start) {
        OggBuilder stream;
        auto bytes = stream.page({opus_head()}, 0) +
                     stream.page({"OpusTags" + comment_block({"TITLE=Air", "artist=B"})}, 0);
        for (int i = 1; i <= 50; ++i)
            bytes += stream.page({"\xFC"
                                  "a",
                                  "\xFC"
                                  "b"},
                                 start + i * 1920);
        return bytes;
    };
    for (const std::int64_t start : {0, 48000}) {
        const auto info = read(file(start));
        EXPECT_EQ(info.title, "Air");
        EXPECT_EQ(info.artist, "B");
        EXPECT_EQ(info.duration, std::chrono::milliseconds{(50 * 1920 - 312) * 1000 / 48000}) << start;
    }
}

TEST(OggInfo, TellsOfFlacAndSpeex) {
    OggBuilder flac;
    auto file = flac.page({std::string{"\x7F"
                                       "FLAC\x01\0\0\x01"
                                       "fLaC\0\0\0\x22",
                                       17} +
                           streaminfo(48000, 0)},
                          0);
    file += flac.page({std::string{"\x84\0\0\0", 4} + comment_block({"TITLE=Lossless"})}, 0);
    file += flac.page({"a", "b"}, 8192) + flac.page({"a", "b"}, 16384) + flac.page({"a"}, 96000);
    EXPECT_EQ(read(file), (MediaInfo{"Lossless", "", 2000ms}));

    OggBuilder speex;
    file =
        speex.page({"Speex   " + std::string(28, '\0') + little_endian(16000, 4) + std::string(40, '\0')}, 0);
    file += speex.page({comment_block({"TITLE=Talk"})}, 0);
    file += speex.page({"a", "b"}, 640) + speex.page({"a", "b"}, 1280) + speex.page({"a"}, 32000);
    EXPECT_EQ(read(file), (MediaInfo{"Talk", "", 2000ms}));
}

TEST(OggInfo, FindsTheAudioBesideOtherStreams) {
    OggBuilder skeleton{7};
    OggBuilder audio{8};
    const auto file = skeleton.page({"fishead" + std::string(57, '\0')}, 0) + audio.page({vorbis_head()}, 0) +
                      skeleton.page({""}, 0, true) + audio.page({vorbis_comments({"TITLE=T"}), "setup"}, 0) +
                      audio.page({"a"}, 441) + audio.page({"a"}, 44100);
    EXPECT_EQ(read(file), (MediaInfo{"T", "", 1000ms}));
}

TEST(OggInfo, SaysNothingOfAChainsDuration) {
    const auto first = vorbis_file({"TITLE=First"}, 30);
    const auto chain = first + vorbis_file({"TITLE=Second"}, 30, 0, 2);
    for (const std::size_t most : {std::size_t{8000}, chain.size()})
        EXPECT_EQ(read(chain, most), (MediaInfo{"First", "", std::nullopt})) << most;
}

TEST(OggInfo, TakesWhatThereIsOfALargeCommentHeader) {
    const auto file = vorbis_file({"TITLE=T", "PICTURE=" + std::string(100'000, 'p'), "ARTIST=A"}, 44);
    EXPECT_EQ(read(file, 70'000).title, "T");
    EXPECT_EQ(read(file, 70'000).artist, "");
    EXPECT_TRUE(read(file, 70'000).duration);
    EXPECT_EQ(read(file).artist, "A");
}

std::string with(std::string file, std::size_t at, char byte) {
    file[at] = byte;
    return file;
}

TEST(OggInfo, BelievesNothing) {
    OggBuilder stream;
    const auto good = vorbis_file({"TITLE=T"}, 3);
    struct Case {
        const char* what;
        std::string file;
        std::string title;
        bool duration;
    };
    const auto headers = [](const std::string& head, const std::string& comments, std::int64_t granule) {
        OggBuilder each;
        return each.page({head}, 0) + each.page({comments, "setup"}, 0) + each.page({"a"}, granule);
    };
    const auto tags = vorbis_comments({"TITLE=T"});
    const Case cases[] = {
        {"it is good", good, "T", true},
        {"nothing", "", "", false},
        {"a magic alone", "OggS", "", false},
        {"a wrong checksum of the first page", with(good, 40, 'x'), "", false},
        {"another version of the first page", with(good, 4, '\1'), "", false},
        {"rate 0", headers(vorbis_head(0), tags, 44100), "", false},
        {"0 channels", headers(vorbis_head(44100, 0), tags, 44100), "", false},
        {"255 channels", headers(vorbis_head(44100, 255), tags, 44100), "T", true},
        {"block sizes swapped", headers(vorbis_head(44100, 2, 11, 8), tags, 44100), "", false},
        {"position -1 everywhere", headers(vorbis_head(), tags, -1), "T", false},
        {"a negative position", headers(vorbis_head(), tags, -5), "T", false},
        {"position 2^63-1", headers(vorbis_head(), tags, INT64_MAX), "T", false},
        {"2^32-1 comments",
         headers(vorbis_head(),
                 std::string{"\x03vorbis", 7} + little_endian(0, 4) + little_endian(0xFFFFFFFF, 4), 441),
         "", true},
        {"a vendor that is longer than all",
         headers(vorbis_head(), std::string{"\x03vorbis\xFF\xFF\xFF\xFF", 11}, 441), "", true},
        {"a title that is longer than all",
         headers(vorbis_head(),
                 std::string{"\x03vorbis", 7} + little_endian(0, 4) + little_endian(1, 4) +
                     little_endian(1000, 4) + "TITLE=T",
                 441),
         "", true},
        {"Opus of version 16", headers(opus_head(312, 16), "OpusTags" + comment_block({"TITLE=T"}), 4800), "",
         false},
        {"Opus without channels",
         headers(opus_head(312, 1, 0), "OpusTags" + comment_block({"TITLE=T"}), 4800), "", false},
        {"a pre-skip that is longer than all",
         headers(opus_head(65535), "OpusTags" + comment_block({"TITLE=T"}), 4800), "T", false},
        {"an unknown codec", headers("Unheard", tags, 44100), "", false},
        {"two first pages of one serial", good + good, "T", true},
        {"no end", good.substr(0, good.size() - 10), "T", true},
    };
    for (const auto& c : cases) {
        const auto info = read(c.file);
        EXPECT_EQ(info.title, c.title) << c.what;
        EXPECT_EQ(info.duration.has_value(), c.duration) << c.what;
    }
}

TEST(OggInfo, TakesATruncatedFileAtEveryByte) {
    const auto file = vorbis_file({"TITLE=T"}, 2);
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto info = read(file.substr(0, size));
        EXPECT_TRUE(info.title.empty() || info.title == "T");
    }
}

TEST(OggInfo, IsNotTiredByManyStreams) {
    std::string file;
    for (int serial = 0; serial < 10'000; ++serial) file += OggBuilder{serial}.page({"Unheard"}, 0);
    EXPECT_EQ(read(file), MediaInfo{});
    std::string chain;
    for (int serial = 0; serial < 10'000; ++serial) chain += vorbis_file({}, 1, 0, serial).substr(0, 58);
    EXPECT_EQ(read(chain), MediaInfo{});
}

// Each first packet of each codec, cut after every byte, in a page whose checksum is right.
TEST(OggInfo, TakesNothingFromAPacketThatIsTooShort) {
    const std::vector<std::string> whole{
        "\x01vorbis" + std::string(23, '\1'), "OpusHead" + std::string(11, '\1'),
        "Speex   " + std::string(28, '\0') + little_endian(16000, 4) + std::string(40, '\0'),
        std::string{"\x7F"
                    "FLAC\x01\0\0\1fLaC\0\0\0\x22",
                    17} +
            std::string(34, '\1')};
    for (const auto& packet : whole) {
        for (std::size_t size = 0; size < packet.size(); ++size) {
            OggBuilder cut;
            const auto file = cut.page({packet.substr(0, size)}, 0) + cut.page({"a"}, 100);
            EXPECT_NO_THROW((void)read(file)) << packet.substr(0, 8) << size;
        }
    }
}

TEST(OggInfo, DoesNotBelieveAPositionInTheNextMillennium) {
    OggBuilder opus;
    const auto file = opus.page({opus_head()}, 0) + opus.page({"OpusTags" + std::string(8, '\0')}, 0) +
                      opus.page({"a"}, std::numeric_limits<std::int64_t>::max());
    EXPECT_FALSE(read(file).duration);
}

} // namespace
