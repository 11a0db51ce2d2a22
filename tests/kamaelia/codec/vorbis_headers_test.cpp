#include "kamaelia/codec/vorbis_headers.hpp"

#include "kamaelia/codec/vorbis_durations.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"
#include "tests/kamaelia/codec/vorbis_encoder.hpp"

#include <gtest/gtest.h>
#include <vorbis/codec.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;

// Least significant bit first, as libogg's bit packer does it.
class BitWriter {
public:
    BitWriter& put(std::uint64_t value, unsigned bits) {
        for (unsigned i = 0; i < bits; ++i, ++count_) {
            if (count_ % 8 == 0) bytes_ += '\0';
            if ((value >> i & 1) != 0) bytes_.back() = static_cast<char>(bytes_.back() | 1 << count_ % 8);
        }
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
    unsigned count_ = 0;
};

struct Mode {
    unsigned flag = 0;
    unsigned window = 0;
    unsigned transform = 0;
    unsigned mapping = 0;
};

// `says` is the number of modes that the header claims.
std::string setup_header(const std::vector<Mode>& modes, std::size_t says, unsigned framing = 1,
                         unsigned shift = 0, unsigned floor = 1, unsigned residue = 2) {
    BitWriter writer;
    writer.put(0xFFFF'FFFF, 32).put(1, shift);      // what codebooks may be
    writer.put(0, 8).put(floor, 8).put(residue, 8); // the last submap, with its time
    writer.put(says - 1, 6);
    for (const auto& mode : modes)
        writer.put(mode.flag, 1).put(mode.window, 16).put(mode.transform, 16).put(mode.mapping, 8);
    writer.put(framing, 1);
    return "\x05vorbis" +
           std::string{"\x01"
                       "BCV"} +
           writer.bytes();
}

std::string reason(const std::string& identification, const std::string& setup) {
    const auto headers = read_vorbis_headers(identification, setup);
    return headers ? "" : headers.error();
}

TEST(VorbisHeaders, SayWhatLibvorbisReads) {
    struct Case {
        long rate;
        int channels;
        float quality;
    };
    // Of six channels libvorbisenc would leak.
    for (const auto& [rate, channels, quality] :
         {Case{8000, 1, 0.1F}, Case{8000, 2, -0.1F}, Case{22050, 1, 0.4F}, Case{44100, 2, 0.4F},
          Case{44100, 1, -0.1F}, Case{44100, 2, 1.0F}, Case{48000, 2, 0.0F}, Case{48000, 4, 0.3F},
          Case{96000, 2, 0.5F}}) {
        SCOPED_TRACE(std::to_string(rate) + ' ' + std::to_string(channels) + ' ' + std::to_string(quality));
        auto encoded = encode_vorbis(rate, channels, quality, 30'000);
        const auto headers = read_vorbis_headers(encoded.headers[0], encoded.headers[2]);
        ASSERT_TRUE(headers) << headers.error();

        vorbis_info info;
        vorbis_comment comment;
        vorbis_info_init(&info);
        vorbis_comment_init(&comment);
        const auto packet = [](std::string& bytes) {
            ogg_packet out{};
            out.packet = reinterpret_cast<unsigned char*>(bytes.data());
            out.bytes = static_cast<long>(bytes.size());
            return out;
        };
        for (auto& header : encoded.headers) {
            auto each = packet(header);
            each.b_o_s = &header == &encoded.headers[0];
            ASSERT_EQ(vorbis_synthesis_headerin(&info, &comment, &each), 0);
        }
        EXPECT_EQ(headers->channels, info.channels);
        EXPECT_EQ(headers->rate, info.rate);
        EXPECT_EQ(headers->nominal_bitrate, std::max(info.bitrate_nominal, 0L));
        EXPECT_EQ(headers->short_block, vorbis_info_blocksize(&info, 0));
        EXPECT_EQ(headers->long_block, vorbis_info_blocksize(&info, 1));

        VorbisDurations durations{*headers};
        std::int64_t samples = 0;
        bool both[2] = {};
        for (std::size_t i = 0; i < encoded.packets.size(); ++i) {
            auto each = packet(encoded.packets[i]);
            ASSERT_EQ(headers->block_size(encoded.packets[i]), vorbis_packet_blocksize(&info, &each));
            both[headers->block_size(encoded.packets[i]) == headers->long_block] = true;
            samples += durations.next(encoded.packets[i]);
            // The encoder's last position is cut off at the end of what it was given.
            if (i + 1 < encoded.packets.size()) ASSERT_EQ(samples, encoded.granules[i]) << i;
        }
        EXPECT_GT(samples, 30'000);
        EXPECT_TRUE(both[1] && (both[0] || headers->short_block == headers->long_block));
        vorbis_comment_clear(&comment);
        vorbis_info_clear(&info);
    }
}

TEST(VorbisHeaders, CutOffAnywhereAreRefused) {
    for (const auto& encoded : {encode_vorbis(44100, 2, 0.4F, 0), encode_vorbis(8000, 1, 0.1F, 0)}) {
        const auto& [identification, comment, setup] = encoded.headers;
        ASSERT_TRUE(read_vorbis_headers(identification, setup));
        for (std::size_t i = 0; i < identification.size(); ++i)
            EXPECT_FALSE(read_vorbis_headers(identification.substr(0, i), setup)) << i;
        // A piece of a codebook may end like a list of modes; it seldom does, and then it is one.
        std::size_t taken = 0;
        for (std::size_t i = 0; i < setup.size(); ++i) {
            const auto headers = read_vorbis_headers(identification, setup.substr(0, i));
            if (!headers) continue;
            ++taken;
            EXPECT_TRUE(headers->modes >= 1 && headers->modes <= 64) << i;
            EXPECT_LE(std::bit_width(headers->long_modes), headers->modes) << i;
        }
        EXPECT_LE(taken, setup.size() / 100);
        EXPECT_FALSE(read_vorbis_headers(setup, identification));
        EXPECT_FALSE(read_vorbis_headers(identification, comment));
    }
}

TEST(VorbisHeaders, BelieveNoIdentification) {
    const auto setup = setup_header({{0}, {1}}, 2);
    const auto good = vorbis_head();
    ASSERT_EQ(reason(good, setup), "");
    const auto with = [&](std::size_t at, int byte) {
        auto head = good;
        head[at] = static_cast<char>(byte);
        return head;
    };
    EXPECT_EQ(reason(vorbis_head(0), setup), "the rate is 0");
    EXPECT_EQ(reason(vorbis_head(44100, 0), setup), "it has 0 channels");
    EXPECT_EQ(reason(with(7, 1), setup), "the version is 1, expected 0");
    EXPECT_EQ(reason(with(29, 0), setup), "the identification header's framing bit is 0");
    EXPECT_EQ(reason(with(0, 3), setup), "there is no identification header");
    struct Blocks {
        int small;
        int large;
        bool good;
    };
    for (const auto& [small, large, is_good] :
         {Blocks{11, 8, false}, Blocks{5, 8, false}, Blocks{0, 0, false}, Blocks{8, 14, false},
          Blocks{15, 15, false}, Blocks{6, 13, true}, Blocks{6, 6, true}, Blocks{13, 13, true}})
        EXPECT_EQ(reason(vorbis_head(44100, 2, small, large), setup).empty(), is_good) << small << large;
    EXPECT_EQ(
        reason(vorbis_head(44100, 2, 11, 8), setup),
        "the block sizes are 2048 and 256, expected powers of two from 64 to 8192, the first not larger");
}

TEST(VorbisHeaders, TakeTheLargestNumbers) {
    const auto setup = setup_header({{0}, {1}}, 2);
    auto head = vorbis_head(0xFFFF'FFFF, 255, 6, 13);
    auto headers = read_vorbis_headers(head, setup);
    ASSERT_TRUE(headers);
    EXPECT_EQ(*headers, (VorbisHeaders{.rate = 0xFFFF'FFFF,
                                       .nominal_bitrate = 0,
                                       .short_block = 64,
                                       .long_block = 8192,
                                       .channels = 255,
                                       .modes = 2,
                                       .long_modes = 2}));
    head.replace(20, 4, little_endian(128'000, 4));
    EXPECT_EQ(read_vorbis_headers(head, setup)->nominal_bitrate, 128'000U);
    head.replace(20, 4, little_endian(0xFFFF'FFFF, 4)); // -1: unknown
    EXPECT_EQ(read_vorbis_headers(head, setup)->nominal_bitrate, 0U);
}

TEST(VorbisHeaders, ReadAnyNumberOfModesAtAnyPlaceInAByte) {
    for (std::size_t count = 1; count <= 64; ++count) {
        std::vector<Mode> modes;
        std::uint64_t flags = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const bool is_long = i % 3 == 1;
            modes.push_back({.flag = is_long, .mapping = static_cast<unsigned>(i)});
            if (is_long) flags |= std::uint64_t{1} << i;
        }
        const auto headers = read_vorbis_headers(
            vorbis_head(), setup_header(modes, count, 1, static_cast<unsigned>(count % 8)));
        ASSERT_TRUE(headers) << count;
        EXPECT_EQ(headers->modes, count);
        EXPECT_EQ(headers->long_modes, flags) << count;
    }
}

TEST(VorbisHeaders, BelieveNoSetup) {
    const auto head = vorbis_head();
    const std::vector<Mode> two{{0}, {1}};
    // Whose mappings are not taken for the number of a shorter list.
    const std::vector<Mode> two_others{{.mapping = 63}, {.flag = 1, .mapping = 63}};
    std::vector<Mode> too_many(65, {.mapping = 63});
    too_many[65 - 17].mapping = 0;
    const std::string no_modes = "the setup header does not end in a list of modes";
    EXPECT_EQ(reason(head, setup_header(two, 2)), "");
    EXPECT_EQ(reason(head, setup_header(two_others, 2)), "");
    struct Case {
        const char* what;
        std::string setup;
        std::string reason;
    };
    for (const auto& [what, setup, why] : {
             Case{"framing bit 0", setup_header(two, 2, 0), no_modes},
             Case{"modes, but another number", setup_header(two_others, 3), no_modes},
             Case{"a number without modes", setup_header({}, 2), no_modes},
             Case{"0 modes", setup_header({}, 65), no_modes},
             Case{"65 modes", setup_header(too_many, 65), no_modes},
             Case{"a window", setup_header({{0}, {.flag = 1, .window = 1}}, 2), no_modes},
             Case{"a transform", setup_header({{0}, {.flag = 1, .transform = 1}}, 2), no_modes},
             Case{"mapping 64", setup_header({{0}, {.flag = 1, .mapping = 64}}, 2), no_modes},
             Case{"floor 64", setup_header(two_others, 2, 1, 0, 64, 63), no_modes},
             Case{"residue 64", setup_header(two_others, 2, 1, 0, 63, 64), no_modes},
             Case{"the last floor and residue", setup_header(two_others, 2, 1, 0, 63, 63), ""},
             Case{"zeros",
                  std::string{"\x05vorbis\x01"
                              "BCV"} +
                      std::string(1000, '\0'),
                  no_modes},
             Case{"no codebook", "\x05vorbis" + std::string(100, 'a'), "the setup header has no codebook"},
             Case{"nothing", "", "there is no setup header"},
             Case{"only its name", "\x05vorbis", "the setup header has no codebook"},
         })
        EXPECT_EQ(reason(head, setup), why) << what;
}

// The upper bits of the first mode's mapping are the number of a list of two.
TEST(VorbisHeaders, TakeTheLongestListOfModes) {
    const auto headers =
        read_vorbis_headers(vorbis_head(), setup_header({{.flag = 1, .mapping = 4}, {0}, {1}}, 3));
    ASSERT_TRUE(headers);
    EXPECT_EQ(headers->modes, 3);
    EXPECT_EQ(headers->long_modes, 0b101U);
}

TEST(VorbisHeaders, KnowTheBlockOfAPacketByItsMode) {
    const auto headers = *read_vorbis_headers(vorbis_head(), setup_header({{0}, {1}, {1}}, 3));
    const auto packet = [](unsigned mode, unsigned kind = 0) {
        return std::string(1, static_cast<char>(mode << 1 | kind)) + "rest";
    };
    EXPECT_EQ(headers.block_size(packet(0)), 256U);
    EXPECT_EQ(headers.block_size(packet(1)), 2048U);
    EXPECT_EQ(headers.block_size(packet(2)), 2048U);
    EXPECT_EQ(headers.block_size(packet(0b111'00)), 256U); // higher bits are no part of the number
    EXPECT_EQ(headers.block_size(packet(3)), 0U);          // there is no such mode
    EXPECT_EQ(headers.block_size(packet(0, 1)), 0U);       // a header
    EXPECT_EQ(headers.block_size(""), 0U);
    // With one mode no bit is spent on it.
    const auto one = *read_vorbis_headers(vorbis_head(), setup_header({{1}}, 1));
    EXPECT_EQ(one.block_size(packet(0)), 2048U);
    EXPECT_EQ(one.block_size(packet(1)), 2048U);
    EXPECT_EQ(VorbisHeaders{}.block_size(packet(0)), 0U);
}

TEST(VorbisDurations, AreAQuarterOfBothBlocks) {
    VorbisDurations durations{*read_vorbis_headers(vorbis_head(), setup_header({{0}, {1}}, 2))};
    const std::string small(1, '\0');
    const std::string large(1, '\x02');
    EXPECT_EQ(durations.next(large), 0U);
    EXPECT_EQ(durations.next(large), 1024U);
    EXPECT_EQ(durations.next(small), 576U);
    EXPECT_EQ(durations.next(small), 128U);
    EXPECT_EQ(durations.next(large), 576U);
    EXPECT_EQ(durations.next(""), 0U);
    EXPECT_EQ(durations.next("\x01vorbis"), 0U);
    EXPECT_EQ(durations.next(small), 576U); // neither was there
    durations.reset();
    EXPECT_EQ(durations.next(large), 0U);
    EXPECT_EQ(durations.next(large), 1024U);
    EXPECT_EQ(durations.headers().long_block, 2048);
}

} // namespace
