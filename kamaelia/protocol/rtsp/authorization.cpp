#include "kamaelia/protocol/rtsp/authorization.hpp"

#include "kamaelia/protocol/rtsp/url.hpp"
#include "kamaelia/protocol/syntax.hpp"
#include "kamaelia/util/digest.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace kamaelia::rtsp {
namespace {

// Stands for the HA1 of a user that there is not, so that the answer takes as long.
constexpr std::string_view no_ha1 = "00000000000000000000000000000000";

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::optional<DigestAlgorithm> algorithm_of(std::string_view name) {
    if (name.empty() || iequals(name, "MD5")) return DigestAlgorithm::md5;
    if (iequals(name, "SHA-256")) return DigestAlgorithm::sha256;
    return std::nullopt;
}

// GStreamer and live555 give the URL of the presentation for its tracks too; a slash behind it is no
// difference.
bool names_same_presentation(std::string_view uri, std::string_view url) {
    if (uri == url) return true;
    const auto a = parse_url(uri);
    const auto b = parse_url(url);
    return a && b && !a->server && !b->server && a->segments == b->segments;
}

// RFC 7616 3.4.1; without qop as in RFC 2069, for live555 and GStreamer.
std::string response_of(DigestAlgorithm algorithm, std::string_view ha1, std::string_view method,
                        const DigestCredentials& credentials) {
    const std::string ha2 = hex_digest(algorithm, std::string{method} + ':' + credentials.uri);
    std::string text{ha1};
    text.append(":").append(credentials.nonce);
    if (!credentials.qop.empty())
        text.append(":").append(credentials.nc).append(":").append(credentials.cnonce).append(":auth");
    return hex_digest(algorithm, text.append(":").append(ha2));
}

bool is_well_formed(const DigestCredentials& credentials) {
    if (credentials.qop.empty()) return true;
    return iequals(credentials.qop, "auth") && !credentials.cnonce.empty() && credentials.nc.size() == 8 &&
           std::ranges::all_of(credentials.nc, [](char c) { return hex_value(c) < 16; });
}

Verdict authorize_digest(const Users& users, const DigestCredentials& credentials, const Request& request,
                         const Nonce& nonce, axon::Time now) {
    if (!is_well_formed(credentials) || !names_same_presentation(credentials.uri, request.url))
        return {.decision = Decision::malformed};
    const auto algorithm = algorithm_of(credentials.algorithm);
    if (!algorithm || credentials.realm != users.realm()) return {.decision = Decision::wrong};
    const std::string* const ha1 = users.ha1(credentials.username, *algorithm);
    const std::string response =
        response_of(*algorithm, ha1 != nullptr ? *ha1 : no_ha1, request.method_name, credentials);
    if (!equal_in_constant_time(response, credentials.response) || ha1 == nullptr)
        return {.decision = Decision::wrong};
    const bool counts = !credentials.qop.empty();
    const auto count = counts ? parse_number<std::uint32_t>(credentials.nc, 16).value_or(0) : nonce.count;
    const bool is_good = !nonce.text.empty() && equal_in_constant_time(credentials.nonce, nonce.text) &&
                         now - nonce.made <= nonce_lifetime && (!counts || count > nonce.count);
    if (!is_good) return {.decision = Decision::stale};
    return {.decision = Decision::granted, .count = count, .user = credentials.username};
}

Verdict authorize_basic(const Users& users, const BasicCredentials& credentials, const Nonce& nonce) {
    auto password = users.check(credentials.user, credentials.password);
    if (password.is_slow())
        return {.decision = Decision::undecided,
                .count = nonce.count,
                .user = credentials.user,
                .password = std::move(password)};
    return {.decision = password() ? Decision::granted : Decision::wrong,
            .count = nonce.count,
            .user = credentials.user};
}

// Nothing where there are two. GStreamer says the same one again each time that it tries a password.
std::optional<std::string_view> authorization_of(const Request& request) {
    std::optional<std::string_view> value;
    for (const auto& field : request.fields) {
        if (!iequals(field.name, "Authorization")) continue;
        if (value && *value != field.value) return std::nullopt;
        value = field.value;
    }
    return value;
}

} // namespace

Status status_of(Decision decision) {
    switch (decision) {
    case Decision::granted: return Status::ok;
    case Decision::absent:
    case Decision::stale:
    case Decision::wrong: return Status::unauthorized;
    case Decision::malformed: return Status::bad_request;
    case Decision::undecided: break;
    }
    std::unreachable();
}

Verdict authorize(const Users& users, const Request& request, const Nonce& nonce, axon::Time now) {
    if (!request.has("Authorization")) return {};
    const auto value = authorization_of(request);
    const auto credentials = value ? parse_credentials(*value) : std::unexpected{CredentialsError{}};
    if (!credentials) return {.decision = Decision::malformed};
    if (const auto* const digest = std::get_if<DigestCredentials>(&*credentials))
        return authorize_digest(users, *digest, request, nonce, now);
    if (const auto* const basic = std::get_if<BasicCredentials>(&*credentials))
        return authorize_basic(users, *basic, nonce);
    return {};
}

std::vector<std::string> challenges(const Users& users, std::string_view nonce, bool stale) {
    const std::string realm = quoted(users.realm());
    // The order of the first two is live555's, which reads nothing else.
    const std::string begin = "Digest realm=" + realm + ", nonce=" + quoted(nonce) + ", algorithm=";
    const std::string end = stale ? ", qop=\"auth\", stale=true" : ", qop=\"auth\"";
    std::vector<std::string> all;
    if (users.has(DigestAlgorithm::sha256)) all.push_back(begin + "SHA-256" + end);
    if (users.has(DigestAlgorithm::md5)) all.push_back(begin + "MD5" + end);
    all.push_back("Basic realm=" + realm);
    return all;
}

} // namespace kamaelia::rtsp
