#include "axon/quote.hpp"

#include <gtest/gtest.h>

namespace {

using axon::quote;

TEST(Quote, PutsTextInDoubleQuotes) { EXPECT_EQ(quote("fast"), "\"fast\""); }

TEST(Quote, KeepsAMessageOnOneLine) { EXPECT_EQ(quote("a\nb\tc\rd"), R"("a\nb\tc\x0dd")"); }

TEST(Quote, EscapesWhatWouldEndTheQuotation) { EXPECT_EQ(quote(R"(a"b\c)"), R"("a\"b\\c")"); }

TEST(Quote, LeavesUtf8Alone) { EXPECT_EQ(quote("Grüße"), "\"Grüße\""); }

TEST(Quote, CutsLongTextAtAWholeCharacter) {
    EXPECT_EQ(quote(std::string(60, 'x')), '"' + std::string(60, 'x') + '"');
    EXPECT_EQ(quote(std::string(61, 'x')), '"' + std::string(60, 'x') + "...\"");
    EXPECT_EQ(quote(std::string(59, 'x') + "üü"), '"' + std::string(59, 'x') + "...\"");
}

} // namespace
