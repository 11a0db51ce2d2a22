// An RTP packet: its fixed header written, and any packet read (RFC 3550 section 5.1).
//
//     std::array<char, header_size> room;
//     write_header({.payload_type = 96, .sequence = 7, .timestamp = 44100, .ssrc = ssrc}, room);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kamaelia::rtp {

constexpr std::size_t header_size = 12; ///< bytes, of the header without sources and extension

struct Header {
    std::uint8_t payload_type = 0; ///< 0 to 127
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0; ///< in the payload's clock
    std::uint32_t ssrc = 0;

    bool operator==(const Header&) const = default;
};

/// Without padding, extension and contributing sources.
void write_header(const Header& header, std::span<char, header_size> room) noexcept;

/// Its views are parts of what it was read from.
struct Packet {
    Header header;
    std::string_view contributors{}; ///< four bytes each, at most 15
    std::string_view extension{};    ///< without its own header of four bytes
    std::string_view payload{};      ///< without padding; may be empty
};

/// Nothing where `datagram` is no RTP packet of version 2, or claims more than is there.
[[nodiscard]] std::optional<Packet> parse_packet(std::string_view datagram) noexcept;

} // namespace kamaelia::rtp
