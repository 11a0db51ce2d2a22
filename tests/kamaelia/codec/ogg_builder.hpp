// Ogg files for tests, page by page, with libogg.
#pragma once

#include <ogg/ogg.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kamaelia::testing {

inline std::string little_endian(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i);
    return out;
}

inline std::string big_endian(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> 8 * i);
    return out;
}

/// One logical stream, whose pages can stand among those of others.
class OggBuilder {
public:
    explicit OggBuilder(int serial = 1) { ogg_stream_init(&stream_, serial); }
    ~OggBuilder() { ogg_stream_clear(&stream_); }
    OggBuilder(const OggBuilder&) = delete;
    OggBuilder& operator=(const OggBuilder&) = delete;

    /// A page, or as many as it takes, with these packets, at that position.
    std::string page(const std::vector<std::string>& packets, std::int64_t granule, bool last = false) {
        for (std::size_t i = 0; i < packets.size(); ++i) {
            std::string bytes = packets[i];
            ogg_packet packet{};
            packet.packet = reinterpret_cast<unsigned char*>(bytes.data());
            packet.bytes = static_cast<long>(bytes.size());
            packet.b_o_s = count_ == 0;
            packet.e_o_s = last && i + 1 == packets.size();
            packet.granulepos = granule;
            packet.packetno = count_++;
            ogg_stream_packetin(&stream_, &packet);
        }
        std::string out;
        ogg_page page{};
        while (ogg_stream_flush(&stream_, &page) != 0) {
            out.append(reinterpret_cast<const char*>(page.header), static_cast<std::size_t>(page.header_len));
            out.append(reinterpret_cast<const char*>(page.body), static_cast<std::size_t>(page.body_len));
        }
        return out;
    }

private:
    ogg_stream_state stream_{};
    ogg_int64_t count_ = 0;
};

/// A page as its maker likes it; only the checksum is right.
struct RawPage {
    std::uint32_t serial = 1;
    std::uint32_t sequence = 0;
    std::int64_t granule = 0;
    bool continued = false;
    bool first = false;
    bool last = false;
    char version = 0;
};

inline std::string raw_page(const RawPage& page, const std::string& lacing, const std::string& body) {
    const int flags = (page.continued ? 1 : 0) | (page.first ? 2 : 0) | (page.last ? 4 : 0);
    std::string header = "OggS" + std::string(1, page.version) + static_cast<char>(flags) +
                         little_endian(static_cast<std::uint64_t>(page.granule), 8) +
                         little_endian(page.serial, 4) + little_endian(page.sequence, 4) +
                         std::string(4, '\0') + static_cast<char>(lacing.size()) + lacing;
    std::string content = body;
    ogg_page whole{};
    whole.header = reinterpret_cast<unsigned char*>(header.data());
    whole.header_len = static_cast<long>(header.size());
    whole.body = reinterpret_cast<unsigned char*>(content.data());
    whole.body_len = static_cast<long>(content.size());
    ogg_page_checksum_set(&whole);
    return header + content;
}

/// With these packets; if it is `open`, the last one goes on behind it, and has a multiple of 255 bytes.
inline std::string raw_page(const RawPage& page, const std::vector<std::string>& packets, bool open = false) {
    std::string lacing;
    std::string body;
    for (const auto& packet : packets) {
        lacing += std::string(packet.size() / 255, '\xFF') + static_cast<char>(packet.size() % 255);
        body += packet;
    }
    if (open) lacing.pop_back();
    return raw_page(page, lacing, body);
}

inline std::string comment_block(const std::vector<std::string>& comments) {
    std::string block = little_endian(4, 4) + "test" + little_endian(comments.size(), 4);
    for (const auto& comment : comments) block += little_endian(comment.size(), 4) + comment;
    return block;
}

/// The packet in front of a Vorbis stream; the blocks are as powers of two.
inline std::string vorbis_head(std::uint32_t rate = 44100, int channels = 2, int small = 8, int large = 11) {
    return std::string{"\x01vorbis", 7} + little_endian(0, 4) + static_cast<char>(channels) +
           little_endian(rate, 4) + std::string(12, '\0') + static_cast<char>(large << 4 | small) + '\x01';
}

inline std::string vorbis_comments(const std::vector<std::string>& comments) {
    return std::string{"\x03vorbis", 7} + comment_block(comments) + '\x01';
}

/// A file with `pages` pages of ten packets, 10,000 samples each, that begins at `start`.
inline std::string vorbis_file(const std::vector<std::string>& comments, int pages, std::int64_t start = 0,
                               int serial = 1) {
    OggBuilder stream{serial};
    auto file = stream.page({vorbis_head()}, 0);
    file +=
        stream.page({vorbis_comments(comments), std::string{"\x05vorbis", 7} + std::string(3000, 's')}, 0);
    for (int i = 1; i <= pages; ++i)
        file +=
            stream.page(std::vector<std::string>(10, std::string(100, 'a')), start + i * 10'000, i == pages);
    return file;
}

inline std::string opus_head(std::uint16_t pre_skip = 312, int version = 1, int channels = 2) {
    return std::string{"OpusHead"} + static_cast<char>(version) + static_cast<char>(channels) +
           little_endian(pre_skip, 2) + little_endian(48000, 4) + std::string(3, '\0');
}

inline std::string streaminfo(std::uint32_t rate, std::uint64_t samples) {
    return std::string(10, '\0') + big_endian(std::uint64_t{rate} << 44 | samples, 8) + std::string(16, '\0');
}

} // namespace kamaelia::testing
