// ReceiverStatistics: what a sender learns of a receiver from its report (RFC 3550 6.4.1).
#pragma once

#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtp/rtcp_interval.hpp"

#include <cstdint>
#include <optional>

namespace kamaelia::rtp {

/// A report may claim anything. This is what it says, within what can be.
struct ReceiverStatistics {
    double fraction_lost;              ///< of the packets since its report before, 0 to 1
    std::int32_t lost;                 ///< packets since the beginning; below 0 where some came twice
    std::optional<Seconds> jitter;     ///< nothing where it is more than a minute
    std::optional<Seconds> round_trip; ///< there and back; nothing until it has seen a sender report, and
                                       ///< where it took less than nothing, or more than a minute
};

/// A block about us, of a payload whose clock has `rate` ticks a second, came at this NTP time, by the clock
/// that our sender reports are stamped with.
[[nodiscard]] ReceiverStatistics statistics_of(const ReportBlock& block, std::uint64_t arrival,
                                               std::uint32_t rate) noexcept;

} // namespace kamaelia::rtp
