#include "kamaelia/codec/vorbis_headers.hpp"

#include "kamaelia/codec/byte_reader.hpp"

#include <bit>
#include <cstddef>
#include <limits>
#include <optional>

namespace kamaelia {
namespace {

using namespace std::string_view_literals;

// Vorbis puts bits into bytes from the least significant on, and a number's bits likewise: read from the end,
// each number's first bit is its most significant.
class BackwardBits {
public:
    explicit BackwardBits(std::string_view bytes) noexcept : bytes_{bytes}, left_{bytes.size() * 8} {}

    [[nodiscard]] std::size_t left() const noexcept { return left_; }
    // There must be as many.
    std::uint32_t take(unsigned count) noexcept {
        std::uint32_t value = 0;
        for (; count > 0; --count) {
            --left_;
            value = value << 1 | (static_cast<unsigned char>(bytes_[left_ / 8]) >> left_ % 8 & 1U);
        }
        return value;
    }

private:
    std::string_view bytes_;
    std::size_t left_;
};

constexpr unsigned count_bits = 6;
constexpr unsigned submap_bits = 24; // time, floor and residue, which end the last mapping
constexpr unsigned mode_bits = 8 + 16 + 16 + 1;
constexpr std::uint32_t most_modes = 64;

struct Modes {
    std::uint8_t count;
    std::uint64_t long_ones;
};

// What stands before `modes` modes: their number, and before it the end of a mapping.
bool is_count_of(std::uint32_t modes, BackwardBits bits) {
    if (bits.left() < count_bits + submap_bits || bits.take(count_bits) + 1 != modes) return false;
    return bits.take(8) < 64 && bits.take(8) < 64; // residue and floor, of at most 64 each
}

std::optional<Modes> read_modes(std::string_view setup) {
    BackwardBits bits{setup};
    while (bits.left() > 0 && bits.take(1) == 0) {
    } // up to the framing bit
    std::optional<Modes> found;
    std::uint64_t flags = 0; // of the modes so far, the last one's lowest
    for (std::uint32_t modes = 1; modes <= most_modes && bits.left() >= mode_bits; ++modes) {
        const bool is_mode = bits.take(8) < 64 && bits.take(16) == 0 && bits.take(16) == 0;
        if (!is_mode) break;
        flags |= std::uint64_t{bits.take(1)} << (modes - 1);
        if (!is_count_of(modes, bits)) continue;
        found = Modes{static_cast<std::uint8_t>(modes), 0};
        for (std::uint32_t mode = 0; mode < modes; ++mode)
            found->long_ones |= (flags >> mode & 1) << (modes - 1 - mode);
    }
    return found;
}

std::expected<VorbisHeaders, std::string> read_identification(std::string_view packet) {
    if (!packet.starts_with("\x01vorbis"sv)) return std::unexpected{"there is no identification header"};
    ByteReader reader{packet};
    reader.skip(7);
    const auto version = reader.little_endian(4);
    VorbisHeaders headers;
    headers.channels = static_cast<std::uint8_t>(reader.little_endian(1));
    headers.rate = static_cast<std::uint32_t>(reader.little_endian(4));
    reader.skip(4); // the highest bitrate
    const auto bitrate = static_cast<std::uint32_t>(reader.little_endian(4));
    reader.skip(4); // the lowest
    const auto blocks = reader.little_endian(1);
    const auto framing = reader.little_endian(1);
    if (!reader.good()) return std::unexpected{"the identification header is cut off"};
    if (version != 0) return std::unexpected{"the version is " + std::to_string(version) + ", expected 0"};
    if (headers.channels == 0) return std::unexpected{"it has 0 channels"};
    if (headers.rate == 0) return std::unexpected{"the rate is 0"};
    const auto small = blocks & 15;
    const auto large = blocks >> 4;
    if (small < 6 || large > 13 || small > large)
        return std::unexpected{"the block sizes are " + std::to_string(1U << small) + " and " +
                               std::to_string(1U << large) +
                               ", expected powers of two from 64 to 8192, the first not larger"};
    if ((framing & 1) == 0) return std::unexpected{"the identification header's framing bit is 0"};
    headers.short_block = static_cast<std::uint16_t>(1U << small);
    headers.long_block = static_cast<std::uint16_t>(1U << large);
    // The field is signed, and encoders write -1 for what they do not know.
    if (bitrate <= std::numeric_limits<std::int32_t>::max()) headers.nominal_bitrate = bitrate;
    return headers;
}

} // namespace

unsigned VorbisHeaders::block_size(std::string_view packet) const noexcept {
    if (packet.empty() || modes == 0) return 0;
    const auto first = static_cast<unsigned char>(packet[0]);
    if ((first & 1) != 0) return 0;
    const auto bits = std::bit_width(modes - 1U);
    const auto mode = first >> 1 & ((1U << bits) - 1);
    if (mode >= modes) return 0;
    return (long_modes >> mode & 1) != 0 ? long_block : short_block;
}

std::expected<VorbisHeaders, std::string> read_vorbis_headers(std::string_view identification,
                                                              std::string_view setup) {
    auto headers = read_identification(identification);
    if (!headers) return headers;
    constexpr std::size_t magic = 7;
    if (!setup.starts_with("\x05vorbis"sv)) return std::unexpected{"there is no setup header"};
    // Behind their number the first codebook begins.
    const auto body = setup.substr(magic);
    if (body.size() < 4 || body.substr(1, 3) != "BCV")
        return std::unexpected{"the setup header has no codebook"};
    const auto modes = read_modes(body.substr(4));
    if (!modes) return std::unexpected{"the setup header does not end in a list of modes"};
    headers->modes = modes->count;
    headers->long_modes = modes->long_ones;
    return headers;
}

} // namespace kamaelia
