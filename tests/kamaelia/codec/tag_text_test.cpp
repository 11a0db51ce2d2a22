#include "kamaelia/codec/tag_text.hpp"

#include "kamaelia/codec/media_info.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace {

using namespace kamaelia;
using namespace std::string_view_literals;

TEST(TagText, IsCleanWhateverItWas) {
    EXPECT_EQ(clean_text("Ode à la"), "Ode à la");
    EXPECT_EQ(clean_text(" \t a\r\nb\0c \n"sv), "a  b c");
    EXPECT_EQ(clean_text("a\xC2\x85"
                         "b"),
              "a b");
    EXPECT_EQ(clean_text("a\xFF"
                         "b\xE2\x82"),
              "a\uFFFDb\uFFFD\uFFFD");
    EXPECT_EQ(clean_text(""), "");
    EXPECT_EQ(clean_text("\n"), "");
}

TEST(TagText, IsCutBetweenCharacters) {
    std::string long_text;
    for (int i = 0; i < 100; ++i) long_text += "€";
    const auto text = clean_text(long_text);
    EXPECT_EQ(text.size(), MediaInfo::longest_text / 3 * 3);
    EXPECT_TRUE(long_text.starts_with(text));
}

TEST(TagText, ComesFromLatin1AndUtf16) {
    EXPECT_EQ(utf8_from_latin1("caf\xE9"), "café");
    EXPECT_EQ(utf8_from_utf16("\xFF\xFE"
                              "a\0\xAC\x20\x3D\xD8\x00\xDE"sv,
                              true),
              "a€😀");
    EXPECT_EQ(utf8_from_utf16("\xFE\xFF\0a\x20\xAC\xD8\x3D\xDE\x00"sv, false), "a€😀");
    EXPECT_EQ(utf8_from_utf16("\0a"sv, true), "a");
    EXPECT_EQ(utf8_from_utf16("a\0"sv, false), "a");
    EXPECT_EQ(utf8_from_utf16("\xD8\x3D\0a\xDE\x00\xD8\x3D"sv, true), "\uFFFDa\uFFFD\uFFFD");
    EXPECT_EQ(utf8_from_utf16("\0"sv, true), "");
}

} // namespace
