#include "axon/did_you_mean.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

using axon::did_you_mean;
using axon::either;
using axon::suggestion;
using std::string_view_literals::operator""sv;

constexpr std::array words{"Echo"sv, "ReadFileAdaptor"sv, "bitrate"sv, "warning"sv, "level"sv, "format"sv};

TEST(DidYouMean, FindsWhatWasMistyped) {
    EXPECT_EQ(did_you_mean("Ehco", words), "Echo"); // two neighbours swapped
    EXPECT_EQ(did_you_mean("Echoo", words), "Echo");
    EXPECT_EQ(did_you_mean("Eco", words), "Echo");
    EXPECT_EQ(did_you_mean("Ecko", words), "Echo");
    EXPECT_EQ(did_you_mean("ReadFileAdapter", words), "ReadFileAdaptor");
}

TEST(DidYouMean, ForgivesTheCaseOfLetters) {
    EXPECT_EQ(did_you_mean("echo", words), "Echo");
    EXPECT_EQ(did_you_mean("readfileadaptor", words), "ReadFileAdaptor");
}

TEST(DidYouMean, FindsAWordByItsBeginning) { EXPECT_EQ(did_you_mean("warn", words), "warning"); }

TEST(DidYouMean, PrefersTheNearest) {
    constexpr std::array two{"read_only"sv, "readonly"sv};
    EXPECT_EQ(did_you_mean("readonlyy", two), "readonly");
    EXPECT_EQ(did_you_mean("read_onl", two), "read_only");
}

TEST(DidYouMean, DoesNotGuessWildly) {
    EXPECT_EQ(did_you_mean("nothing", words), std::nullopt);
    EXPECT_EQ(did_you_mean("", words), std::nullopt);
    EXPECT_EQ(did_you_mean("x", words), std::nullopt);
    EXPECT_EQ(did_you_mean("Echo", {}), std::nullopt);
}

TEST(DidYouMean, IsNotSlowedDownByAVeryLongWord) {
    const std::string word(8'000'000, 'a');
    const std::array long_words{std::string_view{word}};
    EXPECT_EQ(did_you_mean(word, words), std::nullopt);
    EXPECT_EQ(did_you_mean("aaaaaaaa", long_words), std::nullopt);
}

TEST(DidYouMean, TriesOnlySoManyWords) {
    std::vector<std::string_view> many(200, "zzzzz");
    many[199] = "level";
    EXPECT_EQ(did_you_mean("levle", many), "level");
    many.insert(many.begin(), "zzzzz");
    EXPECT_EQ(did_you_mean("levle", many), std::nullopt);
}

TEST(Either, ReadsAsASentence) {
    EXPECT_EQ(either({}), "");
    EXPECT_EQ(either(std::array{"a"sv}), "a");
    EXPECT_EQ(either(std::array{"a"sv, "b"sv}), "a or b");
    EXPECT_EQ(either(std::array{"a"sv, "b"sv, "c"sv}), "a, b or c");
}

TEST(Suggestion, NamesTheNearestWordOrAllOfAFew) {
    EXPECT_EQ(suggestion("levle", words), "; did you mean \"level\"?");
    EXPECT_EQ(suggestion("x", std::array{"level"sv, "format"sv}), "; expected level or format");
    EXPECT_EQ(suggestion("x", {}), "");
    EXPECT_EQ(suggestion("x", std::array<std::string_view, 13>{"aa"}), "");
}

} // namespace
