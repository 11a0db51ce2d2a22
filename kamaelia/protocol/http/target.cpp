#include "kamaelia/protocol/http/target.hpp"

#include "kamaelia/protocol/http/syntax.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia::http {
namespace {

// Cuts `scheme://authority` off an absolute form; an origin form stays as it is.
std::expected<std::string_view, TargetError> path_and_query(std::string_view text) {
    if (text.starts_with('/')) return text;
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::unexpected{TargetError::not_a_path};
    const std::string_view scheme = text.substr(0, colon);
    if (!iequals(scheme, "http") && !iequals(scheme, "https"))
        return std::unexpected{TargetError::not_a_path};
    text.remove_prefix(colon + 3);
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    const std::string_view authority = text.substr(0, end);
    // User information in an http URL is for deceiving people (RFC 9110 4.2.4).
    if (authority.empty() || authority.starts_with(':') || authority.contains('@'))
        return std::unexpected{TargetError::bad_authority};
    return text.substr(end);
}

std::expected<std::string, TargetError> decode_segment(std::string_view text) {
    std::string segment;
    segment.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const unsigned high = i + 1 < text.size() ? hex_value(text[i + 1]) : 16;
            const unsigned low = i + 2 < text.size() ? hex_value(text[i + 2]) : 16;
            if (high > 15 || low > 15) return std::unexpected{TargetError::bad_escape};
            c = static_cast<char>(high << 4 | low);
            if (c == '/') return std::unexpected{TargetError::encoded_slash};
            i += 2;
        }
        // A backslash is a slash to browsers and to some proxies: it must not be something else here.
        if (is_control(c) || c == '\\') return std::unexpected{TargetError::bad_character};
        segment += c;
    }
    if (segment.empty()) return std::unexpected{TargetError::empty_segment};
    if (segment == "." || segment == "..") return std::unexpected{TargetError::dot_segment};
    return segment;
}

} // namespace

std::string_view to_string(TargetError error) {
    switch (error) {
    case TargetError::too_long: return "the target is too long";
    case TargetError::not_a_path: return "the target is not a path";
    case TargetError::bad_authority: return "the target's authority is not a host";
    case TargetError::bad_escape: return "'%' without two hexadecimal digits";
    case TargetError::bad_character: return "a character that no target may hold";
    case TargetError::encoded_slash: return "an encoded slash";
    case TargetError::dot_segment: return "'.' or '..' as a segment";
    case TargetError::empty_segment: return "an empty segment";
    }
    std::unreachable();
}

std::expected<Target, TargetError> parse_target(std::string_view text, std::size_t limit) {
    if (text.size() > limit) return std::unexpected{TargetError::too_long};
    for (const char c : text)
        if (is_control(c) || c == ' ' || c == '#') return std::unexpected{TargetError::bad_character};
    auto path = path_and_query(text);
    if (!path) return std::unexpected{path.error()};

    Target target;
    if (const std::size_t mark = path->find('?'); mark != std::string_view::npos) {
        target.query = path->substr(mark + 1);
        *path = path->substr(0, mark);
    }
    if (path->empty()) *path = "/"; // http://host and http://host?query, RFC 9110 4.2.3
    if (path->ends_with('/')) {
        target.ends_in_slash = true;
        path->remove_suffix(1);
    }
    while (!path->empty()) {
        path->remove_prefix(1);
        const std::size_t end = std::min(path->find('/'), path->size());
        auto segment = decode_segment(path->substr(0, end));
        if (!segment) return std::unexpected{segment.error()};
        target.segments.push_back(std::move(*segment));
        path->remove_prefix(end);
    }
    return target;
}

std::string join(std::span<const std::string> segments) {
    std::string path;
    for (const std::string& segment : segments) {
        if (!path.empty()) path += '/';
        path += segment;
    }
    return path;
}

} // namespace kamaelia::http
