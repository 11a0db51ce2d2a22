// Reception: what a receiver counts of one source's packets and tells in its reports (RFC 3550 A.1, A.3 and
// A.8).
#pragma once

#include "axon/time.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"

#include <chrono>
#include <cstdint>

namespace kamaelia::rtp {

class Reception {
public:
    using Time = axon::Time;

    /// `rate` is the payload's clock, in ticks a second.
    explicit Reception(std::uint32_t rate) noexcept : rate_{rate} {}

    /// Whether the packet counts. The first one of a source does not, before another follows on it: anything
    /// may look like RTP. Nor does one far from those before, unless its successor comes next, when the
    /// source has begun anew.
    bool take(const Header& header, Time arrival) noexcept;
    /// The middle of the NTP time of a sender report that came.
    void take_report(std::uint32_t middle, Time arrival) noexcept;

    /// For a report that goes out now; what is lost is counted since the last one.
    [[nodiscard]] ReportBlock report(Time now) noexcept;

    [[nodiscard]] std::uint64_t received() const noexcept { return received_; }
    /// Packets; below 0 where some came twice.
    [[nodiscard]] std::int64_t lost() const noexcept;
    /// In the payload's clock.
    [[nodiscard]] double jitter() const noexcept { return jitter_; }

private:
    void begin(std::uint16_t sequence) noexcept;
    bool take_sequence(std::uint16_t sequence) noexcept;
    void take_times(std::uint32_t timestamp, Time arrival) noexcept;
    [[nodiscard]] std::uint64_t expected() const noexcept;

    std::uint32_t rate_;
    std::uint32_t ssrc_ = 0;
    bool begun_ = false;     // there was a packet
    bool validated_ = false; // and one that followed on it
    std::uint16_t highest_ = 0;
    std::uint16_t base_ = 0;
    std::uint32_t bad_ = no_bad; // the number that would prove a new beginning
    std::uint64_t wraps_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t expected_before_ = 0;
    std::uint64_t received_before_ = 0;
    bool timed_ = false;
    std::uint32_t transit_ = 0;
    double jitter_ = 0;
    std::uint32_t last_report_ = 0;
    Time last_report_came_{};

    static constexpr std::uint32_t no_bad = 0x1'0000;
};

} // namespace kamaelia::rtp
