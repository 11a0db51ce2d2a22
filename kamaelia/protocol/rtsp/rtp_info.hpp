// The RTP-Info field: where in their RTP streams the packets after a PLAY begin (RFC 2326 section 12.33).
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace kamaelia::rtsp {

/// Of one stream.
struct RtpInfo {
    std::string url;           ///< of the track, as control_url() makes it: without comma and semicolon
    std::uint16_t seq = 0;     ///< of the first packet
    std::uint32_t rtptime = 0; ///< of the start of the range that is answered
};

/// In the order in which they were set up.
[[nodiscard]] std::string format_rtp_info(std::span<const RtpInfo> streams);

} // namespace kamaelia::rtsp
