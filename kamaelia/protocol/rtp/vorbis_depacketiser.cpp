#include "kamaelia/protocol/rtp/vorbis_depacketiser.hpp"

#include "kamaelia/codec/byte_reader.hpp"

namespace kamaelia::rtp {

VorbisDepacketiser::Result VorbisDepacketiser::drop(VorbisDrop reason) {
    begun_ = {};
    last_fragment_.reset();
    return std::unexpected{reason};
}

VorbisDepacketiser::Result VorbisDepacketiser::add(const Packet& packet) {
    ByteReader reader{packet.payload};
    const auto ident = reader.big_endian(3);
    const auto kinds = static_cast<unsigned>(reader.big_endian(1));
    const unsigned fragment = kinds >> 6;
    const unsigned data_type = kinds >> 4 & 3;
    const unsigned count = kinds & 15;
    if (!reader.good()) return drop(VorbisDrop::cut_off);
    if (ident != ident_) return drop(VorbisDrop::other_ident);
    if (data_type != 0) return drop(VorbisDrop::not_audio);
    if (fragment == 0) return add_whole(reader.rest(), count);
    const auto data = reader.take(reader.big_endian(2));
    if (!reader.good() || !reader.rest().empty() || data.empty() || count != 0)
        return drop(VorbisDrop::cut_off);
    return add_fragment(packet.header, data, fragment);
}

VorbisDepacketiser::Result VorbisDepacketiser::add_whole(std::string_view rest, unsigned count) {
    begun_ = {};
    last_fragment_.reset();
    ByteReader reader{rest};
    for (unsigned i = 0; i < count; ++i) packets_[i] = reader.take(reader.big_endian(2));
    if (!reader.good() || !reader.rest().empty() || count == 0) return drop(VorbisDrop::cut_off);
    return std::span{packets_}.first(count);
}

VorbisDepacketiser::Result VorbisDepacketiser::add_fragment(const Header& header, std::string_view data,
                                                            unsigned kind) {
    constexpr unsigned first = 1;
    constexpr unsigned last = 3;
    if (kind == first) {
        begun_ = {};
    } else if (!last_fragment_ || header.timestamp != last_fragment_->timestamp ||
               header.sequence != static_cast<std::uint16_t>(last_fragment_->sequence + 1)) {
        return drop(VorbisDrop::fragment);
    }
    if (data.size() > limit_ - begun_.size()) return drop(VorbisDrop::too_large);
    begun_ += data;
    last_fragment_ = header;
    if (kind != last) return std::span<const std::string_view>{};
    last_fragment_.reset();
    packets_[0] = begun_;
    return std::span{packets_}.first(1);
}

} // namespace kamaelia::rtp
