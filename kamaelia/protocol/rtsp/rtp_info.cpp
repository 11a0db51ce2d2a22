#include "kamaelia/protocol/rtsp/rtp_info.hpp"

namespace kamaelia::rtsp {

std::string format_rtp_info(std::span<const RtpInfo> streams) {
    std::string text;
    for (const RtpInfo& stream : streams) {
        if (!text.empty()) text += ',';
        text.append("url=").append(stream.url);
        text.append(";seq=").append(std::to_string(stream.seq));
        text.append(";rtptime=").append(std::to_string(stream.rtptime));
    }
    return text;
}

} // namespace kamaelia::rtsp
