#include "kamaelia/protocol/rtp/vorbis_packetiser.hpp"

#include "axon/check.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace kamaelia::rtp {
namespace {

constexpr std::size_t payload_header = 4;
constexpr std::size_t length_field = 2;

enum class Fragment : std::uint8_t { none, first, middle, last };

// 2.2: Ident, fragment type, data type 0 for audio, number of packets.
void put_payload_header(std::span<char> room, std::uint32_t ident, Fragment fragment, unsigned count) {
    room[0] = static_cast<char>(ident >> 16);
    room[1] = static_cast<char>(ident >> 8);
    room[2] = static_cast<char>(ident);
    room[3] = static_cast<char>(static_cast<unsigned>(fragment) << 6 | count);
}

void put_length(std::span<char> room, std::size_t length) {
    room[0] = static_cast<char>(length >> 8);
    room[1] = static_cast<char>(length);
}

} // namespace

VorbisPacketiser::VorbisPacketiser(std::uint32_t ident, const PacketiserLimits& limits)
    : ident_{ident}, room_{limits.packet - header_size}, latency_{limits.latency} {
    AXON_CHECK(limits.packet >= 64 && limits.packet <= 0xFFFF);
}

void VorbisPacketiser::add(const CodecPacket& packet) {
    if (!packet.data.empty()) added_ = packet;
}

std::optional<Payload> VorbisPacketiser::next() {
    if (added_) {
        const bool alone = !fits_alone(*added_);
        if (count_ > 0 && (alone || !joins(*added_))) return close();
        if (alone) return next_fragment();
        append(*std::exchange(added_, std::nullopt));
        if (count_ == most_packets) return close();
    }
    if (std::exchange(flushing_, false) && count_ > 0) return close();
    return std::nullopt;
}

bool VorbisPacketiser::fits_alone(const CodecPacket& packet) const noexcept {
    return payload_header + length_field + packet.data.size() <= room_;
}

// The receiver has only the first one's timestamp and adds up.
bool VorbisPacketiser::joins(const CodecPacket& packet) const noexcept {
    return filled_ + length_field + packet.data.size() <= room_ && packet.timestamp == end_ &&
           packet.timestamp + packet.duration - begin_ <= latency_;
}

void VorbisPacketiser::append(const CodecPacket& packet) {
    if (count_ == 0) {
        filling_ = axon::Bytes::Room{room_};
        filled_ = payload_header;
        begin_ = packet.timestamp;
    }
    const auto place = filling_.span().subspan(filled_);
    put_length(place, packet.data.size());
    std::ranges::copy(packet.data, place.begin() + length_field);
    filled_ += length_field + packet.data.size();
    end_ = packet.timestamp + packet.duration;
    ++count_;
}

Payload VorbisPacketiser::close() {
    put_payload_header(filling_.span(), ident_, Fragment::none, std::exchange(count_, 0));
    return {.bytes = std::move(filling_).bytes(filled_),
            .timestamp = begin_,
            .duration = end_ - begin_,
            .marker = false};
}

Payload VorbisPacketiser::next_fragment() {
    const auto packet = *added_;
    const auto rest = packet.data.substr(fragmented_);
    const auto piece = rest.substr(0, room_ - payload_header - length_field);
    const bool last = piece.size() == rest.size();
    const auto kind = fragmented_ == 0 ? Fragment::first : last ? Fragment::last : Fragment::middle;
    auto bytes = axon::Bytes::build(payload_header + length_field + piece.size(), [&](std::span<char> room) {
        put_payload_header(room, ident_, kind, 0);
        put_length(room.subspan(payload_header), piece.size());
        std::ranges::copy(piece, room.begin() + payload_header + length_field);
        return room.size();
    });
    fragmented_ = last ? 0 : fragmented_ + piece.size();
    if (last) added_.reset();
    return {.bytes = std::move(bytes),
            .timestamp = packet.timestamp,
            .duration = last ? packet.duration : 0,
            .marker = false};
}

} // namespace kamaelia::rtp
