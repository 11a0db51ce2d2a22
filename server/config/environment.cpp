#include "server/config/environment.hpp"

#include "axon/quote.hpp"

#include <algorithm>

#include <unistd.h>

namespace server {
namespace {

constexpr std::string_view form = "expected ${NAME} or ${NAME:-default} ($${ stands for a plain ${)";

constexpr std::size_t longest_name = 100; // it stands whole in messages

bool is_name(std::string_view text) {
    const auto is_letter = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
    };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return !text.empty() && text.size() <= longest_name && !is_digit(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return is_letter(c) || is_digit(c); });
}

// What stands between ${ and }.
std::expected<std::string_view, std::string> value_of(std::string_view reference,
                                                      const Environment& environment) {
    const auto colon = reference.find(":-");
    const auto name = reference.substr(0, colon);
    const auto written = "${" + std::string{reference} + "}";
    if (!is_name(name) || reference.contains("${"))
        return std::unexpected{axon::quote(written).append(": ").append(form)};
    const auto variable = environment.find(name);
    if (colon == std::string_view::npos) {
        if (variable == environment.end())
            return std::unexpected{written + ": the environment variable " + std::string{name} +
                                   " is not set; ${" + std::string{name} + ":-default} would give a default"};
        return variable->second;
    }
    if (variable == environment.end() || variable->second.empty()) return reference.substr(colon + 2);
    return variable->second;
}

} // namespace

Environment process_environment() {
    Environment environment;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text{*entry};
        if (const auto equals = text.find('='); equals != std::string_view::npos)
            environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

std::expected<std::string, std::string> expand(std::string_view text, const Environment& environment) {
    std::string out;
    while (true) {
        const auto start = text.find("${");
        out += text.substr(0, start);
        if (start == std::string_view::npos) return out;
        if (start > 0 && text[start - 1] == '$') {
            out += '{'; // after the first $ of $${
            text.remove_prefix(start + 2);
            continue;
        }
        const auto end = text.find('}', start);
        if (end == std::string_view::npos)
            return std::unexpected{axon::quote(text.substr(start)) + " does not end; " + std::string{form}};
        const auto value = value_of(text.substr(start + 2, end - start - 2), environment);
        if (!value) return std::unexpected{value.error()};
        out += *value;
        text.remove_prefix(end + 1);
    }
}

} // namespace server
