// The Authorization field of HTTP and RTSP: who a client says it is (RFC 7617 Basic, RFC 7616 Digest).
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <variant>

namespace kamaelia {

struct BasicCredentials {
    std::string user;
    std::string password;
    bool operator==(const BasicCredentials&) const = default;
};

/// The parameters that count, without their quotes; empty where they are missing.
struct DigestCredentials {
    std::string username;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;
    std::string algorithm;
    std::string qop;
    std::string nc;
    std::string cnonce;
    bool operator==(const DigestCredentials&) const = default;
};

/// Of a scheme that is not known here.
struct OtherCredentials {
    bool operator==(const OtherCredentials&) const = default;
};

using Credentials = std::variant<BasicCredentials, DigestCredentials, OtherCredentials>;

/// Why no credentials come of a text: one line for people and logs; a literal. The answer is 400.
struct CredentialsError {
    std::string_view what{};
};

/// Reads the value of an Authorization field. Of Digest's parameters username, realm, nonce, uri and response
/// must be there, none may come twice, and there may be 32 at most. A user's name holds no control character.
[[nodiscard]] std::expected<Credentials, CredentialsError> parse_credentials(std::string_view value);

} // namespace kamaelia
