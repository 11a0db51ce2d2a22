#include "kamaelia/protocol/rtsp/url.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace std::string_view_literals;
using namespace kamaelia;
using rtsp::content_base;
using rtsp::control_url;
using rtsp::parse_url;

struct Accepted {
    std::string_view text;
    std::vector<std::string> segments;
    std::optional<unsigned> track = {};
    std::string_view base = {};
};

TEST(RtspUrl, NamesAPresentationOrATrack) {
    const Accepted cases[] = {
        {"rtsp://127.0.0.1:18554/file", {"file"}, {}, "rtsp://127.0.0.1:18554/file/"},
        {"rtsp://127.0.0.1:18554/file/", {"file"}, {}, "rtsp://127.0.0.1:18554/file/"},
        {"rtsp://h/file/trackID=0", {"file"}, 0, "rtsp://h/file/"},
        {"rtsp://h/file/trackID=255/", {"file"}, 255, "rtsp://h/file/"},
        {"rtsp://h/media/a/b.ogg/trackID=1", {"media", "a", "b.ogg"}, 1, "rtsp://h/media/a/b.ogg/"},
        {"rtsp://h/trackID=2", {}, 2, "rtsp://h/"},
        {"rtsp://h/a/trackID=", {"a", "trackID="}, {}, "rtsp://h/a/trackID%3D/"},
        {"rtsp://h/a/trackID=256", {"a", "trackID=256"}, {}, "rtsp://h/a/trackID%3D256/"},
        {"rtsp://h/a/trackID=-1", {"a", "trackID=-1"}, {}, "rtsp://h/a/trackID%3D-1/"},
        {"rtsp://h/trackID=0/b", {"trackID=0", "b"}, {}, "rtsp://h/trackID%3D0/b/"},
        {"rtsp://h/a/trackID%3D0", {"a", "trackID=0"}, {}, "rtsp://h/a/trackID%3D0/"},
        {"rtsp://h/a/trackID=0/trackID=1", {"a", "trackID=0"}, 1, "rtsp://h/a/trackID%3D0/"},
        {"rtsp://h/stream=0", {"stream=0"}, {}, "rtsp://h/stream%3D0/"}, // Debian's VLC
        {"rtsp://h", {}, {}, "rtsp://h/"},
        {"rtsp://h:8554", {}, {}, "rtsp://h:8554/"}, // VLC's RealMedia dialogue
        {"rtsp://h:/", {}, {}, "rtsp://h:/"},
        {"RTSP://Host.example/a", {"a"}, {}, "rtsp://Host.example/a/"},
        {"rtspu://h/a", {"a"}, {}, "rtspu://h/a/"},
        {"rtsps://h/a", {"a"}, {}, "rtsps://h/a/"},
        {"rtsp://[::1]:8554/a", {"a"}, {}, "rtsp://[::1]:8554/a/"},
        {"rtsp://[2001:db8::192.0.2.1]/a", {"a"}, {}, "rtsp://[2001:db8::192.0.2.1]/a/"},
        {"rtsp://h/a%20b;c,d\"<>.ogg", {"a b;c,d\"<>.ogg"}, {}, "rtsp://h/a%20b%3Bc%2Cd%22%3C%3E.ogg/"},
        {"rtsp://h/\xC3\xA9%C3%A9", {"\xC3\xA9\xC3\xA9"}, {}, "rtsp://h/%C3%A9%C3%A9/"},
        {"rtsp://h/a?b=c/../d", {"a"}, {}, "rtsp://h/a/"},
        {"rtsp://h?b", {}, {}, "rtsp://h/"},
    };
    for (const Accepted& c : cases) {
        const auto url = parse_url(c.text);
        ASSERT_TRUE(url.has_value()) << c.text << ": " << to_string(url.error());
        EXPECT_FALSE(url->server) << c.text;
        EXPECT_EQ(url->segments, c.segments) << c.text;
        EXPECT_EQ(url->track, c.track) << c.text;
        EXPECT_EQ(content_base(*url), c.base) << c.text;
        EXPECT_EQ(control_url(*url, 7), std::string{c.base} + "trackID=7") << c.text;
    }
}

