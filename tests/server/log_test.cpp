// What a log line may hold, whoever sent it.
#include "server/log.hpp"

#include <gtest/gtest.h>

namespace {

using server::printable;

TEST(Printable, LeavesTextAsItIs) {
    EXPECT_EQ(printable("plain"), "plain");
    EXPECT_EQ(printable("Motörhead ♫ 🎵"), "Motörhead ♫ 🎵");
}

TEST(Printable, EscapesControlCharacters) {
    EXPECT_EQ(printable("a\nb\x7F\x1B[1m"), "a\\x0ab\\x7f\\x1b[1m");
    EXPECT_EQ(printable("\xC2\x85"), "\\xc2\\x85") << "NEL ends a line too";
}

TEST(Printable, EscapesWhatIsNoUtf8) {
    EXPECT_EQ(printable("\xFF\xC3"), "\\xff\\xc3");
    EXPECT_EQ(printable("\xE0\x80\x8A"), "\\xe0\\x80\\x8a") << "an overlong line feed";
    EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "half a surrogate pair";
    EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "beyond U+10FFFF";
}

} // namespace
