#include "kamaelia/codec/ogg_packets.hpp"

#include <utility>

namespace kamaelia {
namespace {

constexpr std::int64_t highest_granule = std::int64_t{1} << 62; // more would have sums overflow

struct Piece {
    std::size_t segments = 0;
    std::size_t bytes = 0;
    bool ends = false; // the packet
};

Piece first_piece(std::string_view lacing) {
    Piece piece;
    while (piece.segments < lacing.size() && !piece.ends) {
        const auto length = static_cast<unsigned char>(lacing[piece.segments++]);
        piece.bytes += length;
        piece.ends = length < 255;
    }
    return piece;
}

std::optional<OggCodec> codec_of(const OggPage& page) {
    const auto piece = first_piece(page.lacing);
    const auto packet = page.body.substr(0, piece.bytes);
    if (!piece.ends) return std::nullopt;
    if (packet.starts_with("\x01vorbis")) return OggCodec::vorbis;
    if (packet.starts_with("OpusHead")) return OggCodec::opus;
    return std::nullopt;
}

// Assigning an empty text would leave the room to it.
void forget(std::string& text) {
    if (!text.empty()) std::string{}.swap(text);
}

} // namespace

void OggPackets::reset() {
    forget(begun_);
    forget(joined_);
    for (auto& header : header_) forget(header);
    *this = OggPackets{limit_};
}

void OggPackets::add(const OggPage& page) {
    lacing_ = {};
    forget(joined_);
    if (page.first) {
        see_first(page);
        return;
    }
    among_first_ = false;
    if (page.serial != serial_ || (phase_ != Phase::headers && phase_ != Phase::audio)) return;
    see_order(page);
    take_page(page);
}

void OggPackets::see_first(const OggPage& page) {
    if (!std::exchange(among_first_, true)) chosen_ = false;
    const auto codec = codec_of(page);
    if (!codec) {
        if (page.serial == serial_) phase_ = Phase::over; // it is another's now
        return;
    }
    if (chosen_ && phase_ == Phase::headers && page.serial != serial_) return;
    reset();
    among_first_ = chosen_ = true;
    phase_ = Phase::headers;
    codec_ = *codec;
    serial_ = page.serial;
    next_sequence_ = page.sequence + 1;
    take_page(page);
}

void OggPackets::see_order(const OggPage& page) {
    const bool jumped = std::exchange(jumped_, false);
    if (next_sequence_ && *next_sequence_ != page.sequence) lose();
    next_sequence_ = page.sequence + 1;
    const bool within = !begun_.empty() || drop_ != Drop::nothing;
    if (page.continued == within) return;
    if (!jumped) lose();
    if (page.continued) drop_ = Drop::broken;
}

void OggPackets::take_page(const OggPage& page) {
    lacing_ = page.lacing;
    body_ = page.body;
    packets_left_ = page.packets();
    granule_ = page.granule;
    last_ = page.last;
}

// Whatever was coming in will not be whole; a header is not missed without harm.
void OggPackets::lose() {
    forget(begun_);
    drop_ = Drop::nothing;
    gap_ = true;
    if (phase_ == Phase::headers) phase_ = Phase::over;
}

void OggPackets::keep(std::string_view piece) {
    if (drop_ != Drop::nothing) return;
    if (piece.size() <= limit_ - begun_.size()) {
        begun_ += piece;
        return;
    }
    forget(begun_);
    drop_ = Drop::too_large;
    gap_ = true;
}

std::optional<OggEvent> OggPackets::next() {
    forget(joined_);
    while (phase_ == Phase::headers || phase_ == Phase::audio) {
        const auto packet = take_packet();
        if (!packet) break;
        if (auto event = use(*packet)) return event;
    }
    if (!std::exchange(last_, false)) return std::nullopt;
    const bool heard = phase_ == Phase::audio;
    phase_ = Phase::over;
    forget(begun_);
    if (!heard) return std::nullopt;
    return OggEnd{};
}

std::optional<std::string_view> OggPackets::take_packet() {
    while (!lacing_.empty()) {
        const auto piece = first_piece(lacing_);
        const auto bytes = body_.substr(0, piece.bytes);
        lacing_.remove_prefix(piece.segments);
        body_.remove_prefix(piece.bytes);
        if (!piece.ends) {
            keep(bytes);
            break;
        }
        --packets_left_;
        if (auto packet = end_packet(bytes)) return packet;
    }
    return std::nullopt;
}

std::optional<std::string_view> OggPackets::end_packet(std::string_view piece) {
    if (begun_.empty() && drop_ == Drop::nothing && piece.size() <= limit_) return piece;
    keep(piece);
    const auto dropped = std::exchange(drop_, Drop::nothing);
    // Nobody needs the comments to decode; there may be a picture among them.
    const bool comment = phase_ == Phase::headers && headers_ == 1;
    if (dropped == Drop::too_large && comment) return std::string_view{};
    if (dropped != Drop::nothing) return std::nullopt;
    joined_ = std::exchange(begun_, {});
    return joined_;
}

std::optional<OggEvent> OggPackets::use(std::string_view packet) {
    if (phase_ == Phase::headers) return take_header(packet);
    OggPacket out{.data = packet, .granule = {}, .gap = std::exchange(gap_, false)};
    if (packets_left_ == 0 && granule_ >= 0 && granule_ <= highest_granule) out.granule = granule_;
    return out;
}

std::optional<OggEvent> OggPackets::take_header(std::string_view packet) {
    constexpr std::array<std::string_view, 3> of_vorbis{"\x01vorbis", "\x03vorbis", "\x05vorbis"};
    constexpr std::array<std::string_view, 2> of_opus{"OpusHead", "OpusTags"};
    const bool vorbis = codec_ == OggCodec::vorbis;
    const bool without_comment = headers_ == 1 && packet.empty();
    if (!without_comment && !packet.starts_with(vorbis ? of_vorbis[headers_] : of_opus[headers_])) {
        phase_ = Phase::over;
        return std::nullopt;
    }
    header_[headers_++] = packet;
    if (headers_ < (vorbis ? of_vorbis.size() : of_opus.size())) return std::nullopt;
    phase_ = Phase::audio;
    gap_ = false;
    return OggLink{.codec = codec_,
                   .serial = serial_,
                   .identification = std::exchange(header_[0], {}),
                   .comment = std::exchange(header_[1], {}),
                   .setup = std::exchange(header_[2], {})};
}

void OggPackets::jump(std::uint32_t serial) {
    reset();
    phase_ = Phase::audio;
    serial_ = serial;
    jumped_ = true;
}

std::size_t OggPackets::held() const noexcept {
    const auto heap = [](const std::string& text) {
        return text.capacity() > std::string{}.capacity() ? text.capacity() : 0;
    };
    auto sum = heap(begun_) + heap(joined_);
    for (const auto& each : header_) sum += heap(each);
    return sum;
}

} // namespace kamaelia
