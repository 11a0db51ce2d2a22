#include "kamaelia/protocol/http/index_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using kamaelia::Folder;
using kamaelia::MediaInfo;
using kamaelia::Track;
using kamaelia::http::index_page;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

std::size_t count(std::string_view page, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = page.find(part); at != std::string_view::npos; at = page.find(part, at + 1))
        ++found;
    return found;
}

Track track(std::string path, std::uint64_t size = 1, std::optional<MediaInfo> info = MediaInfo{}) {
    return {{.path = std::move(path), .size = size}, std::move(info)};
}

std::string page_of(std::vector<Track> tracks) {
    return index_page("", {.folders = {}, .tracks = std::move(tracks)});
}

TEST(HttpIndexPage, IsOneDocumentWithOnePlayer) {
    const std::string page = page_of({track("a/b.ogg", 564037)});
    EXPECT_THAT(page, StartsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
    EXPECT_THAT(page, HasSubstr("<meta charset=\"utf-8\">"));
    EXPECT_THAT(page, HasSubstr("name=\"viewport\""));
    EXPECT_THAT(page, HasSubstr("content=\"light dark\""));
    EXPECT_THAT(page, HasSubstr("<title>Kamaelia</title>"));
    EXPECT_EQ(count(page, "<audio id=\"player\" controls"), 1U);
    EXPECT_THAT(page, testing::EndsWith("</html>\n"));
    EXPECT_EQ(count(page, "http"), 0U) << "nothing is fetched from elsewhere";
}

TEST(HttpIndexPage, HasAButtonALinkAndAPlaylistForEachTrack) {
    const std::string page = page_of({track("a.ogg"), track("b/c.ogg", 2)});
    EXPECT_EQ(count(page, "<li>"), 2U);
    EXPECT_THAT(page, HasSubstr("<li><button type=\"button\" data-play=\"/media/b/c.ogg\" "
                                "data-name=\"c.ogg\" aria-label=\"Play c.ogg\"></button>"
                                "<a href=\"/media/b/c.ogg\">c.ogg</a><span>2 B</span>"
                                "<a class=\"m3u\" href=\"/media/b/c.ogg.m3u\" "
                                "aria-label=\"Playlist of c.ogg\">m3u</a></li>"));
    EXPECT_LT(page.find("a.ogg"), page.find("c.ogg")) << "in the order given";
}

TEST(HttpIndexPage, ShowsWhatTheFilesSayOfThemselves) {
    const std::string page = page_of({track("a.ogg", 9, MediaInfo{"Ode & Joy", "<Someone>", 225'400ms})});
    EXPECT_THAT(page, HasSubstr("<a href=\"/media/a.ogg\">Ode &amp; Joy<small>&lt;Someone&gt;</small></a>"
                                "<span>3:45</span>"));
    EXPECT_THAT(page, HasSubstr("aria-label=\"Play Ode &amp; Joy\""));
}

TEST(HttpIndexPage, ShowsItsPlaceAmongTheFolders) {
    const std::string page =
        index_page("x y/<b>/c", {.folders = {"x y/<b>/c/d"}, .tracks = {track("x y/<b>/c/e.ogg")}});
    EXPECT_THAT(page, HasSubstr("<title>c - Kamaelia</title>"));
    EXPECT_THAT(page, HasSubstr("<nav><a href=\"/\">Kamaelia</a> / <a href=\"/media/x%20y/\">x y</a> / "
                                "<a href=\"/media/x%20y/%3Cb%3E/\">&lt;b&gt;</a> /</nav>\n<h1>c</h1>"));
    EXPECT_THAT(page, HasSubstr("<li class=\"folder\"><a href=\"/media/x%20y/%3Cb%3E/c/d/\">d</a></li>"));
    EXPECT_THAT(page, HasSubstr("<a href=\"/media/x%20y/%3Cb%3E/c.m3u\">Playlist of all</a>"));
    EXPECT_THAT(page_of({track("a.ogg")}), HasSubstr("<a href=\"/media.m3u\">Playlist of all</a>"));
}

TEST(HttpIndexPage, EscapesNames) {
    const std::string page = page_of({track("<b>&\"'.ogg"), track("caf\u00E9 #1?.ogg"), track("\xE9.ogg")});
    EXPECT_THAT(page, HasSubstr("\"/media/%3Cb%3E%26%22%27.ogg\""));
    EXPECT_THAT(page, HasSubstr(">&lt;b&gt;&amp;&quot;&#39;.ogg</a>"));
    EXPECT_THAT(page, HasSubstr("aria-label=\"Play &lt;b&gt;&amp;&quot;&#39;.ogg\""));
    EXPECT_THAT(page, HasSubstr("<a href=\"/media/caf%C3%A9%20%231%3F.ogg\">caf\u00E9 #1?.ogg</a>"));
    EXPECT_THAT(page, HasSubstr("<a href=\"/media/%E9.ogg\">\uFFFD.ogg</a>"));
    EXPECT_THAT(page, Not(HasSubstr("<b>")));
}

TEST(HttpIndexPage, ShowsSizesForPeopleWhereTheDurationIsUnknown) {
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
        EXPECT_THAT(page_of({track("a.ogg", size)}), HasSubstr("<span>" + std::string{text} + "</span>"));
}

TEST(HttpIndexPage, ShowsDurationsForPeople) {
    const std::pair<std::chrono::milliseconds, std::string_view> durations[] = {
        {0ms, "0:00"},      {499ms, "0:00"},         {7s, "0:07"},
        {59'600ms, "1:00"}, {61min + 3s, "1:01:03"}, {100h, "100:00:00"}};
    for (const auto& [duration, text] : durations)
        EXPECT_THAT(page_of({track("a.ogg", 1, MediaInfo{"", "", duration})}),
                    HasSubstr("<span>" + std::string{text} + "</span>"));
}

TEST(HttpIndexPage, SaysWhenThereIsNothingAndWhenThereIsMore) {
    const std::string_view nothing = "no media files";
    const std::string_view more = "more files than";
    const std::string_view unread = "not read yet";
    EXPECT_THAT(index_page("", {}), HasSubstr(nothing));
    EXPECT_THAT(index_page("", {}), Not(HasSubstr("<ul>")));
    EXPECT_THAT(index_page("", {}), Not(HasSubstr(more)));
    const std::string page = index_page("", {.folders = {}, .tracks = {track("a.ogg")}, .truncated = true});
    EXPECT_THAT(page, HasSubstr(more));
    EXPECT_THAT(page, Not(HasSubstr(nothing)));
    EXPECT_THAT(page, Not(HasSubstr(unread)));
    EXPECT_THAT(page_of({track("a.ogg", 1, std::nullopt)}), HasSubstr(unread));
}

} // namespace
