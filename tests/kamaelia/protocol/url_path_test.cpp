// What a path may hold is tested where URLs are: HttpTarget, RtspUrl.
#include "kamaelia/protocol/url_path.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using namespace kamaelia;

TEST(UrlPath, IsTheRootWhenItIsEmpty) {
    for (const char* const text : {"", "/"}) {
        const auto path = parse_url_path(text);
        ASSERT_TRUE(path.has_value()) << text;
        EXPECT_TRUE(path->segments.empty()) << text;
        EXPECT_TRUE(path->ends_in_slash) << text;
    }
}

TEST(UrlPath, BeginsWithASlash) { EXPECT_EQ(parse_url_path("a/b").error(), UrlError::not_a_path); }

TEST(UrlPath, SegmentsAreJoinedToARelativePath) {
    EXPECT_EQ(join(std::vector<std::string>{"a", "b c", "d.ogg"}), "a/b c/d.ogg");
    EXPECT_EQ(join(std::vector<std::string>{"a"}), "a");
    EXPECT_EQ(join({}), "");
}

} // namespace
