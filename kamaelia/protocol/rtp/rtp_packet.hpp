// RtpPacket: a packet of RTP as it leaves a stream, to be carried by UDP or between the messages of RTSP.
#pragma once

#include "axon/bytes.hpp"
#include "axon/weight.hpp"
#include "kamaelia/internet/datagram.hpp"

#include <cstddef>

namespace kamaelia::rtp {

struct RtpPacket {
    DatagramHeader header; ///< of RTP
    axon::Bytes payload;   ///< may be shared by all who hear the same

    [[nodiscard]] std::size_t size() const noexcept { return header.view().size() + payload.size(); }
};

} // namespace kamaelia::rtp

template <>
struct axon::Weight<kamaelia::rtp::RtpPacket> {
    static std::size_t of(const kamaelia::rtp::RtpPacket& packet) noexcept { return packet.size(); }
};
