#include "server/config/yaml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using axon::Complaint;
using axon::Setting;
using axon::Where;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Read {
    Setting root;
    bool whole;
    std::vector<Complaint> complaints;
};

Read read(std::string_view text, std::uint32_t source = 0) {
    axon::Complaints complaints;
    auto tree = server::read_yaml(text, {{"NAME", "value"}}, source, complaints);
    return {std::move(tree.root), tree.whole, complaints.list()};
}

Setting read_right(std::string_view text) {
    auto result = read(text);
    EXPECT_THAT(result.complaints, IsEmpty());
    EXPECT_TRUE(result.whole);
    return std::move(result.root);
}

TEST(ReadYaml, ReadsScalarsListsAndMapsInOrder) {
    const auto root = read_right("b: x\na: [1, two]\nc: { d: }\n");
    ASSERT_EQ(root.kind(), Setting::Kind::map);
    EXPECT_EQ(root.entries()[0].key, "b");
    EXPECT_EQ(root.entries()[1].key, "a");
    EXPECT_EQ(root.find("b")->text(), "x");
    EXPECT_EQ(root.find("a")->items()[1].text(), "two");
    EXPECT_EQ(root.find("c")->find("d")->kind(), Setting::Kind::null);
}

TEST(ReadYaml, IsNullWhenThereIsNothing) {
    for (const auto* text : {"", "\n\n", "# comment\n", "---\n"})
        EXPECT_EQ(read_right(text).kind(), Setting::Kind::null) << text;
}

TEST(ReadYaml, KnowsWhatWasQuoted) {
    const auto root = read_right("[plain, 'single', \"double\", \"null\", null]");
    EXPECT_FALSE(root.items()[0].quoted());
    EXPECT_TRUE(root.items()[1].quoted());
    EXPECT_TRUE(root.items()[2].quoted());
    EXPECT_EQ(root.items()[3].text(), "null");
    EXPECT_EQ(root.items()[4].kind(), Setting::Kind::null);
    EXPECT_TRUE(read_right("|\n  block\n").quoted());
}

TEST(ReadYaml, GivesEachNodeAndKeyItsPlace) {
    const auto root = read_right("a:\n  - x\n  - b:   1\n    c: [y]\n");
    EXPECT_EQ(root.where(), (Where{1, 1}));
    const auto& list = *root.find("a");
    EXPECT_EQ(list.where(), (Where{2, 3}));
    EXPECT_EQ(list.items()[0].where(), (Where{2, 5}));
    EXPECT_EQ(list.items()[1].entries()[0].where, (Where{3, 5}));
    EXPECT_EQ(list.items()[1].find("b")->where(), (Where{3, 10}));
    EXPECT_EQ(list.items()[1].find("c")->items()[0].where(), (Where{4, 9}));
}

TEST(ReadYaml, GivesEmptyValuesThePlaceOfTheirKeyOrDash) {
    const auto root = read_right("a:\nb: 1\nc:\n  -\n  - x\n  -  # nothing\n\n  - ~\nd: [x, ~]\n");
    EXPECT_EQ(root.find("a")->where(), (Where{1, 1}));
    const auto& list = root.find("c")->items();
    EXPECT_EQ(list[0].where(), (Where{4, 3}));
    EXPECT_EQ(list[2].where(), (Where{6, 3}));
    EXPECT_EQ(list[3].where(), (Where{8, 5}));
    EXPECT_EQ(root.find("d")->items()[1].where(), (Where{9, 8}));
}

TEST(ReadYaml, MarksPlacesWithTheSource) {
    EXPECT_EQ(read("a: [b]", 7).root.find("a")->items()[0].where(), (Where{1, 5, 7}));
    EXPECT_EQ(read("", 7).root.where(), (Where{1, 1, 7}));
    EXPECT_EQ(read("a: [", 7).complaints[0].where.source, 7U);
    EXPECT_EQ(read("a: \x01", 7).complaints[0].where.source, 7U);
}

TEST(ReadYaml, RepeatsWhatAnAliasStandsFor) {
    const auto root = read_right("a: &x [1, 2]\nb: *x\nc: [*x]\n");
    EXPECT_EQ(*root.find("b"), *root.find("a"));
    EXPECT_EQ(root.find("c")->items()[0], *root.find("a"));
    EXPECT_EQ(root.find("b")->where(), (Where{1, 4}));
}

