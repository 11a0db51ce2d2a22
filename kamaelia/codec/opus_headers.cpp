#include "kamaelia/codec/opus_headers.hpp"

#include "kamaelia/codec/byte_reader.hpp"

#include <algorithm>

namespace kamaelia {
namespace {

constexpr std::string_view head_magic = "OpusHead";
constexpr std::string_view tags_magic = "OpusTags";
constexpr unsigned silent_channel = 255;

std::uint8_t take_byte(ByteReader& reader) { return static_cast<std::uint8_t>(reader.little_endian(1)); }

// 5.1.1: which channel is decoded from which stream.
std::expected<void, std::string> read_mapping(ByteReader& reader, OpusHead& head) {
    head.streams = take_byte(reader);
    head.coupled = take_byte(reader);
    head.channel_mapping = reader.take(head.channels);
    if (!reader.good()) return std::unexpected{"the table of channels is cut off"};
    const unsigned decoded = head.streams + head.coupled;
    if (head.streams == 0 || head.coupled > head.streams || decoded > 255)
        return std::unexpected{"it has " + std::to_string(head.streams) + " streams, " +
                               std::to_string(head.coupled) + " of them coupled"};
    const bool sound = std::ranges::all_of(head.channel_mapping, [&](char c) {
        const auto index = static_cast<unsigned char>(c);
        return index < decoded || index == silent_channel;
    });
    if (!sound) return std::unexpected{"a channel is of a stream that there is not"};
    return {};
}

} // namespace

std::expected<OpusHead, std::string> read_opus_head(std::string_view packet) {
    if (!packet.starts_with(head_magic)) return std::unexpected{"there is no OpusHead"};
    ByteReader reader{packet.substr(head_magic.size())};
    OpusHead head;
    head.version = take_byte(reader);
    head.channels = take_byte(reader);
    head.pre_skip = static_cast<std::uint16_t>(reader.little_endian(2));
    head.input_rate = static_cast<std::uint32_t>(reader.little_endian(4));
    head.gain = static_cast<std::int16_t>(reader.little_endian(2));
    head.mapping = take_byte(reader);
    if (!reader.good()) return std::unexpected{"the OpusHead is cut off"};
    // Only another major version may mean anything else.
    if (head.version > 15)
        return std::unexpected{"the version is " + std::to_string(head.version) + ", expected 0 to 15"};
    if (head.channels == 0) return std::unexpected{"it has 0 channels"};
    const unsigned most = head.mapping == 0 ? 2 : head.mapping == 1 ? 8 : 255;
    if (head.channels > most)
        return std::unexpected{"it has " + std::to_string(head.channels) + " channels, and mapping family " +
                               std::to_string(head.mapping) + " at most " + std::to_string(most)};
    if (head.mapping == 0) {
        head.coupled = head.channels == 2 ? 1 : 0;
        return head;
    }
    if (const auto mapped = read_mapping(reader, head); !mapped) return std::unexpected{mapped.error()};
    return head;
}

std::string plain_opus_head(std::uint8_t channels) {
    using namespace std::string_view_literals;
    std::string packet{head_magic};
    packet += '\1'; // version
    packet += static_cast<char>(channels);
    packet += "\0\0\x80\xBB\0\0\0\0\0"sv; // no pre-skip, 48 kHz, no gain, family 0
    return packet;
}

std::string_view opus_comments(std::string_view packet) noexcept {
    return packet.starts_with(tags_magic) ? packet.substr(tags_magic.size()) : std::string_view{};
}

} // namespace kamaelia
