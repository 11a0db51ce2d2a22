// PacketDurations: how many samples each packet of a stream brings, whatever its codec.
#pragma once

#include "kamaelia/codec/ogg_packets.hpp"
#include "kamaelia/codec/vorbis_durations.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia {

/// In samples of the stream's clock: of Vorbis the sample rate, of Opus always 48 kHz (RFC 7845 section 4).
class PacketDurations {
public:
    /// Of a stream with these headers. The error is a sentence's end: "the rate is 0".
    [[nodiscard]] static std::expected<PacketDurations, std::string> of(const OggLink& link);

    /// Of the next packet. The first one of Vorbis only fills the decoder.
    [[nodiscard]] std::uint32_t next(std::string_view packet) noexcept;
    /// Whether it is audio at all: among it may stand what a decoder of this stream would refuse.
    [[nodiscard]] bool is_audio(std::string_view packet) const noexcept;
    /// The next packet is a first one again.
    void reset() noexcept {
        if (vorbis_) vorbis_->reset();
    }

    [[nodiscard]] std::uint32_t rate() const noexcept { return vorbis_ ? vorbis_->headers().rate : 48'000; }
    /// Samples that a decoder needs before a place so that it is right there: a block of Vorbis, 80 ms of
    /// Opus (RFC 7845 4.6).
    [[nodiscard]] std::uint32_t preroll() const noexcept {
        return vorbis_ ? vorbis_->headers().long_block : 3'840;
    }

private:
    std::optional<VorbisDurations> vorbis_; // else it is Opus
};

} // namespace kamaelia
