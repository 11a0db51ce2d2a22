#include "server/config/linkage.hpp"

#include <gtest/gtest.h>

namespace {

using server::is_component_id;
using server::LinkageSpec;
using server::parse_linkage;

TEST(ParseLinkage, ReadsTwoBoxes) {
    const LinkageSpec expected{{"in", "outbox"}, {"enc", "inbox"}, {}};
    for (const auto* text :
         {"in.outbox -> enc.inbox", "in.outbox->enc.inbox", "  in.outbox \t->  enc.inbox "})
        EXPECT_EQ(parse_linkage(text), expected) << text;
    EXPECT_EQ(parse_linkage("self.inbox -> low-band.in_2"),
              (LinkageSpec{{"self", "inbox"}, {"low-band", "in_2"}, {}}));
}

TEST(ParseLinkage, RefusesAnythingElse) {
    for (const auto* text :
         {"", "->", "a.b", "a.b ->", "-> a.b", "a -> b.c", "a.b -> c", ".b -> c.d", "a. -> c.d",
          "a.b -> c.d -> e.f", "a.b - > c.d", "a.b.c -> d.e", "a b.c -> d.e", "a.b > c.d"})
        EXPECT_FALSE(parse_linkage(text)) << text;
    EXPECT_EQ(parse_linkage("a -> b").error(),
              "expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"a -> b\"");
}

TEST(LinkageSpec, IsEqualWhereverItIsWritten) {
    const LinkageSpec here{{"a", "b"}, {"c", "d"}, {1, 1}};
    EXPECT_EQ(here, (LinkageSpec{{"a", "b"}, {"c", "d"}, {2, 2}}));
    EXPECT_NE(here, (LinkageSpec{{"c", "d"}, {"a", "b"}, {1, 1}}));
}

TEST(ComponentId, HasLettersDigitsUnderscoresAndDashes) {
    EXPECT_TRUE(is_component_id("Low-band_2"));
    for (const auto* text : {"", "a.b", "a b", "ä"}) EXPECT_FALSE(is_component_id(text)) << text;
}

} // namespace
