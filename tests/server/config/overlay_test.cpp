#include "server/config/overlay.hpp"
#include "server/config/yaml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using axon::Complaint;
using axon::Setting;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Setting yaml(std::string_view text) {
    axon::Complaints complaints;
    return server::read_yaml(text, {}, 0, complaints).root;
}

struct Overlaid {
    Setting root;
    std::vector<Complaint> complaints;
};

Overlaid overlay(std::string_view text, std::string_view set) {
    Overlaid result{yaml(text), {}};
    axon::Complaints complaints;
    server::overlay(result.root, set, {{"N", "5"}}, 3, complaints);
    result.complaints = complaints.list();
    return result;
}

void expect_same(std::string_view text, std::string_view set, std::string_view expected) {
    const auto result = overlay(text, set);
    EXPECT_EQ(result.root, yaml(expected)) << set;
    EXPECT_THAT(result.complaints, IsEmpty()) << set;
}

TEST(Overlay, ReplacesAValue) {
    expect_same("a: { b: 1, c: 2 }", "a.b=3", "a: { b: 3, c: 2 }");
    expect_same("a: { b: 1 }", "a=3", "a: 3");
}

TEST(Overlay, MakesTheMapsThatAreNotThere) {
    expect_same("", "a.b.c=1", "a: { b: { c: 1 } }");
    expect_same("a:", "a.b=1", "a: { b: 1 }");
    expect_same("x: 1", "a=1", "{ x: 1, a: 1 }");
}

TEST(Overlay, ReadsTheValueAsYaml) {
    expect_same("", "a=[x, {y: z}]", "a: [x, {y: z}]");
    expect_same("", "a=b=c", "a: b=c");
    expect_same("", "a=${N}", "a: 5");
    expect_same("", "a=", "a:");
    expect_same("", "a=tcp://[::1]:0", "a: tcp://[::1]:0");
}

TEST(Overlay, ReachesItemsOfLists) {
    expect_same("p: [ {A: {x: 1}}, B ]", "p.0.A.x=2", "p: [ {A: {x: 2}}, B ]");
    expect_same("p: [ A, B ]", "p.1=C", "p: [ A, C ]");
}

TEST(Overlay, GivesPlacesOfItsSource) {
    const auto root = overlay("a: 1", "b.c=5").root;
    EXPECT_EQ(root.find("a")->where().source, 0U);
    EXPECT_EQ(root.find("b")->where().source, 3U);
    EXPECT_EQ(root.find("b")->find("c")->where().source, 3U);
    EXPECT_EQ(root.entries()[1].where.source, 3U);
}

TEST(Overlay, ComplainsOfAKeyThatLeadsNowhereAndChangesNothing) {
    const auto expect_complaint = [](std::string_view set, const std::string& text) {
        const auto result = overlay("a: { b: 1, c: [x] }", set);
        EXPECT_THAT(result.complaints, ElementsAre(Complaint{{.source = 3}, text})) << set;
        EXPECT_EQ(result.root, yaml("a: { b: 1, c: [x] }")) << set;
    };
    expect_complaint("a.b.d=1", "\"a.b\" is \"1\", which has no \"d\"");
    expect_complaint("a.c.1=y", "\"a.c\" is a list, which has no \"1\"");
    expect_complaint("a.c.x=y", "\"a.c\" is a list, which has no \"x\"");
    expect_complaint("a.d.e.f", "expected KEY=VALUE with a KEY such as log.level, found \"a.d.e.f\"");
    expect_complaint("=1", "expected KEY=VALUE with a KEY such as log.level, found \"\"");
    expect_complaint("a..b=1", "expected KEY=VALUE with a KEY such as log.level, found \"a..b\"");
    expect_complaint("a=]", "this bracket closes none that is open");
}

TEST(Overlay, LimitsTheDepthOfAKey) {
    std::string key = "a";
    for (int i = 1; i < 32; ++i) key += ".a";
    EXPECT_THAT(overlay("", key + "=1").complaints, IsEmpty());
    EXPECT_EQ(overlay("", key + ".a=1").complaints.size(), 1U);
}

} // namespace
