#include "kamaelia/protocol/rtsp/accept.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace kamaelia::rtsp {
namespace {

enum class Match : std::uint8_t { none, anything, family, exact };

Match match_of(std::string_view range, std::string_view type) {
    if (iequals(range, type)) return Match::exact;
    if (range == "*/*") return Match::anything;
    const std::string_view family = type.substr(0, type.find('/') + 1);
    const bool is_family = range.ends_with("/*") && iequals(range.substr(0, range.size() - 1), family);
    return is_family ? Match::family : Match::none;
}

// Whether `;q=0` is among the parameters.
bool is_refused(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::size_t end = std::min(parameters.find(';'), parameters.size());
        const std::string_view each = trim(parameters.substr(0, end));
        parameters.remove_prefix(std::min(end + 1, parameters.size()));
        if (each.size() < 3 || !iequals(each.substr(0, 2), "q=")) continue;
        const std::string_view value = trim(each.substr(2));
        return value.starts_with('0') && value.find_first_not_of("0.") == std::string_view::npos;
    }
    return false;
}

} // namespace

bool accepts(const Request& request, std::string_view type) {
    bool anything_named = false;
    bool accepted = false;
    Match closest = Match::none;
    for (const Field& field : request.fields) {
        if (!iequals(field.name, "Accept")) continue;
        for (std::string_view rest = field.value; !rest.empty();) {
            const std::string_view element = next_element(rest);
            if (element.empty()) continue;
            anything_named = true;
            const std::size_t end = std::min(element.find_first_of("; \t"), element.size());
            const Match match = match_of(element.substr(0, end), type);
            if (match == Match::none || match < closest) continue;
            const bool yes = !is_refused(element.substr(end));
            accepted = yes || (accepted && match == closest);
            closest = match;
        }
    }
    return accepted || !anything_named;
}

} // namespace kamaelia::rtsp
