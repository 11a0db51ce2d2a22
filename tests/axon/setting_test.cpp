#include "axon/setting.hpp"

#include <gtest/gtest.h>

namespace {

using axon::Complaint;
using axon::Complaints;
using axon::Setting;
using axon::Where;

Setting tree(std::uint32_t line) {
    return Setting::map({{"a", {line, 1}, Setting::scalar("x", {line, 4})},
                         {"b", {line, 6}, Setting::list({Setting::null({line, 9})}, {line, 8})}},
                        {line, 1});
}

TEST(Setting, IsNullUnlessMadeSomethingElse) {
    EXPECT_EQ(Setting{}.kind(), Setting::Kind::null);
    EXPECT_EQ(Setting::scalar("", {}).kind(), Setting::Kind::scalar);
    EXPECT_EQ(Setting::list({}, {}).kind(), Setting::Kind::list);
    EXPECT_EQ(Setting::map({}, {}).kind(), Setting::Kind::map);
}

TEST(Setting, KnowsItsPlaceAndThatOfItsKeys) {
    const auto setting = tree(7);
    EXPECT_EQ(setting.where(), (Where{7, 1}));
    EXPECT_EQ(setting.entries()[1].where, (Where{7, 6}));
    EXPECT_EQ(setting.find("b")->items()[0].where(), (Where{7, 9}));
}

TEST(Setting, IsEqualToTheSameSettingWrittenElsewhere) {
    EXPECT_EQ(tree(1), tree(2));
    auto other = tree(1);
    *other.find("a") = Setting::scalar("y", {1, 4});
    EXPECT_NE(tree(1), other);
}

TEST(Setting, FindsNothingInWhatIsNoMap) {
    EXPECT_EQ(Setting::scalar("a", {}).find("a"), nullptr);
    EXPECT_EQ(tree(1).find("c"), nullptr);
    EXPECT_EQ(tree(1).find("a")->text(), "x");
}

TEST(Setting, IsNamedByItsKindInMessages) {
    EXPECT_EQ(found_text(Setting{}), "nothing");
    EXPECT_EQ(found_text(Setting::scalar("a b", {})), "\"a b\"");
    EXPECT_EQ(found_text(Setting::list({}, {})), "a list");
    EXPECT_EQ(found_text(Setting::map({}, {})), "a map");
}

TEST(Where, OrdersByTextThenLineThenColumn) {
    EXPECT_LT((Where{9, 9, 0}), (Where{1, 1, 1}));
    EXPECT_LT((Where{1, 9}), (Where{2, 1}));
    EXPECT_LT((Where{2, 1}), (Where{2, 2}));
}

TEST(Complaints, StandInTheOrderOfTheText) {
    Complaints complaints;
    complaints.add({3, 1}, "third");
    complaints.add({1, 5}, "first");
    complaints.add({3, 1}, "fourth");
    complaints.add({2, 1}, "second");
    EXPECT_EQ(complaints.list(),
              (std::vector<Complaint>{
                  {{1, 5}, "first"}, {{2, 1}, "second"}, {{3, 1}, "third"}, {{3, 1}, "fourth"}}));
}

TEST(Complaints, SayTheSameThingOnce) {
    Complaints complaints;
    complaints.add({1, 1}, "wrong");
    complaints.add({1, 1}, "wrong");
    complaints.add({1, 2}, "wrong");
    EXPECT_EQ(complaints.list().size(), 2U);
}

TEST(Complaints, NameWhatWasExpectedAndWhatWasFound) {
    Complaints complaints;
    complaints.add_mismatch(Setting::scalar("fast", {9, 32}), "bitrate", "a rate such as 128k");
    EXPECT_EQ(complaints.list(),
              (std::vector<Complaint>{{{9, 32}, "bitrate: expected a rate such as 128k, found \"fast\""}}));
}

TEST(Complaints, DoNotFollowUpOnAFaultySetting) {
    Complaints complaints;
    EXPECT_TRUE(Setting::faulty({1, 1}).is_faulty());
    EXPECT_FALSE(Setting::null({1, 1}).is_faulty());
    complaints.add_mismatch(Setting::faulty({1, 1}), "listen", "a URL");
    EXPECT_TRUE(complaints.empty());
}

} // namespace
