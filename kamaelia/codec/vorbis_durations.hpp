// VorbisDurations: how many samples each packet of a Vorbis stream brings (Vorbis I, 4.3.8).
#pragma once

#include "kamaelia/codec/vorbis_headers.hpp"

#include <cstdint>
#include <string_view>

namespace kamaelia {

/// A decoder gives out what is between the middles of two blocks: a packet's duration needs the one before
/// it.
class VorbisDurations {
public:
    explicit VorbisDurations(const VorbisHeaders& headers) noexcept : headers_{headers} {}

    /// Of the next packet, in samples: 0 for the first one, which only fills the decoder, and for what is no
    /// audio, which changes nothing.
    std::uint32_t next(std::string_view packet) noexcept {
        const auto block = headers_.block_size(packet);
        if (block == 0) return 0;
        const auto before = previous_;
        previous_ = block;
        return before == 0 ? 0 : before / 4 + block / 4;
    }

    /// The next packet is a first one again, as after a jump in the stream.
    void reset() noexcept { previous_ = 0; }

    [[nodiscard]] const VorbisHeaders& headers() const noexcept { return headers_; }

private:
    VorbisHeaders headers_;
    std::uint32_t previous_ = 0; // block; 0: none
};

} // namespace kamaelia