TEST(RtspUrl, WhatIsToldToClientsIsUnderstoodAgain) {
    for (const std::string_view text : {"rtsp://h:1/"sv, "rtsp://h/a%3F%22"sv, "rtsp://[::1]/x/trackID=3/y"sv,
                                        "rtsp://h/trackID=1/trackID=2"sv}) {
        const auto url = parse_url(text);
        ASSERT_TRUE(url.has_value()) << text;
        const auto again = parse_url(content_base(*url));
        ASSERT_TRUE(again.has_value()) << text;
        EXPECT_EQ(again->segments, url->segments) << text;
        const auto track = parse_url(control_url(*url, 12));
        ASSERT_TRUE(track.has_value()) << text;
        EXPECT_EQ(track->segments, url->segments) << text;
        EXPECT_EQ(track->track, 12) << text;
    }
}

TEST(RtspUrl, IsTheServerWhenItIsAnAsterisk) {
    const auto url = parse_url("*");
    ASSERT_TRUE(url.has_value());
    EXPECT_TRUE(url->server);
    EXPECT_TRUE(url->segments.empty());
}

TEST(RtspUrl, RefusesWhatIsNone) {
    const std::pair<std::string_view, UrlError> cases[] = {
        {"", UrlError::not_a_path},
        {"/file", UrlError::not_a_path},
        {"**", UrlError::not_a_path},
        {"file", UrlError::not_a_path},
        {"http://h/a", UrlError::not_a_path},
        {"rtspx://h/a", UrlError::not_a_path},
        {"rtsp:/h/a", UrlError::not_a_path},
        {"://h/a", UrlError::not_a_path},
        {"rtsp://", UrlError::bad_authority},
        {"rtsp:///a", UrlError::bad_authority},
        {"rtsp://:8554/a", UrlError::bad_authority},
        {"rtsp://user:pass@h/a", UrlError::bad_authority},
        {"rtsp://@h/a", UrlError::bad_authority},
        {"rtsp://h:0/a", UrlError::bad_authority},
        {"rtsp://h:65536/a", UrlError::bad_authority},
        {"rtsp://h:x/a", UrlError::bad_authority},
        {"rtsp://h:1:2/a", UrlError::bad_authority},
        {"rtsp://h%41/a", UrlError::bad_authority},
        {"rtsp://h,i/a", UrlError::bad_authority},
        {"rtsp://h\"/a", UrlError::bad_authority},
        {"rtsp://h\\i/a", UrlError::bad_authority},
        {"rtsp://\xC3\xA9/a", UrlError::bad_authority},
        {"rtsp://::1/a", UrlError::bad_authority},
        {"rtsp://[::1/a", UrlError::bad_authority},
        {"rtsp://[]/a", UrlError::bad_authority},
        {"rtsp://[h]/a", UrlError::bad_authority},
        {"rtsp://[::1]x/a", UrlError::bad_authority},
        {"rtsp://[::1%25lo]/a", UrlError::bad_authority},
        {"rtsp://h/a b", UrlError::bad_character},
        {"rtsp://h/a#b", UrlError::bad_character},
        {"rtsp://h/\0"sv, UrlError::bad_character},
        {"rtsp://h/%00", UrlError::bad_character},
        {"rtsp://h/a%0D%0Ab", UrlError::bad_character},
        {"rtsp://h/a\\b", UrlError::bad_character},
        {"rtsp://h/..", UrlError::dot_segment},
        {"rtsp://h/a/../b", UrlError::dot_segment},
        {"rtsp://h/%2e%2e/b", UrlError::dot_segment},
        {"rtsp://h/a/./trackID=0", UrlError::dot_segment},
        {"rtsp://h//a", UrlError::empty_segment},
        {"rtsp://h/a//trackID=0", UrlError::empty_segment},
        {"rtsp://h//trackID=0", UrlError::empty_segment},
        {"rtsp://h/a/trackID=0//", UrlError::empty_segment},
        {"rtsp://h/a%2Fb", UrlError::encoded_slash},
        {"rtsp://h/%", UrlError::bad_escape},
        {"rtsp://h/%4z", UrlError::bad_escape},
    };
    for (const auto& [text, error] : cases) {
        const auto url = parse_url(text);
        ASSERT_FALSE(url.has_value()) << text;
        EXPECT_EQ(to_string(url.error()), to_string(error)) << text;
    }
}

TEST(RtspUrl, HasALimit) {
    const std::string longest = "rtsp://h/" + std::string(rtsp::url_limit - 9, 'a');
    EXPECT_TRUE(parse_url(longest).has_value());
    EXPECT_EQ(parse_url(longest + 'a').error(), UrlError::too_long);
}

} // namespace
