// PortPair: where RTP and its RTCP go (RFC 3550 section 11).
#pragma once

#include <cstdint>

namespace kamaelia::rtp {

/// A UDP port for RTP, and one for RTCP, above it.
struct PortPair {
    std::uint16_t rtp = 0;
    std::uint16_t rtcp = 0;
    bool operator==(const PortPair&) const = default;
};

} // namespace kamaelia::rtp
