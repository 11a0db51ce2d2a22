#include "kamaelia/protocol/url_path.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace kamaelia {
namespace {

std::expected<std::string, UrlError> decode_segment(std::string_view text) {
    std::string segment;
    segment.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const unsigned high = i + 1 < text.size() ? hex_value(text[i + 1]) : 16;
            const unsigned low = i + 2 < text.size() ? hex_value(text[i + 2]) : 16;
            if (high > 15 || low > 15) return std::unexpected{UrlError::bad_escape};
            c = static_cast<char>(high << 4 | low);
            if (c == '/') return std::unexpected{UrlError::encoded_slash};
            i += 2;
        }
        // A backslash is a slash to browsers and to some proxies: it must not be something else here.
        if (is_control(c) || c == '\\') return std::unexpected{UrlError::bad_character};
        segment += c;
    }
    if (segment.empty()) return std::unexpected{UrlError::empty_segment};
    if (segment == "." || segment == "..") return std::unexpected{UrlError::dot_segment};
    return segment;
}

} // namespace

std::string_view to_string(UrlError error) {
    switch (error) {
    case UrlError::too_long: return "the target is too long";
    case UrlError::not_a_path: return "the target is not a path";
    case UrlError::bad_authority: return "the target's authority is not a host";
    case UrlError::bad_escape: return "'%' without two hexadecimal digits";
    case UrlError::bad_character: return "a character that no target may hold";
    case UrlError::encoded_slash: return "an encoded slash";
    case UrlError::dot_segment: return "'.' or '..' as a segment";
    case UrlError::empty_segment: return "an empty segment";
    }
    std::unreachable();
}

std::expected<void, UrlError> check_url_characters(std::string_view url) {
    for (const char c : url)
        if (is_control(c) || c == ' ' || c == '#') return std::unexpected{UrlError::bad_character};
    return {};
}

std::expected<UrlPath, UrlError> parse_url_path(std::string_view path) {
    UrlPath parsed;
    if (path.empty()) path = "/"; // http://host, RFC 9110 4.2.3
    if (!path.starts_with('/')) return std::unexpected{UrlError::not_a_path};
    if (path.ends_with('/')) {
        parsed.ends_in_slash = true;
        path.remove_suffix(1);
    }
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        auto segment = decode_segment(path.substr(0, end));
        if (!segment) return std::unexpected{segment.error()};
        parsed.segments.push_back(std::move(*segment));
        path.remove_prefix(end);
    }
    return parsed;
}

std::string join(std::span<const std::string> segments) {
    std::string path;
    for (const std::string& segment : segments) {
        if (!path.empty()) path += '/';
        path += segment;
    }
    return path;
}

} // namespace kamaelia
