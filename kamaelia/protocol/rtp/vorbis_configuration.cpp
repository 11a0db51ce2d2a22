#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/util/base64.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>

namespace kamaelia::rtp {
namespace {

using namespace std::string_view_literals;

// Vendor, number of comments, framing bit.
constexpr auto comment_header = "\x03vorbis\x09\0\0\0kamaeliad\0\0\0\0\x01"sv;
constexpr std::size_t most_bytes = 0xFFFF;

std::string big_endian(std::uint64_t value, unsigned bytes) {
    std::string out;
    while (bytes-- > 0) out += static_cast<char>(value >> 8 * bytes);
    return out;
}

// 3.1.1: seven bits a byte, the most significant first; the top bit says that more follow.
std::string in_sevens(std::size_t value) {
    std::string out(1, static_cast<char>(value & 0x7F));
    while ((value >>= 7) != 0) out.insert(out.begin(), static_cast<char>(0x80 | (value & 0x7F)));
    return out;
}

std::size_t take_sevens(ByteReader& reader) {
    std::size_t value = 0;
    for (int i = 0; i < 3; ++i) { // no length has more: they are of 16 bits together
        const auto byte = reader.big_endian(1);
        value = value << 7 | (byte & 0x7F);
        if ((byte & 0x80) == 0) return value;
    }
    reader.skip(std::string_view::npos);
    return 0;
}

} // namespace

// FNV-1a, folded.
std::uint32_t vorbis_ident(std::string_view identification, std::string_view setup) noexcept {
    std::uint32_t hash = 2'166'136'261;
    for (const auto header : {identification, setup})
        for (const char c : header) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619;
    return (hash >> 24 ^ hash) & 0xFF'FFFF;
}

std::expected<std::string, std::string> vorbis_fmtp(std::string_view identification, std::string_view setup) {
    // The length is that of the headers alone, as FFmpeg wants it.
    const auto length = identification.size() + comment_header.size() + setup.size();
    if (length > most_bytes)
        return std::unexpected{"its headers are " + std::to_string(length) +
                               " bytes, and RTP describes at most " + std::to_string(most_bytes)};
    std::string packed = big_endian(1, 4) + big_endian(vorbis_ident(identification, setup), 3) +
                         big_endian(length, 2) + big_endian(2, 1);
    packed += in_sevens(identification.size()) + in_sevens(comment_header.size());
    packed.append(identification).append(comment_header).append(setup);
    return "configuration=" + to_base64(packed);
}

std::optional<VorbisConfiguration> parse_packed_vorbis(std::string_view packed) {
    ByteReader reader{packed};
    const auto count = reader.big_endian(4);
    VorbisConfiguration configuration;
    configuration.ident = static_cast<std::uint32_t>(reader.big_endian(3));
    const auto length = reader.big_endian(2);
    if (reader.big_endian(1) != 2 || count == 0) return std::nullopt;
    const auto first = take_sevens(reader);
    const auto second = take_sevens(reader);
    if (!reader.good() || first + second > length) return std::nullopt;
    configuration.identification = reader.take(first);
    configuration.comment = reader.take(second);
    configuration.setup = reader.take(length - first - second);
    if (!reader.good() || (count == 1 && !reader.rest().empty())) return std::nullopt;
    return configuration;
}

std::optional<VorbisConfiguration> parse_vorbis_fmtp(std::string_view fmtp) {
    constexpr auto name = "configuration="sv;
    while (!fmtp.empty()) {
        auto parameter = fmtp.substr(0, fmtp.find(';'));
        fmtp.remove_prefix(std::min(parameter.size() + 1, fmtp.size()));
        while (parameter.starts_with(' ')) parameter.remove_prefix(1);
        while (parameter.ends_with(' ')) parameter.remove_suffix(1);
        if (!parameter.starts_with(name)) continue;
        const auto packed = from_base64(parameter.substr(name.size()));
        return packed ? parse_packed_vorbis(*packed) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace kamaelia::rtp
