// ReceiverStatistics: what a sender learns of a receiver from its reports (RFC 3550 6.4.1).
#pragma once

#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtp/rtcp_interval.hpp"

#include <cstdint>
#include <optional>

namespace kamaelia::rtp {

/// Of one receiver. A report may claim anything: the values are what it says, within what can be.
class ReceiverStatistics {
public:
    /// `rate` is the payload's clock, in ticks a second.
    explicit ReceiverStatistics(std::uint32_t rate) noexcept : rate_{rate} {}

    /// A block about us came at this NTP time, by the clock that our sender reports are stamped with.
    void take(const ReportBlock& block, std::uint64_t arrival) noexcept;

    [[nodiscard]] std::uint64_t reports() const noexcept { return reports_; }
    /// Of the packets since its report before, 0 to 1.
    [[nodiscard]] double fraction_lost() const noexcept { return fraction_lost_; }
    /// In packets, since the beginning; below 0 where some came twice.
    [[nodiscard]] std::int32_t lost() const noexcept { return lost_; }
    [[nodiscard]] Seconds jitter() const noexcept { return jitter_; }
    /// There and back. Nothing until it has seen a sender report, and where its times are no times: it took
    /// less than nothing, or more than a minute.
    [[nodiscard]] std::optional<Seconds> round_trip() const noexcept { return round_trip_; }

private:
    std::uint32_t rate_;
    std::uint64_t reports_ = 0;
    double fraction_lost_ = 0;
    std::int32_t lost_ = 0;
    Seconds jitter_{};
    std::optional<Seconds> round_trip_;
};

} // namespace kamaelia::rtp
