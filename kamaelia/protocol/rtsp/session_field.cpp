#include "kamaelia/protocol/rtsp/session_field.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstdint>

namespace kamaelia::rtsp {
namespace {

// Takes what stands before the first semicolon, trimmed, off the front of `text`.
std::string_view next_part(std::string_view& text) {
    const std::size_t at = std::min(text.find(';'), text.size());
    const std::string_view part = trim(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

} // namespace

std::optional<SessionField> parse_session(std::string_view value) {
    SessionField session;
    session.id = next_part(value);
    if (session.id.empty()) return std::nullopt;
    while (!value.empty()) {
        const std::string_view part = next_part(value);
        const std::size_t equals = std::min(part.find('='), part.size());
        if (!iequals(trim(part.substr(0, equals)), "timeout")) continue;
        const auto number = parse_number<std::uint32_t>(trim(part.substr(std::min(equals + 1, part.size()))));
        constexpr std::uint32_t a_day = 86'400;
        if (number && *number > 0) session.timeout = std::chrono::seconds{std::min(*number, a_day)};
    }
    return session;
}

std::string_view named_session(const Request& request) {
    std::optional<std::string_view> id;
    for (const Field& field : request.fields) {
        if (!iequals(field.name, "Session")) continue;
        std::string_view value = field.value;
        const std::string_view named = next_part(value);
        if (id && *id != named) return {};
        id = named;
    }
    return id.value_or(std::string_view{});
}

} // namespace kamaelia::rtsp
