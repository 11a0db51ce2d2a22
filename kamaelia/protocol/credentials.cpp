#include "kamaelia/protocol/credentials.hpp"

#include "kamaelia/protocol/syntax.hpp"
#include "kamaelia/util/base64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kamaelia {
namespace {

constexpr std::size_t parameter_limit = 32;

std::unexpected<CredentialsError> malformed(std::string_view what) {
    return std::unexpected{CredentialsError{what}};
}

bool has_control(std::string_view text) { return std::ranges::any_of(text, is_control); }

std::expected<Credentials, CredentialsError> parse_basic(std::string_view text) {
    const auto pair = from_base64(trim(text));
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos || has_control(*pair))
        return malformed("Basic credentials that are not base64 of a name and a password");
    return BasicCredentials{pair->substr(0, colon), pair->substr(colon + 1)};
}

struct Parameter {
    std::string_view name;
    std::string value;
};

// token BWS "=" BWS ( token / quoted-string ), off the front of `text` with the comma behind it (RFC
// 9110 11.2).
std::expected<Parameter, CredentialsError> take_parameter(std::string_view& text) {
    const std::size_t equals = std::min(text.find_first_of("=,"), text.size());
    Parameter parameter{.name = trim(text.substr(0, equals)), .value = {}};
    if (equals == text.size() || text[equals] != '=' || !is_token(parameter.name))
        return malformed("a parameter that is not a name and a value");
    text = trim(text.substr(equals + 1));
    if (text.starts_with('"')) {
        std::size_t at = 1;
        for (; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\') ++at;
            if (at == text.size()) break;
            parameter.value += text[at];
        }
        if (at >= text.size()) return malformed("a quoted value without its end");
        text = trim(text.substr(at + 1));
        if (!text.empty() && !text.starts_with(',')) return malformed("text behind a quoted value");
    } else {
        const std::size_t comma = std::min(text.find(','), text.size());
        parameter.value = trim(text.substr(0, comma));
        if (parameter.value.empty() || parameter.value.contains('"') || parameter.value.contains(' '))
            return malformed("a parameter that is not a name and a value");
        text.remove_prefix(comma);
    }
    return parameter;
}

struct Place {
    std::string_view name;
    std::string DigestCredentials::* value;
    bool required;
};

constexpr std::array<Place, 9> places{{
    {"username", &DigestCredentials::username, true},
    {"realm", &DigestCredentials::realm, true},
    {"nonce", &DigestCredentials::nonce, true},
    {"uri", &DigestCredentials::uri, true},
    {"response", &DigestCredentials::response, true},
    {"algorithm", &DigestCredentials::algorithm, false},
    {"qop", &DigestCredentials::qop, false},
    {"nc", &DigestCredentials::nc, false},
    {"cnonce", &DigestCredentials::cnonce, false},
}};

std::expected<Credentials, CredentialsError> parse_digest(std::string_view text) {
    DigestCredentials credentials;
    std::array<bool, places.size()> seen{};
    for (std::size_t count = 0; !text.empty();) {
        if (text.starts_with(',') || text.starts_with(' ') || text.starts_with('\t')) {
            text.remove_prefix(1);
            continue;
        }
        if (++count > parameter_limit) return malformed("too many parameters");
        auto parameter = take_parameter(text);
        if (!parameter) return std::unexpected{parameter.error()};
        const auto* const place =
            std::ranges::find_if(places, [&](const Place& p) { return iequals(p.name, parameter->name); });
        if (place == places.end()) continue;
        if (std::exchange(seen[static_cast<std::size_t>(place - places.begin())], true))
            return malformed("a parameter that comes twice");
        credentials.*place->value = std::move(parameter->value);
    }
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i].required && !seen[i]) return malformed("a parameter of Digest is missing");
    if (has_control(credentials.username)) return malformed("a control character in a name");
    return credentials;
}

} // namespace

std::expected<Credentials, CredentialsError> parse_credentials(std::string_view value) {
    value = trim(value);
    const std::size_t space = std::min(value.find(' '), value.size());
    const std::string_view scheme = value.substr(0, space);
    if (!is_token(scheme)) return malformed("credentials without a scheme");
    if (iequals(scheme, "Basic")) return parse_basic(value.substr(space));
    if (iequals(scheme, "Digest")) return parse_digest(value.substr(space));
    return OtherCredentials{};
}

} // namespace kamaelia
