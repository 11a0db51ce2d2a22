// RTPPacketiser: packets of Vorbis or Opus as payloads of RTP.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/codec/media_packet.hpp"
#include "kamaelia/protocol/rtp/opus_packetiser.hpp"
#include "kamaelia/protocol/rtp/payload.hpp"
#include "kamaelia/protocol/rtp/vorbis_packetiser.hpp"

#include <cstdint>
#include <optional>
#include <variant>

namespace kamaelia {

/// Sends a payload as soon as it is full, or as the latency of its packetiser allows no more, and the last
/// one when its input ends.
class RTPPacketiser final : public axon::Filter<MediaPacket, rtp::Payload> {
public:
    using Packetiser = std::variant<rtp::VorbisPacketiser, rtp::OpusPacketiser>;

    explicit RTPPacketiser(Packetiser packetiser);

private:
    /// Packets that wait, which hold a piece of their file in memory.
    static constexpr std::uint32_t most_in_advance = 16;

    axon::Task<> main() override;
    [[nodiscard]] std::optional<rtp::Payload> next();

    Packetiser packetiser_;
};

} // namespace kamaelia
