#include "kamaelia/codec/ogg_page.hpp"

#include "kamaelia/codec/byte_reader.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace kamaelia {
namespace {

constexpr std::string_view capture{"OggS\0", 5}; // with the version
constexpr std::size_t crc_at = 22;
constexpr std::size_t fixed_part = 27;

constexpr unsigned char byte(char c) { return static_cast<unsigned char>(c); }

// Sixteen bytes at a time: tables[n][b] is what b does n bytes further on.
using Tables = std::array<std::array<std::uint32_t, 256>, 16>;

constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t value = 0; value < 256; ++value) {
        std::uint32_t crc = value << 24;
        for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ ((crc & 0x8000'0000) != 0 ? 0x04C1'1DB7U : 0U);
        tables[0][value] = crc;
    }
    for (std::size_t n = 1; n < tables.size(); ++n)
        for (std::size_t value = 0; value < 256; ++value)
            tables[n][value] = tables[n - 1][value] << 8 ^ tables[0][tables[n - 1][value] >> 24];
    return tables;
}

constexpr Tables tables = make_tables();

std::size_t sum(std::string_view lacing) {
    return std::accumulate(lacing.begin(), lacing.end(), std::size_t{0},
                           [](std::size_t total, char length) { return total + byte(length); });
}

bool has_right_crc(std::string_view page) {
    const auto until = page.substr(0, crc_at);
    const auto behind = page.substr(crc_at + 4);
    const auto crc = ogg_crc(ogg_crc(ogg_crc(0, until), {"\0\0\0\0", 4}), behind);
    return crc == ByteReader{page.substr(crc_at)}.little_endian(4);
}

OggPage read_page(std::string_view page, std::size_t segments) {
    ByteReader reader{page.substr(capture.size())};
    const auto flags = reader.little_endian(1);
    const auto granule = static_cast<std::int64_t>(reader.little_endian(8));
    const auto serial = reader.little_endian(4);
    const auto sequence = reader.little_endian(4);
    return {.serial = static_cast<std::uint32_t>(serial),
            .sequence = static_cast<std::uint32_t>(sequence),
            .granule = granule,
            .first = (flags & 2) != 0 && granule <= 0, // before a header is no audio
            .last = (flags & 4) != 0,
            .continued = (flags & 1) != 0,
            .lacing = page.substr(fixed_part, segments),
            .body = page.substr(fixed_part + segments)};
}

// The next place where a page may begin, if not at the front.
OggFront junk(std::string_view bytes) {
    auto next = bytes.find(capture, 1);
    if (next == std::string_view::npos) {
        // The end may be a beginning.
        next = bytes.size() - std::min(bytes.size() - 1, capture.size() - 1);
        while (next < bytes.size() && !capture.starts_with(bytes.substr(next))) ++next;
    }
    return {.kind = OggFront::Kind::junk, .size = next};
}

} // namespace

std::uint32_t ogg_crc(std::uint32_t crc, std::string_view bytes) noexcept {
    for (; bytes.size() >= tables.size(); bytes.remove_prefix(tables.size())) {
        std::uint32_t next = 0;
        for (std::size_t i = 4; i < tables.size(); ++i) next ^= tables[tables.size() - 1 - i][byte(bytes[i])];
        for (std::size_t i = 0; i < 4; ++i)
            next ^= tables[tables.size() - 1 - i][(crc >> (24 - 8 * i) & 0xFF) ^ byte(bytes[i])];
        crc = next;
    }
    for (const char c : bytes) crc = crc << 8 ^ tables[0][crc >> 24 ^ byte(c)];
    return crc;
}

unsigned OggPage::packets() const noexcept {
    return static_cast<unsigned>(std::ranges::count_if(lacing, [](char c) { return c != '\xFF'; }));
}

OggFront look_for_ogg_page(std::string_view bytes) noexcept {
    const auto incomplete = [](std::size_t size) {
        return OggFront{.kind = OggFront::Kind::incomplete, .size = size};
    };
    if (capture.starts_with(bytes)) return incomplete(fixed_part);
    if (!bytes.starts_with(capture)) return junk(bytes);
    if (bytes.size() < fixed_part) return incomplete(fixed_part);
    const std::size_t segments = byte(bytes[fixed_part - 1]);
    const auto header = fixed_part + segments;
    if (bytes.size() < header) return incomplete(header);
    const auto size = header + sum(bytes.substr(fixed_part, segments));
    if (bytes.size() < size) return incomplete(size);
    const auto page = bytes.substr(0, size);
    if (has_right_crc(page))
        return {.kind = OggFront::Kind::page, .size = size, .page = read_page(page, segments)};
    // Where the next page follows it is this one's bytes that are wrong, not its size.
    if (bytes.substr(size).starts_with(capture)) return {.kind = OggFront::Kind::junk, .size = size};
    return junk(bytes);
}

} // namespace kamaelia
