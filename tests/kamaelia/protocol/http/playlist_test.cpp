#include "kamaelia/protocol/http/playlist.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <vector>

namespace {

using namespace kamaelia;
using namespace std::chrono_literals;

TEST(HttpPlaylist, NamesEachTrackWithItsDurationAndUrl) {
    const std::vector<Track> tracks{
        {{.path = "a/b c.ogg", .size = 1}, MediaInfo{"Ode", "Someone", 61'600ms}},
        {{.path = "d.ogg", .size = 1}, MediaInfo{"Air", "", std::nullopt}},
        {{.path = "a/e.ogg", .size = 1}, MediaInfo{"", "Someone", 500ms}},
        {{.path = "\xFF#?.ogg", .size = 1}, std::nullopt},
    };
    EXPECT_EQ(http::playlist(tracks, "http://h:8000"), "#EXTM3U\n"
                                                       "#EXTINF:62,Someone - Ode\n"
                                                       "http://h:8000/media/a/b%20c.ogg\n"
                                                       "#EXTINF:-1,Air\n"
                                                       "http://h:8000/media/d.ogg\n"
                                                       "#EXTINF:0,e.ogg\n"
                                                       "http://h:8000/media/a/e.ogg\n"
                                                       "#EXTINF:-1,\uFFFD#?.ogg\n"
                                                       "http://h:8000/media/%FF%23%3F.ogg\n");
}

TEST(HttpPlaylist, IsRelativeToTheServerWithoutABase) {
    const std::vector<Track> tracks{{{.path = "d.ogg", .size = 1}, std::nullopt}};
    EXPECT_EQ(http::playlist(tracks, ""), "#EXTM3U\n#EXTINF:-1,d.ogg\n/media/d.ogg\n");
    EXPECT_EQ(http::playlist({}, ""), "#EXTM3U\n");
}

} // namespace
