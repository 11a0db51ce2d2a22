// The RTP-Info field: where in their RTP streams the packets after a PLAY begin (RFC 2326 section 12.33).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::rtsp {

/// Of one stream. What is not there is not said.
struct RtpInfo {
    std::string url; ///< of the track, as control_url() makes it: without comma and semicolon
    std::optional<std::uint16_t> seq{};     ///< of the first packet
    std::optional<std::uint32_t> rtptime{}; ///< of the start of the range that is answered

    bool operator==(const RtpInfo&) const = default;
};

/// In the order in which they were set up.
[[nodiscard]] std::string format_rtp_info(std::span<const RtpInfo> streams);

/// Reads the value of an RTP-Info field, as servers write it: a URL may hold commas and semicolons, and stand
/// in quotes. What is no number of its size is not there, and so is what has no URL.
[[nodiscard]] std::vector<RtpInfo> parse_rtp_info(std::string_view value);

} // namespace kamaelia::rtsp
