#include "kamaelia/protocol/rtp/receiver_statistics.hpp"

#include "kamaelia/protocol/rtp/ntp_time.hpp"

namespace kamaelia::rtp {
namespace {

constexpr Seconds longest = std::chrono::minutes{1};

std::optional<Seconds> believable(Seconds time) noexcept {
    return time <= longest ? std::optional{time} : std::nullopt;
}

std::optional<Seconds> round_trip_of(const ReportBlock& block, std::uint64_t arrival) noexcept {
    if (block.last_report == 0) return std::nullopt;
    const auto since = middle_of(arrival) - block.last_report; // all of them wrap
    if (block.since_last_report > since) return std::nullopt;
    return believable(ntp_short(since - block.since_last_report));
}

} // namespace

ReceiverStatistics statistics_of(const ReportBlock& block, std::uint64_t arrival,
                                 std::uint32_t rate) noexcept {
    return {.fraction_lost = block.fraction_lost / 256.0,
            .lost = block.lost,
            .jitter = believable(Seconds{static_cast<double>(block.jitter) / rate}),
            .round_trip = round_trip_of(block, arrival)};
}

} // namespace kamaelia::rtp
