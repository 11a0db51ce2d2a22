// Message digests as hexadecimal text, and comparing secrets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kamaelia {

enum class DigestAlgorithm : std::uint8_t { md5, sha256 };

/// In small letters: 32 digits of MD5 (RFC 1321), 64 of SHA-256 (FIPS 180-4). Throws std::runtime_error where
/// the library refuses, as one that is set up for FIPS does MD5.
[[nodiscard]] std::string hex_digest(DigestAlgorithm algorithm, std::string_view text);

/// HMAC (RFC 2104) with SHA-256: 64 digits.
[[nodiscard]] std::string hex_hmac(std::string_view key, std::string_view text);

/// Whether two texts are equal, in a time that tells nothing but whether their lengths are.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

} // namespace kamaelia
