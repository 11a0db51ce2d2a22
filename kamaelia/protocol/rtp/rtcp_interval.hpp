// How long to wait from one RTCP packet to the next, so that all members of a session together use no more
// than its share of the bandwidth (RFC 3550 6.2, 6.3.1 and A.7).
#pragma once

#include <chrono>
#include <cstdint>

namespace kamaelia::rtp {

using Seconds = std::chrono::duration<double>;

/// Why it takes so long. Whatever the numbers are, an interval is at least a third of its minimum.
struct RtcpLoad {
    double bandwidth =
        0; ///< octets a second for all RTCP, which is 5 % of the session's; 0: nothing goes out
    std::uint64_t members = 1; ///< with oneself
    std::uint64_t senders = 0; ///< among them
    bool we_send = false;
    double average_size = 128; ///< octets of a compound packet, with UDP and IP
    bool initial = false;      ///< nothing has been sent yet: half the minimum will do
    Seconds minimum{5};
};

/// Before it is made random: what time-outs are counted in (6.3.5). At most a week, as the bandwidth 0 has
/// it.
[[nodiscard]] Seconds deterministic_interval(const RtcpLoad& load) noexcept;

/// `random` from [0, 1) makes it 0.5 to 1.5 times as long, and all is divided by e - 3/2, because
/// reconsideration makes it longer.
[[nodiscard]] Seconds rtcp_interval(const RtcpLoad& load, double random) noexcept;

} // namespace kamaelia::rtp
