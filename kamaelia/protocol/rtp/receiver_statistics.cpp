#include "kamaelia/protocol/rtp/receiver_statistics.hpp"

#include "kamaelia/protocol/rtp/ntp_time.hpp"

namespace kamaelia::rtp {

void ReceiverStatistics::take(const ReportBlock& block, std::uint64_t arrival) noexcept {
    ++reports_;
    fraction_lost_ = block.fraction_lost / 256.0;
    lost_ = block.lost;
    jitter_ = Seconds{rate_ == 0 ? 0.0 : static_cast<double>(block.jitter) / rate_};
    round_trip_.reset();
    if (block.last_report == 0) return;
    const auto since = middle_of(arrival) - block.last_report; // all of them wrap
    if (block.since_last_report > since) return;
    const auto round_trip = ntp_short(since - block.since_last_report);
    constexpr Seconds longest = std::chrono::minutes{1};
    if (round_trip <= longest) round_trip_ = round_trip;
}

} // namespace kamaelia::rtp
