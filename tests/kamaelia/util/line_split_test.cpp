#include "kamaelia/util/line_split.hpp"

#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::LineSplit;
using Params = LineSplit::Params;
using Strings = std::vector<std::string>;

// What becomes of `text` when it comes in messages of `cut` bytes.
Strings split(std::string_view text, std::size_t cut, Params params) {
    Rig rig;
    auto& lines = rig.add<LineSplit>(params);
    for (std::size_t from = 0; from < text.size(); from += cut)
        rig.feed(lines.inbox, Bytes{text.substr(from, cut)});
    rig.end(lines.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(lines));
    Strings out;
    for (const auto& line : rig.sent(lines.outbox)) out.emplace_back(line.view());
    return out;
}

void expect_lines(std::string_view text, const Params& params, const Strings& expected) {
    for (std::size_t cut = 1; cut <= text.size() + 1; ++cut)
        EXPECT_EQ(split(text, cut, params), expected) << "in messages of " << cut;
}

TEST(LineSplit, MakesAMessageOfEachLineHoweverTheBytesCome) {
    expect_lines("one\ntwo\r\n\nfour\n", {}, {"one", "two", "", "four"});
    expect_lines("one\ntwo\r\n\nfour\n", {.keep_newline = true}, {"one\n", "two\r\n", "\n", "four\n"});
}

TEST(LineSplit, TheLastLineNeedsNoNewline) {
    expect_lines("one\ntwo", {}, {"one", "two"});
    expect_lines("one\ntwo\r", {}, {"one", "two\r"});
    expect_lines("two", {.keep_newline = true}, {"two"});
    expect_lines("", {}, {});
}

TEST(LineSplit, CutsWhatIsLongerThanALineMayBe) {
    const Params three{.longest = {3}};
    expect_lines("abc\nabcd\nabcdefg", three, {"abc", "abc", "d", "abc", "def", "g"});
    expect_lines("abc\r\n", {.longest = {4}}, {"abc"});
    expect_lines("abcabc\nab", {.longest = {3}, .keep_newline = true}, {"abc", "abc\n", "ab"});
    expect_lines("aa\n\n", {.longest = {1}}, {"a", "a", ""});
}

TEST(LineSplit, KeepsNoMoreThanALine) {
    Rig rig;
    auto& lines = rig.add<LineSplit>(Params{.longest = {100}});
    for (int i = 0; i < 1000; ++i) rig.feed(lines.inbox, Bytes{"0123456789"});
    rig.run();
    std::size_t sent = 0;
    for (const auto& piece : rig.sent(lines.outbox)) sent += piece.size();
    EXPECT_EQ(sent, 9900U) << "all but the last 100, which a newline might follow";
}

TEST(LineSplit, LinesShareTheBytesTheyCameIn) {
    Rig rig;
    auto& lines = rig.add<LineSplit>();
    const Bytes data{"one\ntwo\n"};
    rig.feed(lines.inbox, data);
    rig.run();
    const auto sent = rig.sent(lines.outbox);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[1].data(), data.data() + 4);
}

TEST(LineSplit, AFullReaderHoldsItUpInTheMiddleOfAMessage) {
    Rig rig;
    auto& lines = rig.add<LineSplit>();
    auto& reader = rig.add<parts::Idle<Bytes>>(axon::InboxOptions{.capacity = 2});
    link(lines.outbox, reader.inbox);
    for (int i = 0; i < 5; ++i) rig.feed(lines.inbox, Bytes{"a\nb\nc\n"});
    rig.run();
    EXPECT_EQ(reader.inbox.size(), 2U);
    EXPECT_EQ(lines.inbox.size(), 4U);
    rig.stop(lines);
    EXPECT_TRUE(rig.ended(lines));
}

TEST(LineSplit, AShutdownLeavesOutALineThatHasNotComeToItsEnd) {
    Rig rig;
    auto& lines = rig.add<LineSplit>();
    rig.feed(lines.inbox, Bytes{"one\ntw"});
    rig.shut_down(lines);
    rig.run();
    EXPECT_TRUE(rig.ended(lines));
    EXPECT_EQ(rig.sent(lines.outbox), std::vector{Bytes{"one"}});
}

} // namespace
