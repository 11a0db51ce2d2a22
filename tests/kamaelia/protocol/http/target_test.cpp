#include "kamaelia/protocol/http/target.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::string_view_literals;
using namespace kamaelia::http;

struct Accepted {
    std::string_view text;
    std::vector<std::string> segments;
    bool ends_in_slash = false;
    std::string_view query = {};
};

struct Refused {
    std::string_view text;
    TargetError error;
};

template <std::size_t N>
void expect(const Accepted (&cases)[N]) {
    for (const Accepted& c : cases) {
        const auto target = parse_target(c.text);
        ASSERT_TRUE(target.has_value()) << c.text << ": " << to_string(target.error());
        EXPECT_EQ(target->segments, c.segments) << c.text;
        EXPECT_EQ(target->ends_in_slash, c.ends_in_slash) << c.text;
        EXPECT_EQ(target->query, c.query) << c.text;
    }
}

template <std::size_t N>
void expect(const Refused (&cases)[N]) {
    for (const Refused& c : cases) {
        const auto target = parse_target(c.text);
        ASSERT_FALSE(target.has_value()) << c.text;
        EXPECT_EQ(to_string(target.error()), to_string(c.error)) << c.text;
    }
}

TEST(HttpTarget, SplitsThePathIntoSegments) {
    const Accepted cases[] = {
        {"/", {}, true},
        {"/live.ogg", {"live.ogg"}},
        {"/media/a/b.ogg", {"media", "a", "b.ogg"}},
        {"/media/a/", {"media", "a"}, true},
        {"/...", {"..."}},
        {"/..a/.b/c..", {"..a", ".b", "c.."}},
        {"/a:b@c;d=e&f,g!$'()*+~_-.", {"a:b@c;d=e&f,g!$'()*+~_-."}},
        {"/[a]{b}|^`\"<>", {"[a]{b}|^`\"<>"}}, // not allowed, and sent by some clients all the same
    };
    expect(cases);
}

TEST(HttpTarget, SplitsTheQueryOffAndLeavesItAlone) {
    const Accepted cases[] = {
        {"/a?", {"a"}},
        {"/a?b=c", {"a"}, false, "b=c"},
        {"/?b", {}, true, "b"},
        {"/a/?b", {"a"}, true, "b"},
        {"/a?b?c//../%2F%zz\\", {"a"}, false, "b?c//../%2F%zz\\"},
    };
    expect(cases);
}

TEST(HttpTarget, DecodesEachSegmentOnce) {
    const Accepted cases[] = {
        {"/My%20Songs/caf%C3%A9.ogg", {"My Songs", "caf\xC3\xA9.ogg"}},
        {"/%41%4a%4A", {"AJJ"}},
        {"/a%3Fb%23c%25d", {"a?b#c%d"}},
        {"/%252e%252e", {"%2e%2e"}},
        {"/a+b", {"a+b"}},                              // only forms take a plus for a space
        {"/caf\xC3\xA9/\xE9", {"caf\xC3\xA9", "\xE9"}}, // raw, as ogg123 sends names
        {"/%FF", {"\xFF"}},
    };
    expect(cases);
}

TEST(HttpTarget, TakesTheAbsoluteForm) {
    const Accepted cases[] = {
        {"http://example.org/a/b?c", {"a", "b"}, false, "c"},
        {"http://example.org:8000/a", {"a"}},
        {"HTTPS://[::1]:8000/a/", {"a"}, true},
        {"http://example.org", {}, true},
        {"http://example.org?q@r", {}, true, "q@r"},
        {"http://example.org/@", {"@"}},
    };
    expect(cases);
}

TEST(HttpTarget, RefusesWhatIsNotAPath) {
    const Refused cases[] = {
        {"", TargetError::not_a_path},
        {"*", TargetError::not_a_path},
        {"a/b", TargetError::not_a_path},
        {"?a", TargetError::not_a_path},
        {"example.org:8000", TargetError::not_a_path},
        {"ftp://example.org/a", TargetError::not_a_path},
        {"://example.org/a", TargetError::not_a_path},
        {"http:/a", TargetError::not_a_path},
        {"a?http://b/", TargetError::not_a_path},
        {"http://", TargetError::bad_authority},
        {"http:///a", TargetError::bad_authority},
        {"http://:8000/a", TargetError::bad_authority},
        {"http://user:pass@example.org/a", TargetError::bad_authority},
        {"http://@example.org/a", TargetError::bad_authority},
    };
    expect(cases);
}

TEST(HttpTarget, RefusesWhatLeadsOutOfAPath) {
    const Refused cases[] = {
        {"/..", TargetError::dot_segment},
        {"/../etc/passwd", TargetError::dot_segment},
        {"/a/..", TargetError::dot_segment},
        {"/a/../b", TargetError::dot_segment},
        {"/a/../", TargetError::dot_segment},
        {"/./a", TargetError::dot_segment},
        {"/.", TargetError::dot_segment},
        {"/%2e%2e/a", TargetError::dot_segment},
        {"/.%2E/a", TargetError::dot_segment},
        {"/%2e", TargetError::dot_segment},
        {"http://example.org/../a", TargetError::dot_segment},
        {"/..%2Fetc", TargetError::encoded_slash},
        {"/a%2fb", TargetError::encoded_slash},
        {"/%2F", TargetError::encoded_slash},
        {"/..\\etc", TargetError::bad_character},
        {"/a%5Cb", TargetError::bad_character},
    };
    expect(cases);
}

TEST(HttpTarget, RefusesEmptySegments) {
    const Refused cases[] = {
        {"//", TargetError::empty_segment},    {"//a", TargetError::empty_segment},
        {"/a//b", TargetError::empty_segment}, {"/a//", TargetError::empty_segment},
        {"///", TargetError::empty_segment},   {"http://example.org//a", TargetError::empty_segment},
    };
    expect(cases);
}

TEST(HttpTarget, RefusesControlCharactersRawAndEncoded) {
    const Refused cases[] = {
        {"/a\0b"sv, TargetError::bad_character},       {"/a%00b", TargetError::bad_character},
        {"/a.ogg%00.txt", TargetError::bad_character}, {"/a\rb", TargetError::bad_character},
        {"/a%0D%0Ab", TargetError::bad_character},     {"/a%1F", TargetError::bad_character},
        {"/a%7f", TargetError::bad_character},         {"/a\x7F", TargetError::bad_character},
        {"/a?b\nc", TargetError::bad_character},       {"/a b", TargetError::bad_character},
        {"/a#b", TargetError::bad_character},          {"/a?b#c", TargetError::bad_character},
    };
    expect(cases);
}

TEST(HttpTarget, RefusesBrokenEscapes) {
    const Refused cases[] = {
        {"/%", TargetError::bad_escape},     {"/%4", TargetError::bad_escape},
        {"/%4/1", TargetError::bad_escape},  {"/%zz", TargetError::bad_escape},
        {"/%4z", TargetError::bad_escape},   {"/%-1", TargetError::bad_escape},
        {"/a%%41", TargetError::bad_escape}, {"/%u0041", TargetError::bad_escape},
    };
    expect(cases);
}

TEST(HttpTarget, HasALimit) {
    const std::string longest = '/' + std::string(default_target_limit - 1, 'a');
    EXPECT_TRUE(parse_target(longest).has_value());
    EXPECT_EQ(parse_target(longest + 'a').error(), TargetError::too_long);
    EXPECT_TRUE(parse_target("/abc", 4).has_value());
    EXPECT_EQ(parse_target("/abcd", 4).error(), TargetError::too_long);
}

} // namespace
