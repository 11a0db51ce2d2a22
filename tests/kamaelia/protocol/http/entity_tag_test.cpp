#include "kamaelia/protocol/http/entity_tag.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string_view>

namespace {

using namespace kamaelia::http;
using namespace std::chrono_literals;

constexpr FileVersion version{
    .size = 10, .modified = std::chrono::sys_time<std::chrono::nanoseconds>{5s}, .inode = 7};

TEST(HttpEntityTag, IsStrongAndTheSameForTheSameVersion) {
    const auto tag = file_tag(version);
    EXPECT_EQ(tag.size(), 1 + 2 + 1 + 16 + 1);
    EXPECT_TRUE(tag.starts_with("\"10-") && tag.ends_with('"')) << tag;
    EXPECT_EQ(file_tag(version), tag);
}

TEST(HttpEntityTag, IsAnotherForEveryOtherVersion) {
    auto longer = version;
    longer.size = 11;
    auto later = version;
    later.modified += 1ns;
    auto other = version;
    other.inode = 8;
    for (const auto& changed : {longer, later, other}) EXPECT_NE(file_tag(changed), file_tag(version));
}

TEST(HttpEntityTag, DependsOnEveryByteOfWhatIsMadeUp) {
    EXPECT_EQ(content_tag("page"), content_tag("page"));
    EXPECT_NE(content_tag("page"), content_tag("pagf"));
    EXPECT_NE(content_tag("page"), content_tag("pag"));
}

TEST(HttpEntityTag, IsFoundInAListAsTheComparisonSays) {
    struct Case {
        std::string_view list;
        bool strong;
        bool weak;
    };
    const Case cases[] = {
        {R"("a")", true, true},
        {R"(W/"a")", false, true},
        {R"("b", "a")", true, true},
        {R"("b","a")", true, true},
        {R"( , ,"b" ,	"a",)", true, true},
        {R"(W/"a", "a")", true, true},
        {R"("b,a", "c")", false, false},
        {R"("x,y", "a")", true, true},
        {R"("\", "a")", true, true}, // a backslash escapes nothing here
        {R"("A")", false, false},
        {R"(a)", false, false},
        {R"("a)", false, false},
        {R"(w/"a")", false, false},
        {R"(W/ "a")", false, false},
        {R"("b" "a")", false, false},
        {R"(b, "a")", false, false},
        {R"("b c", "a")", false, false},
        {R"(*)", false, false},
        {"", false, false},
        {"\"\"", false, false},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(lists_tag(c.list, R"("a")", TagComparison::strong), c.strong) << c.list;
        EXPECT_EQ(lists_tag(c.list, R"("a")", TagComparison::weak), c.weak) << c.list;
    }
}

} // namespace
