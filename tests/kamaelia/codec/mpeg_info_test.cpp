#include "kamaelia/codec/mpeg_info.hpp"

#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;
using namespace std::chrono_literals;

MediaInfo read(std::string_view file) {
    return read_media_info({.head = file, .tail = file, .size = file.size()});
}

std::string synchsafe(std::uint32_t value) {
    return {static_cast<char>(value >> 21 & 0x7F), static_cast<char>(value >> 14 & 0x7F),
            static_cast<char>(value >> 7 & 0x7F), static_cast<char>(value & 0x7F)};
}

std::string tag(int version, const std::string& frames) {
    return std::string{"ID3"} + static_cast<char>(version) + std::string(2, '\0') +
           synchsafe(static_cast<std::uint32_t>(frames.size())) + frames;
}

std::string frame(const std::string& name, const std::string& text) {
    return name + big_endian(text.size(), 4) + std::string(2, '\0') + text;
}

// MPEG 1, layer III, 128 kbit/s, 44.1 kHz, stereo.
const std::string header{"\xFF\xFB\x90\x00", 4};

TEST(MpegInfo, TellsOfEachKindOfTag) {
    const std::string latin1{"\0Ode \xE0 la", 9};
    const auto utf16 =
        std::string{"\x01\xFF\xFE"} + std::string{"O\0d\0e\0\x20\0\xE0\0\x20\0l\0a\0\0\0?\0", 20};
    for (const auto& text : {latin1, utf16, std::string{"\x03Ode \xC3\xA0 la\0more", 15}}) {
        EXPECT_EQ(read(tag(3, frame("TIT2", text))).title, "Ode à la");
        EXPECT_EQ(read(tag(4, frame("TIT2", text))).title, "Ode à la");
    }
    EXPECT_EQ(read(tag(3, frame("XXXX", "1") + frame("TPE1", std::string{"\0Someone", 8}))).artist,
              "Someone");
    EXPECT_EQ(read(tag(2, "TT2" + big_endian(4, 3) + std::string{"\0Ode", 4})).title, "Ode");
    std::string old = "TAG" + std::string(125, '\0');
    old.replace(3, 3, "Ode");
    old.replace(33, 7, "Someone");
    EXPECT_EQ(read(header + std::string(400, '\0') + old).title, "Ode");
    EXPECT_EQ(read(header + std::string(400, '\0') + old).artist, "Someone");
}

TEST(MpegInfo, CountsFramesWhereTheyAreCountedAndBytesElse) {
    const auto xing = header + std::string(32, '\0') + "Xing" + big_endian(1, 4) + big_endian(1000, 4);
    EXPECT_EQ(read(xing + std::string(1000, '\0')).duration,
              std::chrono::milliseconds{1000 * 1152 * 1000 / 44100});
    const auto vbri = header + std::string(32, '\0') + "VBRI" + std::string(10, '\0') + big_endian(1000, 4);
    EXPECT_EQ(read(vbri + std::string(1000, '\0')).duration,
              std::chrono::milliseconds{1000 * 1152 * 1000 / 44100});
    EXPECT_EQ(read(header + std::string(15'996, '\0')).duration, 1000ms);
    EXPECT_EQ(read(tag(3, frame("TIT2", "x")) + header + std::string(15'996, '\0')).duration, 1000ms);
}

TEST(MpegInfo, BelievesNothing) {
    EXPECT_EQ(read("ID3"), MediaInfo{});
    EXPECT_EQ(read(std::string{"ID3\x03\0\0\x7F\x7F\x7F\x7F", 10}), MediaInfo{});
    EXPECT_EQ(read(tag(3, "TIT2\xFF\xFF\xFF\xFF")), MediaInfo{});
    EXPECT_EQ(read(tag(5, frame("TIT2", "\x03T"))), MediaInfo{});
    EXPECT_EQ(read(tag(3, frame("TIT2", "\x09T"))), MediaInfo{});
    EXPECT_EQ(read("\xFF\xFB"), MediaInfo{});
    for (const std::string_view bad : {"\xFF\xEB\x90\x01", "\xFF\xF9\x90\x01", "\xFF\xFB\x01\x01",
                                       "\xFF\xFB\xF0\x01", "\xFF\xFB\x9C\x01", "text"})
        EXPECT_FALSE(begins_with_mpeg_frame(bad)) << bad;
    const auto all = tag(4, frame("TIT2", "\x03T") + frame("TPE1", "\x03"
                                                                   "A")) +
                     header + std::string(500, '\0');
    for (std::size_t size = 0; size < all.size(); ++size) (void)read(all.substr(0, size));
}

} // namespace
