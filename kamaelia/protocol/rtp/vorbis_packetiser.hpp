// VorbisPacketiser: packets of Vorbis into payloads of RTP (RFC 5215 sections 2 and 5).
//
//     VorbisPacketiser packetiser{ident, {.packet = 1400, .latency = 2205}};
//     packetiser.add({packet, timestamp, duration});
//     while (auto payload = packetiser.next()) send(*payload);
#pragma once

#include "kamaelia/protocol/rtp/payload.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kamaelia::rtp {

struct PacketiserLimits {
    std::size_t packet = 1400; ///< bytes of an RTP packet with its header, 64 to 65535
    std::int64_t latency = 0;  ///< samples that a payload of several packets may last
};

/// Bundles whole packets, at most 15, as long as one follows on the other and the limits allow it. A packet
/// that does not fit is cut into fragments, each alone in its payload, all with its timestamp. It keeps the
/// payload that it fills, and a packet only until next() has no more.
class VorbisPacketiser {
public:
    static constexpr std::size_t most_packets = 15; ///< in a payload

    VorbisPacketiser(std::uint32_t ident, const PacketiserLimits& limits);

    /// When next() has no more. One of no bytes is left out. The data must stay until next() has no more.
    void add(const CodecPacket& packet);
    /// What has been added goes out without waiting for more.
    void flush() noexcept { flushing_ = true; }
    [[nodiscard]] std::optional<Payload> next();

private:
    [[nodiscard]] bool fits_alone(const CodecPacket& packet) const noexcept;
    [[nodiscard]] bool joins(const CodecPacket& packet) const noexcept;
    void append(const CodecPacket& packet);
    [[nodiscard]] Payload close();
    [[nodiscard]] Payload next_fragment();

    std::uint32_t ident_;
    std::size_t room_; // bytes of a payload
    std::int64_t latency_;
    std::optional<CodecPacket> added_; // that is not in a payload yet
    std::size_t fragmented_ = 0;       // bytes of it that went out
    bool flushing_ = false;
    axon::Bytes::Room filling_;
    std::size_t filled_ = 0; // bytes of it
    unsigned count_ = 0;     // in it
    std::int64_t begin_ = 0;
    std::int64_t end_ = 0;
};

} // namespace kamaelia::rtp
