#include "kamaelia/protocol/rtp/reception.hpp"

#include "kamaelia/protocol/rtp/rtcp_interval.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kamaelia::rtp {
namespace {

constexpr std::uint16_t most_dropped = 3000;
constexpr std::uint16_t most_misordered = 100;

} // namespace

bool Reception::take(const Header& header, Time arrival) noexcept {
    ssrc_ = header.ssrc;
    if (!take_sequence(header.sequence)) return false;
    take_times(header.timestamp, arrival);
    return true;
}

void Reception::begin(std::uint16_t sequence) noexcept {
    base_ = highest_ = sequence;
    bad_ = no_bad;
    wraps_ = received_ = expected_before_ = received_before_ = 0;
    timed_ = false;
    jitter_ = 0;
}

// A.1, with a probation of two packets.
bool Reception::take_sequence(std::uint16_t sequence) noexcept {
    const auto step = static_cast<std::uint16_t>(sequence - highest_);
    if (!validated_) {
        validated_ = std::exchange(begun_, true) && step == 1;
        begin(sequence);
        received_ = validated_ ? 1 : 0;
        return validated_;
    }
    if (step < most_dropped) {
        if (sequence < highest_) ++wraps_;
        highest_ = sequence;
        bad_ = no_bad;
    } else if (step <= 0x1'0000 - most_misordered) {
        // Two in a row from elsewhere: the other side has begun anew.
        if (sequence != bad_) {
            bad_ = static_cast<std::uint16_t>(sequence + 1);
            return false;
        }
        begin(sequence);
    }
    ++received_;
    return true;
}

// A.8: how much the time between two packets differs from that between their timestamps, smoothed.
void Reception::take_times(std::uint32_t timestamp, Time arrival) noexcept {
    using namespace std::chrono;
    const auto whole = floor<seconds>(arrival.time_since_epoch());
    const nanoseconds rest = arrival.time_since_epoch() - whole;
    const auto ticks = whole.count() * rate_ + rest.count() * rate_ / 1'000'000'000;
    const auto transit = static_cast<std::uint32_t>(ticks) - timestamp;
    const auto difference = static_cast<std::int32_t>(transit - transit_);
    if (std::exchange(timed_, true)) jitter_ += (std::abs(static_cast<double>(difference)) - jitter_) / 16;
    transit_ = transit;
}

void Reception::take_report(std::uint32_t middle, Time arrival) noexcept {
    last_report_ = middle;
    last_report_came_ = arrival;
}

std::uint64_t Reception::expected() const noexcept {
    return received_ == 0 ? 0 : (wraps_ << 16) + highest_ - base_ + 1;
}

std::int64_t Reception::lost() const noexcept {
    return static_cast<std::int64_t>(expected()) - static_cast<std::int64_t>(received_);
}

// A.3
ReportBlock Reception::report(Time now) noexcept {
    const auto expected_now = expected() - std::exchange(expected_before_, expected());
    const auto received_now = received_ - std::exchange(received_before_, received_);
    const auto lost_now = expected_now > received_now ? expected_now - received_now : 0;
    ReportBlock block;
    block.ssrc = ssrc_;
    if (expected_now > 0)
        block.fraction_lost =
            static_cast<std::uint8_t>(std::min<std::uint64_t>(lost_now * 256 / expected_now, 255));
    block.lost = static_cast<std::int32_t>(std::clamp<std::int64_t>(lost(), -0x80'0000, 0x7F'FFFF));
    block.highest_sequence = static_cast<std::uint32_t>(wraps_ << 16 | highest_);
    block.jitter = static_cast<std::uint32_t>(jitter_);
    block.last_report = last_report_;
    if (last_report_ != 0)
        block.since_last_report =
            static_cast<std::uint32_t>(Seconds{now - last_report_came_}.count() * 65536);
    return block;
}

} // namespace kamaelia::rtp
