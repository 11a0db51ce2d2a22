#include "kamaelia/codec/packet_durations.hpp"

#include "kamaelia/codec/opus_headers.hpp"
#include "kamaelia/codec/opus_packet.hpp"

#include <utility>

namespace kamaelia {

std::expected<PacketDurations, std::string> PacketDurations::of(const OggLink& link) {
    PacketDurations durations;
    if (link.codec == OggCodec::vorbis) {
        const auto headers = read_vorbis_headers(link.identification, link.setup);
        if (!headers) return std::unexpected{headers.error()};
        durations.vorbis_.emplace(*headers);
    } else if (auto head = read_opus_head(link.identification); !head) {
        return std::unexpected{std::move(head.error())};
    }
    return durations;
}

bool PacketDurations::is_audio(std::string_view packet) const noexcept {
    return vorbis_ ? vorbis_->headers().block_size(packet) > 0 : opus_packet_samples(packet) > 0;
}

std::uint32_t PacketDurations::next(std::string_view packet) noexcept {
    return vorbis_ ? vorbis_->next(packet) : static_cast<std::uint32_t>(opus_packet_samples(packet));
}

} // namespace kamaelia
