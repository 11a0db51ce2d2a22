#include "kamaelia/codec/ogg_headers.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/codec/flac_info.hpp"
#include "kamaelia/codec/opus_packet.hpp"
#include "kamaelia/codec/vorbis_comment.hpp"

#include <algorithm>

namespace kamaelia {

bool OggHeaders::identify(std::string_view packet) {
    return identify_vorbis(packet) || identify_opus(packet) || identify_flac(packet) ||
           identify_speex(packet);
}

// Vorbis I, 4.2.2.
bool OggHeaders::identify_vorbis(std::string_view packet) {
    if (!packet.starts_with(std::string_view{"\x01vorbis\0\0\0\0", 11})) return false;
    ByteReader reader{packet.substr(11)};
    const auto channels = reader.big_endian(1);
    rate_ = static_cast<std::uint32_t>(reader.little_endian(4));
    reader.skip(12);
    const auto blocks = reader.big_endian(1);
    if (!reader.good() || channels == 0 || rate_ == 0 || (blocks & 15) > (blocks >> 4)) return false;
    most_samples_ = 1U << (blocks >> 4) >> 1;
    headers_left_ = 2;
    codec_ = Codec::vorbis;
    return true;
}

// RFC 7845 5.1: another major version may mean anything.
bool OggHeaders::identify_opus(std::string_view packet) {
    if (!packet.starts_with("OpusHead")) return false;
    ByteReader reader{packet.substr(8)};
    const auto version = reader.big_endian(1);
    const auto channels = reader.big_endian(1);
    pre_skip_ = static_cast<std::int64_t>(reader.little_endian(2));
    if (!reader.good() || version > 15 || channels == 0) return false;
    start_ = pre_skip_;
    rate_ = 48000;
    headers_left_ = 1;
    codec_ = Codec::opus;
    return true;
}

// RFC 9639 10.1.
bool OggHeaders::identify_flac(std::string_view packet) {
    if (!packet.starts_with("\x7F"
                            "FLAC\x01"))
        return false;
    ByteReader reader{packet};
    reader.skip(7);
    headers_left_ = static_cast<unsigned>(reader.big_endian(2));
    if (reader.take(4) != "fLaC") return false;
    reader.skip(4);
    rate_ = FlacStream::read(reader.rest()).rate;
    if (rate_ == 0) return false;
    // 0: it is not said how many there are; only the first is of interest.
    headers_left_ = std::max(headers_left_, 1U);
    codec_ = Codec::flac;
    return true;
}

bool OggHeaders::identify_speex(std::string_view packet) {
    if (!packet.starts_with("Speex   ")) return false;
    ByteReader reader{packet};
    reader.skip(36);
    rate_ = static_cast<std::uint32_t>(reader.little_endian(4));
    if (!reader.good() || rate_ == 0) return false;
    headers_left_ = 1;
    codec_ = Codec::speex;
    return true;
}

void OggHeaders::add(const OggPage& page) {
    if (headers_left_ > 0)
        add_headers(page);
    else
        add_audio(page);
}

void OggHeaders::add_headers(const OggPage& page) {
    if (!page.continued) packet_.clear();
    std::size_t at = 0;
    for (const char c : page.lacing) {
        const auto length = static_cast<unsigned char>(c);
        packet_ += page.body.substr(std::min(at, page.body.size()), length);
        at += length;
        if (length == 255) continue;
        if (headers_left_ > 0) take_header();
        packet_.clear();
    }
}

void OggHeaders::take_header() {
    --headers_left_;
    std::string_view comments = packet_;
    const auto skip = [&](std::string_view magic) {
        const bool there = comments.starts_with(magic);
        if (there) comments.remove_prefix(magic.size());
        return there;
    };
    const auto is_flac_comment = [&] {
        const bool there = comments.size() > 4 && (comments[0] & 0x7F) == 4;
        if (there) comments.remove_prefix(4);
        return there;
    };
    if ((codec_ == Codec::vorbis && skip("\x03vorbis")) || (codec_ == Codec::opus && skip("OpusTags")) ||
        (codec_ == Codec::flac && is_flac_comment()) || codec_ == Codec::speex)
        read_vorbis_comment(comments, info_);
}

void OggHeaders::end() {
    if (headers_left_ > 0 && !packet_.empty()) take_header();
}

// Seven hundred years: who claims more lies, and would have our sums overflow.
constexpr std::int64_t most_samples_of_a_file = std::int64_t{1} << 50;

void OggHeaders::add_audio(const OggPage& page) {
    if (page.granule < 0 || page.granule > most_samples_of_a_file) return;
    ++audio_pages_;
    if (codec_ == Codec::opus) {
        start_ = pre_skip_ + std::max<std::int64_t>(page.granule - opus_samples(page), 0);
        audio_pages_ = 2;
        return;
    }
    if (audio_pages_ == 1) {
        first_position_ = page.granule;
        first_packets_ = page.packets();
        // The usual file begins with zero, and may cut off a piece of its first page.
        const auto at_most = std::int64_t{most_samples_} * (first_packets_ + 1);
        if (most_samples_ > 0 && page.granule <= at_most) audio_pages_ = 2;
        return;
    }
    // How long the first page is, its packets tell by those of the second.
    const auto second = std::max<std::int64_t>(page.granule - first_position_, 0);
    const auto packets = std::max(page.packets(), 1U);
    const auto length = static_cast<double>(second) * first_packets_ / packets;
    start_ = std::max<std::int64_t>(first_position_ - static_cast<std::int64_t>(length), 0);
}

std::int64_t OggHeaders::opus_samples(const OggPage& page) const {
    std::int64_t samples = 0;
    std::size_t at = 0;
    bool inside = page.continued;
    for (const char c : page.lacing) {
        const auto length = static_cast<unsigned char>(c);
        if (!inside) samples += opus_packet_samples(page.body.substr(std::min(at, page.body.size())));
        at += length;
        inside = length == 255;
    }
    return samples;
}

} // namespace kamaelia
