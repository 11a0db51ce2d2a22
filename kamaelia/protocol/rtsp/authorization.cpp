#include "kamaelia/protocol/rtsp/authorization.hpp"

#include "kamaelia/protocol/rtsp/url.hpp"
#include "kamaelia/protocol/syntax.hpp"
#include "kamaelia/util/digest.hpp"

#include <algorithm>
#include <cstddef>
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

} // namespace

Status status_of(Decision decision) {
    switch (decision) {
    case Decision::granted: return Status::ok;
    case Decision::challenged: return Status::unauthorized;
    case Decision::malformed: return Status::bad_request;
    }
    std::unreachable();
}

Authorizer::Authorizer(const Users& users, Settings settings)
    : users_{users}, settings_{std::move(settings)} {}

Verdict Authorizer::check(const Request& request, const Context& context) const {
    if (!request.has("Authorization")) return {};
    const auto value = request.field("Authorization");
    const auto credentials = value ? parse_credentials(*value) : std::unexpected{CredentialsError{}};
    if (!credentials) return {.decision = Decision::malformed};
    if (const auto* const digest = std::get_if<DigestCredentials>(&*credentials))
        return check_digest(*digest, request, context);
    const auto* const basic = std::get_if<BasicCredentials>(&*credentials);
    if (basic == nullptr || !users_.check_password(basic->user, basic->password)) return {};
    return {.decision = Decision::granted, .user = basic->user};
}

Verdict Authorizer::check_digest(const DigestCredentials& credentials, const Request& request,
                                 const Context& context) const {
    if (!is_well_formed(credentials) || !names_same_presentation(credentials.uri, request.url))
        return {.decision = Decision::malformed};
    const auto algorithm = algorithm_of(credentials.algorithm);
    if (!algorithm || credentials.realm != settings_.realm) return {};
    const std::string* const ha1 = users_.ha1(credentials.username, *algorithm);
    const std::string response =
        response_of(*algorithm, ha1 != nullptr ? *ha1 : no_ha1, request.method_name, credentials);
    if (!equal_in_constant_time(response, credentials.response) || ha1 == nullptr) return {};

    const std::string_view time = std::string_view{credentials.nonce}.substr(0, credentials.nonce.find('-'));
    const auto seconds = parse_number<std::uint64_t>(time, 16);
    if (!seconds || !equal_in_constant_time(nonce(time, context.peer), credentials.nonce)) return {};
    const std::chrono::sys_seconds made{std::chrono::seconds{static_cast<std::int64_t>(*seconds)}};
    if (made > context.now || context.now - made > settings_.nonce_lifetime) return {.stale = true};
    return {.decision = Decision::granted, .user = credentials.username};
}

std::string Authorizer::nonce(std::string_view time, std::string_view peer) const {
    std::string text{time};
    return text + '-' + hex_hmac(settings_.key, text + ' ' + std::string{peer}).substr(0, 32);
}

std::vector<std::string> Authorizer::challenges(const Context& context, bool stale) const {
    std::string time;
    for (auto rest = static_cast<std::uint64_t>(context.now.time_since_epoch().count()); rest != 0;
         rest >>= 4U)
        time.insert(time.begin(), "0123456789abcdef"[rest & 0xFU]);
    // The order of the first two is live555's, which reads nothing else.
    const std::string common =
        "Digest realm=" + quoted(settings_.realm) + ", nonce=" + quoted(nonce(time, context.peer));
    const std::string end = stale ? ", qop=\"auth\", stale=true" : ", qop=\"auth\"";
    std::vector<std::string> all{"Basic realm=" + quoted(settings_.realm)};
    if (users_.has(DigestAlgorithm::sha256)) all.push_back(common + ", algorithm=SHA-256" + end);
    if (users_.has(DigestAlgorithm::md5)) all.push_back(common + ", algorithm=MD5" + end);
    return all;
}

} // namespace kamaelia::rtsp
