// OpusHead: what the first packet of Opus in Ogg says (RFC 7845 5.1).
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia {

struct OpusHead {
    std::uint8_t version = 1;
    std::uint8_t channels = 0;     ///< at least 1
    std::uint16_t pre_skip = 0;    ///< samples of 48 kHz that a player drops at the beginning
    std::uint32_t input_rate = 0;  ///< of what was encoded, samples a second; 0: it is not said
    std::int16_t gain = 0;         ///< 1/256 dB that a player adds
    std::uint8_t mapping = 0;      ///< family: 0 mono or stereo, 1 surround, 255 nothing said
    std::uint8_t streams = 1;      ///< in a packet
    std::uint8_t coupled = 0;      ///< how many of them are stereo
    std::string channel_mapping{}; ///< a byte for each channel; empty in family 0

    bool operator==(const OpusHead&) const = default;
};

/// Of a packet as a whole. The error is a sentence's end: "it has 0 channels".
[[nodiscard]] std::expected<OpusHead, std::string> read_opus_head(std::string_view packet);

/// That of a stream of 1 or 2 channels that has come without one, as by RTP: there is nothing to skip.
[[nodiscard]] std::string plain_opus_head(std::uint8_t channels);

/// The comments in the second packet (5.2), for read_vorbis_comment(); empty where it is no such packet.
[[nodiscard]] std::string_view opus_comments(std::string_view packet) noexcept;

} // namespace kamaelia
