// RtcpMembers: who is in a session, in a table that does not grow (RFC 3550 6.2.1, 6.3.3 to 6.3.5; RFC 2762).
#pragma once

#include "axon/time.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kamaelia::rtp {

/// Where there are more members than room it keeps a sample: those whose SSRC has, mixed with a random key,
/// some bits that are zero. One bit more halves the table, and each that is left stands for twice as many.
/// Without the key whoever makes up SSRCs cannot choose which ones count.
class RtcpMembers {
public:
    using Time = axon::Time;

    /// At most `room` are kept, at least 1.
    RtcpMembers(std::size_t room, std::uint32_t key) : room_{room}, key_{key} {}

    /// RTCP came from there. Whether it is new and kept.
    bool hear(std::uint32_t ssrc, Time now);
    /// RTP came from there, so it is a sender, too.
    bool hear_media(std::uint32_t ssrc, Time now);
    /// A goodbye came. Whether it was kept.
    bool remove(std::uint32_t ssrc);
    /// Those who were not heard since are gone (6.3.5: five intervals); those who sent nothing since
    /// `sent_since` are no senders (two). Whether somebody has gone.
    bool time_out(Time heard_since, Time sent_since);

    /// How many others there are, as far as the sample tells.
    [[nodiscard]] std::uint64_t members() const noexcept { return members_.size() << bits_; }
    [[nodiscard]] std::uint64_t senders() const noexcept;
    /// How many are kept.
    [[nodiscard]] std::size_t kept() const noexcept { return members_.size(); }

private:
    struct Member {
        std::uint32_t ssrc;
        bool sender;
        Time heard;
        Time sent; ///< RTP; only of a sender
    };
    using Place = std::vector<Member>::iterator;

    [[nodiscard]] bool is_sampled(std::uint32_t ssrc) const noexcept;
    Place find(std::uint32_t ssrc);
    /// Nothing where it is not in the sample.
    Member* enter(std::uint32_t ssrc, Time now, bool& is_new);
    void make_room();

    std::size_t room_;
    std::uint32_t key_;
    unsigned bits_ = 0;           // that are zero
    std::vector<Member> members_; // by SSRC
};

} // namespace kamaelia::rtp
