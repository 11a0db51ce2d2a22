// The URL of a request (RFC 2326 section 3.2), and the URLs that are told to clients.
//
//     const auto url = parse_url("rtsp://192.0.2.1:8554/media/a%20b.ogg/trackID=0");
//     // url->segments == {"media", "a b.ogg"}, url->track == 0
//     content_base(*url);      // "rtsp://192.0.2.1:8554/media/a%20b.ogg/"
//     control_url(*url, 0);    // "rtsp://192.0.2.1:8554/media/a%20b.ogg/trackID=0"
#pragma once

#include "kamaelia/protocol/url_path.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::rtsp {

/// A presentation, or one track of it, or the server itself. That it ends in a slash makes no difference:
/// clients put one behind the URL that they were given.
struct Url : UrlPath {
    bool server = false;                 ///< `*`: all else is then empty
    std::string origin{};                ///< "rtsp://host:port", the host as sent
    std::optional<std::uint8_t> track{}; ///< the number of a last segment `trackID=N`, which `segments` lacks
};

/// The longest URL that is taken, in bytes. More is answered with 414, every other error with 400.
inline constexpr std::size_t url_limit = 8000;

/// Reads `*` or an absolute URL with the scheme rtsp, rtspu or rtsps. Its path is as safe as an HTTP
/// target's; the host is a name, an IPv4 address or an IPv6 address in brackets; user information is refused,
/// because clients must not send it (RFC 2326 3.2 has no place for it). A query is passed over.
[[nodiscard]] std::expected<Url, UrlError> parse_url(std::string_view text);

/// The presentation's URL with a slash at its end: what a=control:* means, and the only thing that every
/// client joins a track's name to in the same way. Percent-encoded anew: whatever the client sent, no
/// character is in it that would mean something in a field or in SDP.
[[nodiscard]] std::string content_base(const Url& url);

/// The absolute URL of a track.
[[nodiscard]] std::string control_url(const Url& url, std::uint8_t track);

} // namespace kamaelia::rtsp
