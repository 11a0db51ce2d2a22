#include "kamaelia/protocol/rtp/packet.hpp"

#include "kamaelia/codec/byte_reader.hpp"

namespace kamaelia::rtp {
namespace {

constexpr std::uint8_t version = 2;

void put(std::uint32_t value, std::span<char> room) noexcept {
    for (std::size_t i = room.size(); i-- > 0; value >>= 8) room[i] = static_cast<char>(value);
}

} // namespace

void write_header(const Header& header, std::span<char, header_size> room) noexcept {
    put(version << 6, room.subspan(0, 1));
    put((header.marker ? 0x80U : 0U) | (header.payload_type & 0x7FU), room.subspan(1, 1));
    put(header.sequence, room.subspan(2, 2));
    put(header.timestamp, room.subspan(4, 4));
    put(header.ssrc, room.subspan(8, 4));
}

std::optional<Packet> parse_packet(std::string_view datagram) noexcept {
    ByteReader reader{datagram};
    const auto first = reader.big_endian(1);
    const auto second = reader.big_endian(1);
    if (first >> 6 != version) return std::nullopt;
    Packet packet;
    packet.header.marker = (second & 0x80) != 0;
    packet.header.payload_type = static_cast<std::uint8_t>(second & 0x7F);
    packet.header.sequence = static_cast<std::uint16_t>(reader.big_endian(2));
    packet.header.timestamp = static_cast<std::uint32_t>(reader.big_endian(4));
    packet.header.ssrc = static_cast<std::uint32_t>(reader.big_endian(4));
    packet.contributors = reader.take((first & 0x0F) * 4);
    if ((first & 0x10) != 0) {
        reader.skip(2); // whose extension it is
        packet.extension = reader.take(reader.big_endian(2) * 4);
    }
    packet.payload = reader.rest();
    if (!reader.good()) return std::nullopt;
    if ((first & 0x20) == 0) return packet;
    // The last byte of the padding counts itself.
    if (packet.payload.empty()) return std::nullopt;
    const auto padding = static_cast<unsigned char>(packet.payload.back());
    if (padding == 0 || padding > packet.payload.size()) return std::nullopt;
    packet.payload.remove_suffix(padding);
    return packet;
}

} // namespace kamaelia::rtp
