#include "kamaelia/codec/flac_info.hpp"

#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;
using namespace std::chrono_literals;

std::string block(int kind, const std::string& content) {
    return static_cast<char>(kind) + big_endian(content.size(), 3) + content;
}

TEST(FlacInfo, TellsTitleArtistAndDuration) {
    const auto file = "fLaC" + block(0, streaminfo(48000, 96000)) + block(1, std::string(50, '\0')) +
                      block(0x84, comment_block({"TITLE=T", "ARTIST=A"})) + "\xFF\xF8";
    EXPECT_EQ(read_flac_info(file), (MediaInfo{"T", "A", 2000ms}));
    EXPECT_EQ(read_media_info({.head = file, .tail = file, .size = file.size()}).title, "T");
}

TEST(FlacInfo, BelievesNothing) {
    EXPECT_FALSE(read_flac_info("fLaC" + block(0x80, streaminfo(0, 96000))).duration);
    EXPECT_FALSE(read_flac_info("fLaC" + block(0x80, streaminfo(48000, 0))).duration);
    EXPECT_FALSE(read_flac_info("fLaC" + block(0x80, streaminfo(1, 0xF'FFFF'FFFF))).duration);
    EXPECT_EQ(read_flac_info("fLaC" + block(0x80, "short")), MediaInfo{});
    const auto behind_the_last =
        "fLaC" + block(0x80, streaminfo(48000, 0)) + block(4, comment_block({"TITLE=T"}));
    EXPECT_EQ(read_flac_info(behind_the_last).title, "");
    const auto file = "fLaC" + block(0, streaminfo(48000, 96000)) + block(0x84, comment_block({"TITLE=T"}));
    for (std::size_t size = 0; size < file.size(); ++size) (void)read_flac_info(file.substr(0, size));
    const std::string endless = "fLaC" + std::string(100'000, '\0');
    EXPECT_EQ(read_flac_info(endless), MediaInfo{});
}

} // namespace
