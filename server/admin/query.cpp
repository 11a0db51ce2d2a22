#include "server/admin/query.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <ranges>

namespace server::admin {
namespace {

std::string decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto high = kamaelia::hex_value(text[i + 1]);
            const auto low = kamaelia::hex_value(text[i + 2]);
            if (high < 16 && low < 16) {
                out += static_cast<char>(high << 4U | low);
                i += 2;
                continue;
            }
        }
        out += text[i] == '+' ? ' ' : text[i];
    }
    return out;
}

} // namespace

std::vector<std::string> query_values(std::string_view query, std::string_view name) {
    std::vector<std::string> values;
    for (const auto part : std::views::split(query, '&')) {
        const std::string_view pair{part};
        const auto equals = pair.find('=');
        if (decoded(pair.substr(0, equals)) != name) continue;
        values.push_back(equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1)));
    }
    return values;
}

} // namespace server::admin
