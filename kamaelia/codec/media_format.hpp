// MediaFormat: what a decoder has to know before the first MediaPacket.
#pragma once

#include "axon/message_type.hpp"
#include "kamaelia/codec/ogg_packets.hpp"
#include "kamaelia/codec/packet_durations.hpp"

#include <cstdint>
#include <string_view>

namespace kamaelia {

struct MediaFormat {
    OggLink headers;           ///< as Ogg has them, whatever has carried them; the serial means nothing
    PacketDurations durations; ///< of packets with these headers; their rate() is the packets' clock
    std::uint8_t channels;
};

} // namespace kamaelia

template <>
struct axon::MessageName<kamaelia::MediaFormat> {
    static constexpr std::string_view value = "MediaFormat";
};
