// How punctual the packets of one RTP stream are, and whether all of them come.
#pragma once

#include "tests/bench/rtsp_player.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bench {

/// All times in ns of the clock that arrivals are of.
class RtpPunctuality {
public:
    /// The answer to PLAY has come, and says what the first packet will be.
    void begin(std::uint16_t sequence, std::uint32_t rtp_time, std::uint32_t clock_rate,
               std::int64_t answered) {
        highest_ = sequence - std::int64_t{1};
        rtp_time_ = rtp_time;
        clock_rate_ = clock_rate;
        answered_ = answered;
    }

    void hear(const RtpHead& head, std::int64_t arrival, bool measured) {
        const auto ahead = static_cast<std::int16_t>(head.sequence - static_cast<std::uint16_t>(highest_));
        if (ahead <= 0)
            ++disordered_;
        else if (heard_ == 0)
            unannounced_ = ahead != 1;
        else
            lost_ += ahead - 1;
        highest_ += std::max<std::int16_t>(ahead, 0);
        if (heard_++ == 0) first_ = arrival - answered_;
        const auto samples = static_cast<std::int32_t>(head.timestamp - rtp_time_);
        const auto after_its_time = arrival - answered_ - std::int64_t{samples} * 1'000'000'000 / clock_rate_;
        earliest_ = heard_ == 1 ? after_its_time : std::min(earliest_, after_its_time);
        if (measured) after_their_time_.push_back(after_its_time);
    }

    [[nodiscard]] std::uint64_t heard() const noexcept { return heard_; }
    /// Another packet than the answer to PLAY has named came first.
    [[nodiscard]] bool unannounced() const noexcept { return unannounced_; }
    [[nodiscard]] std::int64_t lost() const noexcept { return lost_; }
    [[nodiscard]] std::uint64_t disordered() const noexcept { return disordered_; }
    [[nodiscard]] std::uint32_t highest() const noexcept { return static_cast<std::uint32_t>(highest_); }
    /// How long after the answer to PLAY the first one came.
    [[nodiscard]] std::int64_t first() const noexcept { return first_; }
    /// By how much the earliest one came before its time, reckoned from the answer to PLAY.
    [[nodiscard]] std::int64_t early() const noexcept { return -earliest_; }
    /// Each measured one, reckoned from the one that came earliest beside its time, which is as near as one
    /// gets to the sender's own clock.
    void add_late_ms(std::vector<double>& to) const {
        for (const auto each : after_their_time_) to.push_back(static_cast<double>(each - earliest_) / 1e6);
    }

private:
    std::int64_t highest_ = 0;
    std::int64_t lost_ = 0;
    std::int64_t first_ = 0;
    std::int64_t earliest_ = 0;
    std::int64_t answered_ = 0;
    std::uint64_t heard_ = 0;
    std::uint64_t disordered_ = 0;
    std::uint32_t rtp_time_ = 0;
    std::uint32_t clock_rate_ = 1;
    bool unannounced_ = false;
    std::vector<std::int64_t> after_their_time_;
};

} // namespace bench
