// A player's side of one RTSP connection, without its sockets: what it says until it plays, and what it makes
// of the answers and of RTP and RTCP between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace bench {

class RtspPlayer {
public:
    /// `url` is the presentation's, `transport` what it sets up, `from` seconds of the presentation.
    RtspPlayer(std::string url, std::string transport, double from);

    enum class Step { describe, setup, play, playing, failed };
    [[nodiscard]] Step step() const noexcept { return step_; }

    /// What to say at this step; each has one answer.
    [[nodiscard]] std::string request() const;
    [[nodiscard]] std::string teardown() const;

    /// Interleaved data: the channel, and what came on it.
    using Interleaved = std::function<void(std::uint8_t, std::string_view)>;
    /// True when an answer was among it, so that there is another step.
    bool hear(std::string_view bytes, const Interleaved& interleaved);

    // What the answers to SETUP and PLAY have said.

    [[nodiscard]] std::uint32_t ssrc() const noexcept { return ssrc_; }
    [[nodiscard]] std::uint16_t rtcp_port() const noexcept { return rtcp_port_; }
    [[nodiscard]] std::uint16_t sequence() const noexcept { return sequence_; }
    [[nodiscard]] std::uint32_t rtp_time() const noexcept { return rtp_time_; }
    [[nodiscard]] std::uint32_t clock_rate() const noexcept { return clock_rate_; }

private:
    void answered(std::string_view answer);
    bool described(std::string_view answer);
    bool set_up(std::string_view answer);
    bool begun(std::string_view answer);

    std::string base_;
    std::string transport_;
    double from_;
    Step step_ = Step::describe;
    std::string control_;
    std::string session_;
    std::string unread_;
    std::uint32_t ssrc_ = 0;
    std::uint32_t rtp_time_ = 0;
    std::uint32_t clock_rate_ = 0;
    std::uint16_t rtcp_port_ = 0;
    std::uint16_t sequence_ = 0;
};

/// Where an RTP packet belongs: the fields of its header (RFC 3550, section 5.1).
struct RtpHead {
    std::uint16_t sequence;
    std::uint32_t timestamp;
    std::uint32_t ssrc;
};
inline constexpr std::size_t rtp_head_size = 12;
/// `packet` has at least a head.
[[nodiscard]] RtpHead rtp_head(std::string_view packet) noexcept;

/// A receiver report on all of a stream up to `sequence`, none of it lost, and whose it is.
[[nodiscard]] std::string receiver_report(std::uint32_t reporter, std::uint32_t ssrc, std::uint32_t sequence);

} // namespace bench
