// NTP's timestamps, as RTCP has them (RFC 3550 section 4): seconds since 1900 in the upper 32 bits, a
// fraction of one in the lower.
#pragma once

#include <chrono>
#include <cstdint>

namespace kamaelia::rtp {

/// Wraps in 2036.
[[nodiscard]] constexpr std::uint64_t ntp_time(std::chrono::system_clock::time_point time) noexcept {
    using namespace std::chrono;
    constexpr seconds from_1900_to_1970{2'208'988'800};
    const auto whole = floor<seconds>(time.time_since_epoch());
    const auto rest = static_cast<std::uint64_t>(nanoseconds{time.time_since_epoch() - whole}.count());
    return static_cast<std::uint64_t>((whole + from_1900_to_1970).count()) << 32 |
           (rest << 32) / 1'000'000'000;
}

/// The middle 32 bits: seconds in the upper 16, a fraction in the lower.
[[nodiscard]] constexpr std::uint32_t middle_of(std::uint64_t ntp) noexcept {
    return static_cast<std::uint32_t>(ntp >> 16);
}

/// Of a difference of two middles, or a delay that counts so.
[[nodiscard]] constexpr std::chrono::duration<double> ntp_short(std::uint32_t value) noexcept {
    return std::chrono::duration<double>{value / 65536.0};
}

} // namespace kamaelia::rtp
