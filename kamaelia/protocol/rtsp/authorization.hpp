// Who may send a request: Basic and Digest authentication of RTSP (RFC 2326 section 12.5 and D.2, RFC 7616,
// 7617).
//
//     const auto verdict = authorize(users, request, nonce, now());
//     if (verdict.decision == Decision::granted) ...
//     response.status = status_of(verdict.decision);
//     response.www_authenticate = challenges(users, nonce.text, verdict.decision == Decision::stale);
#pragma once

#include "axon/time.hpp"
#include "kamaelia/protocol/credentials.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"
#include "kamaelia/protocol/rtsp/status.hpp"
#include "kamaelia/protocol/users.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::rtsp {

/// What a connection was given last to make its Digest with. No other connection can use it.
struct Nonce {
    std::string text{}; ///< nobody can guess it; empty: none was given yet
    axon::Time made{};
    std::uint32_t count = 0; ///< the highest `nc` that has come with it
};

/// How long a nonce is good for.
inline constexpr axon::Duration nonce_lifetime = std::chrono::hours{1};

enum class Decision : std::uint8_t {
    granted,
    undecided, ///< Verdict::password decides: granted or wrong
    absent,    ///< 401: no credentials, or none of a scheme that is known here
    stale,     ///< 401: all is right but the nonce: the client need not ask for a password
    wrong,     ///< 401: no such user, or another password
    malformed, ///< 400: no credentials can be read, or they are for another URL (RFC 7616 3.4.6)
};

struct Verdict {
    Decision decision = Decision::absent;
    std::uint32_t count = 0; ///< of what is granted: the nonce's from now on
    std::string user{};      ///< whom it was granted to, or may be
    std::optional<PasswordCheck> password{};
};

/// 200, 401 or 400. Not of `undecided`.
[[nodiscard]] Status status_of(Decision decision);

/// `nonce` is that of the connection by which the request came. A nonce may be used again, as every player
/// does, but each time with a higher `nc`; without one, which is without `qop`, as often as it is good.
[[nodiscard]] Verdict authorize(const Users& users, const Request& request, const Nonce& nonce,
                                axon::Time now);

/// The values of the WWW-Authenticate fields of a 401: Digest with each algorithm that there is an HA1 of,
/// then Basic, the strongest first (RFC 7616 3.7). MD5 is the last Digest, because FFmpeg and GStreamer take
/// that one and know no other.
[[nodiscard]] std::vector<std::string> challenges(const Users& users, std::string_view nonce,
                                                  bool stale = false);

} // namespace kamaelia::rtsp
