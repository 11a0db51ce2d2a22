#include "kamaelia/protocol/rtsp/url.hpp"

#include "kamaelia/protocol/syntax.hpp"
#include "kamaelia/util/html.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kamaelia::rtsp {
namespace {

constexpr std::string_view track_prefix = "trackID=";
constexpr std::array<std::string_view, 3> schemes{"rtsp", "rtspu", "rtsps"};

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_of_a_name(char c) {
    return is_letter(c) || is_digit(c) || std::string_view{"-._~"}.contains(c);
}
constexpr bool is_of_ipv6(char c) { return hex_value(c) < 16 || c == ':' || c == '.'; }

// host [ ":" port ] (RFC 3986 3.2); a port may be empty there.
bool is_authority(std::string_view text) {
    std::size_t host = 0;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos || !text.substr(1, end - 1).contains(':') ||
            !std::ranges::all_of(text.substr(1, end - 1), is_of_ipv6))
            return false;
        host = end + 1;
    } else {
        host = std::min(text.find(':'), text.size());
        if (host == 0 || !std::ranges::all_of(text.substr(0, host), is_of_a_name)) return false;
    }
    if (host == text.size()) return true;
    const std::string_view port = text.substr(host + 1);
    return text[host] == ':' && (port.empty() || parse_number<std::uint16_t>(port).value_or(0) != 0);
}

// Takes scheme and authority off the front of `text`.
std::expected<std::string, UrlError> take_origin(std::string_view& text) {
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::unexpected{UrlError::not_a_path};
    const auto* const scheme = std::ranges::find_if(
        schemes, [&](std::string_view known) { return iequals(known, text.substr(0, colon)); });
    if (scheme == schemes.end()) return std::unexpected{UrlError::not_a_path};
    const std::size_t end = std::min(text.find_first_of("/?", colon + 3), text.size());
    const std::string_view authority = text.substr(colon + 3, end - colon - 3);
    if (!is_authority(authority)) return std::unexpected{UrlError::bad_authority};
    text.remove_prefix(end);
    return std::string{*scheme}.append("://").append(authority);
}

// Takes a last segment `trackID=N` off a path. One that is written in another way is part of the path: so
// content_base() can say it.
std::optional<std::uint8_t> take_track(std::string_view& path) {
    const std::string_view whole = path.substr(0, path.size() - (path.ends_with('/') ? 1 : 0));
    const std::size_t slash = whole.rfind('/');
    if (slash == std::string_view::npos || whole.substr(0, slash).ends_with('/')) return std::nullopt;
    const std::string_view segment = whole.substr(slash + 1);
    if (!segment.starts_with(track_prefix)) return std::nullopt;
    const auto track = parse_number<std::uint8_t>(segment.substr(track_prefix.size()));
    if (track) path = path.substr(0, slash);
    return track;
}

} // namespace

std::expected<Url, UrlError> parse_url(std::string_view text) {
    Url url;
    url.server = text == "*";
    if (url.server) return url;
    if (text.size() > url_limit) return std::unexpected{UrlError::too_long};
    if (auto characters = check_url_characters(text); !characters) return std::unexpected{characters.error()};
    auto origin = take_origin(text);
    if (!origin) return std::unexpected{origin.error()};
    text = text.substr(0, text.find('?'));
    url.track = take_track(text);
    auto path = parse_url_path(text);
    if (!path) return std::unexpected{path.error()};
    url.origin = std::move(*origin);
    url.segments = std::move(path->segments);
    url.ends_in_slash = path->ends_in_slash;
    return url;
}

std::string content_base(const Url& url) {
    std::string text = url.origin + '/';
    if (!url.segments.empty()) text += percent_encode_path(join(url.segments)) + '/';
    return text;
}

std::string control_url(const Url& url, std::uint8_t track) {
    return content_base(url).append(track_prefix).append(std::to_string(track));
}

} // namespace kamaelia::rtsp
