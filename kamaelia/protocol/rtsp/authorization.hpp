// Who may send a request: Basic and Digest authentication of RTSP (RFC 2326 section 12.5 and D.2, RFC 7616,
// 7617).
//
//     const Authorizer authorizer{users, {.realm = "media", .key = random_bytes}};
//     const auto verdict = authorizer.check(request, {.now = now, .peer = "192.0.2.7"});
//     if (verdict.decision != Decision::granted) ...      // status_of(verdict.decision)
//     response.www_authenticate = authorizer.challenges({.now = now, .peer = "192.0.2.7"}, verdict.stale);
#pragma once

#include "kamaelia/protocol/credentials.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/status.hpp"
#include "kamaelia/protocol/users.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::rtsp {

enum class Decision : std::uint8_t {
    granted,
    challenged, ///< 401, with challenges()
    malformed,  ///< 400: no credentials can be read, or they are for another URL (RFC 7616 3.4.6)
};

struct Verdict {
    Decision decision = Decision::challenged;
    std::string user{}; ///< of what is granted
    bool stale = false; ///< all was right but the age of the nonce: the client need not ask for a password
};

/// 200, 401 or 400.
[[nodiscard]] Status status_of(Decision decision);

/// Keeps no state of its clients. A nonce is the time when it was made and an HMAC of that and of the peer's
/// address: nobody else can make one, and it is of no use to another address. It may be used again until it
/// is too old, as every player does.
class Authorizer {
public:
    struct Settings {
        std::string realm; ///< without a control character
        std::string key;   ///< secret and random, 32 bytes; a new one makes all nonces void
        std::chrono::seconds nonce_lifetime{3600};
    };
    /// When, and who asks.
    struct Context {
        std::chrono::sys_seconds now{};
        std::string_view peer{}; ///< its address without the port: a player may come back from another one
    };

    /// `users` outlives this.
    Authorizer(const Users& users, Settings settings);

    /// May take as long as Users::check_password() does, where the client uses Basic.
    [[nodiscard]] Verdict check(const Request& request, const Context& context) const;

    /// The values of the WWW-Authenticate fields of a 401: Basic, and Digest with each algorithm that the
    /// users file has an HA1 of. MD5 comes last, because FFmpeg takes the last Digest and knows no other.
    [[nodiscard]] std::vector<std::string> challenges(const Context& context, bool stale = false) const;

private:
    [[nodiscard]] Verdict check_digest(const DigestCredentials& credentials, const Request& request,
                                       const Context& context) const;
    [[nodiscard]] std::string nonce(std::string_view time, std::string_view peer) const;

    const Users& users_;
    Settings settings_;
};

} // namespace kamaelia::rtsp
