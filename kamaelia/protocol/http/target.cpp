#include "kamaelia/protocol/http/target.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
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

} // namespace

std::expected<Target, TargetError> parse_target(std::string_view text, std::size_t limit) {
    if (text.size() > limit) return std::unexpected{TargetError::too_long};
    if (auto characters = check_url_characters(text); !characters) return std::unexpected{characters.error()};
    auto path = path_and_query(text);
    if (!path) return std::unexpected{path.error()};

    const std::size_t mark = path->find('?');
    auto parsed = parse_url_path(path->substr(0, mark));
    if (!parsed) return std::unexpected{parsed.error()};
    Target target{std::move(*parsed), {}};
    if (mark != std::string_view::npos) target.query = path->substr(mark + 1);
    return target;
}

} // namespace kamaelia::http
