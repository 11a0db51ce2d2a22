// What goes into a packetiser, and what it makes: packets of a codec, payloads of RTP.
#pragma once

#include "axon/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace kamaelia::rtp {

/// A packet of the codec.
struct CodecPacket {
    std::string_view data;
    std::int64_t timestamp; ///< of its first sample, in samples of the stream's clock
    std::uint32_t duration; ///< samples; 0: it brings none of its own
};

/// What stands behind the RTP header, which is not part of it: sequence, timestamp and SSRC are a session's
/// own, these bytes are shared by all who hear the same. The header is twelve bytes that a datagram carries
/// beside them.
struct Payload {
    axon::Bytes bytes;
    std::int64_t
        timestamp; ///< of the first sample, as in CodecPacket; RTP's is its low 32 bits, plus a random number
    std::int64_t duration; ///< samples, up to the end of the last packet that ends in it
    bool marker;
};

} // namespace kamaelia::rtp
