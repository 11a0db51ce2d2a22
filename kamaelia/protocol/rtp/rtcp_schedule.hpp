// RtcpSchedule: when the next RTCP packet is due (RFC 3550 6.3, timer reconsideration included).
//
//     RtcpSchedule schedule{{.bandwidth = 800, .members = 2}, clock.now(), random()};
//     ... at schedule.next():
//     if (schedule.is_due(now, random())) schedule.sent(now, send_report(), random());
#pragma once

#include "axon/time.hpp"
#include "kamaelia/protocol/rtp/rtcp_interval.hpp"

#include <chrono>
#include <cstddef>

namespace kamaelia::rtp {

class RtcpSchedule {
public:
    using Time = axon::Time;

    /// `random` here and below is a number in [0, 1), another each time. What `load` says of the size counts
    /// until packets are seen.
    RtcpSchedule(const RtcpLoad& load, Time now, double random);

    /// When to ask again.
    [[nodiscard]] Time next() const noexcept { return next_; }
    /// At next(): whether a packet is to go out now, after which sent() is called. Otherwise it is to wait
    /// for longer by this `random`, or because larger packets have come, and next() is later (6.3.6).
    [[nodiscard]] bool is_due(Time now, double random);
    /// A compound packet of `octets`, with UDP and IP, went out: at its time, or at once, as a unicast
    /// session's first may (6.2).
    void sent(Time now, std::size_t octets, double random);
    /// One came in (6.3.3).
    void received(std::size_t octets) noexcept;

private:
    void average_in(std::size_t octets) noexcept;
    [[nodiscard]] Time after(Time time, double random) const;

    RtcpLoad load_;
    Time previous_;
    Time next_;
};

} // namespace kamaelia::rtp
