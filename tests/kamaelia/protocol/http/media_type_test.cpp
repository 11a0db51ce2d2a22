#include "kamaelia/protocol/http/media_type.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

using namespace kamaelia::http;

struct Case {
    std::string_view name;
    std::string_view type;
};

TEST(HttpMediaType, IsFoundByExtension) {
    const Case cases[] = {
        {"a.ogg", "audio/ogg"},
        {"a.oga", "audio/ogg"},
        {"a.opus", "audio/ogg; codecs=opus"},
        {"a.spx", "audio/ogg; codecs=speex"},
        {"a.ogv", "video/ogg"},
        {"a.flac", "audio/flac"},
        {"a.mp3", "audio/mpeg"},
        {"a.m4a", "audio/mp4"},
        {"a.aiff", "audio/aiff"},
        {"a.webm", "video/webm"},
        {"a.weba", "audio/webm"},
        {"a.wav", "audio/wav"},
        {"a.m3u", "audio/x-mpegurl"},
        {"a.m3u8", "application/vnd.apple.mpegurl"},
        {"a.html", "text/html; charset=utf-8"},
        {"a.txt", "text/plain; charset=utf-8"},
        {"a.json", "application/json"},
        {"a.jpg", "image/jpeg"},
    };
    for (const Case& c : cases) EXPECT_EQ(media_type(c.name), c.type) << c.name;
}

TEST(HttpMediaType, HasNoRegardToCase) {
    EXPECT_EQ(media_type("A.OGG"), "audio/ogg");
    EXPECT_EQ(media_type("A.Html"), "text/html; charset=utf-8");
}

TEST(HttpMediaType, LooksAtTheLastExtensionOfTheLastSegmentOnly) {
    EXPECT_EQ(media_type("music/1. a.ogg"), "audio/ogg");
    EXPECT_EQ(media_type("a.txt.ogg"), "audio/ogg");
    EXPECT_EQ(media_type("a.ogg.txt"), "text/plain; charset=utf-8");
    EXPECT_EQ(media_type("album.ogg/cover"), "application/octet-stream");
}

TEST(HttpMediaType, IsOctetsWhenNothingIsKnown) {
    for (const std::string_view name : {"", "ogg", "a.", "a.ogg ", "a.oggx", "a.xyz", "a.ogg/", "."})
        EXPECT_EQ(media_type(name), "application/octet-stream") << name;
}

TEST(HttpMediaType, TellsWhatCanBePlayed) {
    for (const std::string_view name : {"a.ogg", "a.ogx", "a.MP3", "b/a.webm", "a.wav"})
        EXPECT_TRUE(is_playable(name)) << name;
    for (const std::string_view name :
         {"a.txt", "a.html", "a.jpg", "a", "a.pdf", "list.xspf", "list.m3u", "list.pls"})
        EXPECT_FALSE(is_playable(name)) << name;
}

} // namespace
