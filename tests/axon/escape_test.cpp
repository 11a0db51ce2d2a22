// Text between the quotes of JSON, dot and mermaid.
#include "axon/escape.hpp"
#include "axon/utf8.hpp"

#include <gtest/gtest.h>

namespace {

using axon::character_length;
using axon::dot_escaped;
using axon::json_escaped;
using axon::mermaid_escaped;

// What Graphviz, JSON and mermaid each have their own word for, and what none of them may see.
constexpr std::string_view wild = "a\"b\\c\nd\x01<&>#%`\x7f\xff\xc3\xa9\xc2\x85";

TEST(Escape, JsonLeavesNothingThatRfc8259Forbids) {
    EXPECT_EQ(json_escaped("plain /Echo#1.inbox"), "plain /Echo#1.inbox");
    EXPECT_EQ(json_escaped(wild), "a\\\"b\\\\c\\nd\\u0001<&>#%`\\u007f\\ufffd\xc3\xa9\\u0085");
    EXPECT_EQ(json_escaped("\r\t"), "\\r\\t");
    EXPECT_EQ(json_escaped(std::string_view{"\0", 1}), "\\u0000");
    EXPECT_EQ(json_escaped("\xe2\x82"), "\\ufffd\\ufffd") << "a character that is cut";
}

TEST(Escape, DotShowsControlCharactersAndKeepsEntitiesAsTheyAre) {
    EXPECT_EQ(dot_escaped("plain /Echo#1.inbox"), "plain /Echo#1.inbox");
    EXPECT_EQ(dot_escaped(wild), "a\\\"b\\\\c\\\\x0ad\\\\x01<&amp;>#%`\\\\x7f\\\\xff\xc3\xa9\\\\xc2\\\\x85");
}

TEST(Escape, MermaidNamesWhatItWouldTakeForItsOwn) {
    EXPECT_EQ(mermaid_escaped("plain /Echo.inbox"), "plain /Echo.inbox");
    EXPECT_EQ(mermaid_escaped(wild),
              "a#quot;b#92;c#92;x0ad#92;x01#lt;#amp;#gt;#35;#37;#96;#92;x7f#92;xff\xc3\xa9"
              "#92;xc2#92;x85");
}

TEST(Utf8, KnowsTheLengthOfACharacterAndWhatIsNone) {
    EXPECT_EQ(character_length("ab"), 1U);
    EXPECT_EQ(character_length("\xc3\xa9x"), 2U);
    EXPECT_EQ(character_length("\xe2\x82\xac"), 3U);
    EXPECT_EQ(character_length("\xf0\x9f\x8e\xb5"), 4U);
    for (const auto* none :
         {"", "\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xe2\x28\xa1"}) {
        EXPECT_EQ(character_length(none), 0U) << none;
    }
}

} // namespace
