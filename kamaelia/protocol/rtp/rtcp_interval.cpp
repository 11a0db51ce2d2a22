#include "kamaelia/protocol/rtp/rtcp_interval.hpp"

#include <algorithm>
#include <numbers>

namespace kamaelia::rtp {
namespace {

constexpr double senders_share = 0.25;
constexpr Seconds longest = std::chrono::hours{7 * 24};

} // namespace

Seconds deterministic_interval(const RtcpLoad& load) noexcept {
    const auto minimum = load.initial ? load.minimum / 2 : load.minimum;
    auto bandwidth = load.bandwidth;
    auto sharing = static_cast<double>(load.members);
    const auto senders = static_cast<double>(load.senders);
    // A few senders have a part of their own, so that a large audience does not silence them.
    if (senders <= sharing * senders_share) {
        bandwidth *= load.we_send ? senders_share : 1 - senders_share;
        sharing = load.we_send ? senders : sharing - senders;
    }
    if (bandwidth <= 0) return longest;
    return std::clamp(Seconds{load.average_size * sharing / bandwidth}, minimum, longest);
}

Seconds rtcp_interval(const RtcpLoad& load, double random) noexcept {
    constexpr double compensation = std::numbers::e - 1.5;
    return deterministic_interval(load) * (random + 0.5) / compensation;
}

} // namespace kamaelia::rtp
