#include "kamaelia/protocol/http/index_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using kamaelia::MediaListing;
using kamaelia::http::index_page;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::size_t count(std::string_view page, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = page.find(part); at != std::string_view::npos; at = page.find(part, at + 1))
        ++found;
    return found;
}

TEST(HttpIndexPage, IsOneDocumentWithOnePlayer) {
    const std::string page = index_page({.entries = {{"a/b.ogg", 564037}}});
    EXPECT_THAT(page, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
    EXPECT_THAT(page, HasSubstr("<meta charset=\"utf-8\">"));
    EXPECT_THAT(page, HasSubstr("name=\"viewport\""));
    EXPECT_THAT(page, HasSubstr("content=\"light dark\""));
    EXPECT_EQ(count(page, "<audio id=\"player\" controls"), 1U);
    EXPECT_THAT(page, testing::EndsWith("</html>\n"));
    EXPECT_EQ(count(page, "http"), 0U) << "nothing is fetched from elsewhere";
}

TEST(HttpIndexPage, HasAButtonAndALinkForEachFile) {
    const std::string page = index_page({.entries = {{"a.ogg", 1}, {"b/c.ogg", 2}}});
    EXPECT_EQ(count(page, "<li>"), 2U);
    EXPECT_THAT(page, HasSubstr("<li><button type=\"button\" data-play=\"/media/b/c.ogg\" "
                                "aria-label=\"Play b/c.ogg\"></button>"
                                "<a href=\"/media/b/c.ogg\">b/c.ogg</a><span>2 B</span></li>"));
    EXPECT_LT(page.find("a.ogg"), page.find("b/c.ogg")) << "in the order given";
}

TEST(HttpIndexPage, EscapesNames) {
    const std::string page =
        index_page({.entries = {{"<b>&\"'.ogg", 1}, {"caf\u00E9 #1?.ogg", 1}, {"\xE9.ogg", 1}}});
    EXPECT_THAT(page, HasSubstr("\"/media/%3Cb%3E%26%22%27.ogg\""));
    EXPECT_THAT(page, HasSubstr(">&lt;b&gt;&amp;&quot;&#39;.ogg</a>"));
    EXPECT_THAT(page, HasSubstr("aria-label=\"Play &lt;b&gt;&amp;&quot;&#39;.ogg\""));
    EXPECT_THAT(page, HasSubstr("<a href=\"/media/caf%C3%A9%20%231%3F.ogg\">caf\u00E9 #1?.ogg</a>"));
    EXPECT_THAT(page, HasSubstr("<a href=\"/media/%E9.ogg\">\uFFFD.ogg</a>"));
    EXPECT_THAT(page, Not(HasSubstr("<b>")));
}

TEST(HttpIndexPage, ShowsSizesForPeople) {
    const std::pair<std::uint64_t, std::string_view> sizes[] = {
        {0, "0 B"},
        {1023, "1023 B"},
        {1024, "1.0 KiB"},
        {1536, "1.5 KiB"},
        {1024 * 1024 - 1, "1023.9 KiB"},
        {13'107'200, "12.5 MiB"},
        {5ULL << 30, "5.0 GiB"},
        {18'446'744'073'709'551'615ULL, "16383.9 PiB"},
    };
    for (const auto& [size, text] : sizes)
        EXPECT_THAT(index_page({.entries = {{"a.ogg", size}}}),
                    HasSubstr("<span>" + std::string{text} + "</span>"));
}

TEST(HttpIndexPage, SaysWhenThereIsNothingAndWhenThereIsMore) {
    const std::string_view nothing = "no media files";
    const std::string_view more = "more files than";
    EXPECT_THAT(index_page({}), HasSubstr(nothing));
    EXPECT_THAT(index_page({}), Not(HasSubstr("<ul>")));
    EXPECT_THAT(index_page({}), Not(HasSubstr(more)));
    const std::string page = index_page({.entries = {{"a.ogg", 1}}, .truncated = true});
    EXPECT_THAT(page, HasSubstr(more));
    EXPECT_THAT(page, Not(HasSubstr(nothing)));
}

} // namespace