TEST(ReadYaml, ExpandsVariablesInKeysAndValues) {
    const auto root = read_right("${NAME}: \"a ${NAME}\"\nb: '${NAME}'\n");
    EXPECT_EQ(root.find("value")->text(), "a value");
    EXPECT_EQ(root.find("b")->text(), "value");
}

TEST(ReadYaml, NeverTakesAVariableForStructure) {
    axon::Complaints complaints;
    const auto root =
        server::read_yaml("a: ${X}\nb: ${Y}\n", {{"X", "[1, 2]"}, {"Y", "~"}}, 0, complaints).root;
    EXPECT_EQ(root.find("a")->text(), "[1, 2]");
    EXPECT_EQ(root.find("b")->text(), "~");
}

TEST(ReadYaml, GoesOnAfterWhatItCanSkip) {
    const auto result = read("a: 1\na: 2\n[b]: 3\nc: ${NOPE}\nd: 4\n");
    EXPECT_TRUE(result.whole);
    EXPECT_EQ(result.complaints.size(), 3U);
    EXPECT_EQ(result.root.find("a")->text(), "1");
    EXPECT_TRUE(result.root.find("c")->is_faulty());
    EXPECT_EQ(result.root.find("d")->text(), "4");
}

TEST(ReadYaml, FindsKeysThatAreEqualOnlyOnceExpanded) {
    EXPECT_THAT(read("value: 1\n${NAME}: 2\n").complaints,
                ElementsAre(Complaint{{2, 1}, "duplicate key \"value\"; the first is in line 1"}));
}

TEST(ReadYaml, SaysOnceWhereTheTextIsNoYaml) {
    for (const auto* text : {"a: [", "a: 'x", "a: \"x\n", "\ta: 1", "a: @", "a: *x", "a: b: c", "{a: 1}}",
                             "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "a\x04", "\x7F"}) {
        const auto result = read(text);
        EXPECT_FALSE(result.whole) << text;
        EXPECT_EQ(result.complaints.size(), 1U) << text;
    }
}

TEST(ReadYaml, KeepsWhatIsWholeBeforeThatPlace) {
    const auto broken = read("a: 1\nb: { c: 2 }\nd:\n  e: 3\n  f: [4\n");
    EXPECT_EQ(broken.root.find("a")->text(), "1");
    EXPECT_EQ(broken.root.find("b")->find("c")->text(), "2");
    EXPECT_TRUE(broken.root.find("d")->is_faulty());
    EXPECT_TRUE(read("a: 1\nb:\n  c: 2\n d: 3\n").root.find("b")->is_faulty()) << "d may be meant for b";
    EXPECT_EQ(read("a: { b: 1 }\n---\nc: 2\n").root.find("a")->find("b")->text(), "1");
    EXPECT_NE(read("[a, b").root.kind(), Setting::Kind::list);
}

TEST(ReadYaml, TakesAllOfUtf8AndEveryLineEnd) {
    EXPECT_EQ(read_right("a: Gr\u00FC\u00DFe \u20AC \U0001F3B5\n").find("a")->text(),
              "Gr\u00FC\u00DFe \u20AC \U0001F3B5");
    EXPECT_EQ(read_right("a: 1\r\nb: 2\r\n").find("b")->where(), (Where{2, 4}));
    EXPECT_EQ(read_right("\xEF\xBB\xBF"
                         "a: 1")
                  .find("a")
                  ->text(),
              "1");
}

TEST(ReadYaml, NamesTheEndOfTheTextForWhatIsMissingThere) {
    EXPECT_EQ(read("a: [1\n\n\n").complaints[0].where, (Where{1, 6}));
    EXPECT_EQ(read("a: [1").complaints[0].where, (Where{1, 6}));
}

TEST(ReadYaml, CountsWhatAliasesRepeat) {
    std::string text = "a: &a [";
    for (int i = 0; i < 999; ++i) text += "x,";
    text += "x]\nb: [";
    for (int i = 0; i < 100; ++i) text += "*a,";
    EXPECT_EQ(read(text + "]").complaints.at(0).text, "more than 100000 values");
}

TEST(ReadYaml, DoesNotLetAliasesNestDeeperThanLists) {
    std::string text = "a0: &a0 x\n";
    for (int i = 1; i < 40; ++i)
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    EXPECT_EQ(read(text).complaints.at(0).text, "nested deeper than 32 levels");
}

} // namespace
