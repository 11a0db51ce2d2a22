// VorbisHeaders: what a Vorbis stream's identification and setup headers say that a server must know: how
// many channels and samples a second, and how long a packet's block is (Vorbis I, 4.2.2, 4.2.4 and 4.3.1).
//
//     const auto headers = read_vorbis_headers(identification, setup);
//     if (!headers) return headers.error();
//     const auto block = headers->block_size(packet);
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia {

struct VorbisHeaders {
    std::uint32_t rate = 0;            ///< samples a second, at least 1
    std::uint32_t nominal_bitrate = 0; ///< bits a second; 0: it is not said
    std::uint16_t short_block = 0;     ///< samples, a power of two from 64 to 8192
    std::uint16_t long_block = 0;      ///< samples, a power of two from short_block to 8192
    std::uint8_t channels = 0;         ///< at least 1
    std::uint8_t modes = 0;            ///< 1 to 64
    std::uint64_t long_modes = 0;      ///< bit N is set: packets of mode N have long blocks

    /// Of an audio packet, in samples, before the window overlaps it with its neighbours. 0 for what is no
    /// audio packet: a header, an empty packet, a mode that there is not.
    [[nodiscard]] unsigned block_size(std::string_view packet) const noexcept;

    bool operator==(const VorbisHeaders&) const = default;
};

/// The two packets whole. The modes are read from the end of the setup header, backwards: in front of them
/// stand the codebooks, whose decoding has cost others dear, and which say nothing of time. Where its last
/// bits can be read as more than one list of modes it is the longest, as other programs that skip codebooks
/// take it. The error is a sentence's end: "the rate is 0".
[[nodiscard]] std::expected<VorbisHeaders, std::string> read_vorbis_headers(std::string_view identification,
                                                                            std::string_view setup);

} // namespace kamaelia
