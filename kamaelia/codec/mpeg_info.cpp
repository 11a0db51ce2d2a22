#include "kamaelia/codec/mpeg_info.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/codec/id3.hpp"
#include "kamaelia/codec/sample_time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kamaelia {
namespace {

struct Frame {
    std::uint32_t rate = 0;    // samples per second
    std::uint32_t bitrate = 0; // bits per second
    std::uint32_t samples = 0;
    std::size_t side = 0; // bytes between its header and a Xing header, in layer III
};

constexpr std::array<std::uint32_t, 3> rates{44100, 48000, 32000};

// kbit/s for MPEG 1 layers I, II and III, then for MPEG 2 layer I and the others.
constexpr std::array<std::array<std::uint16_t, 15>, 5> bitrates{{
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
}};

std::optional<Frame> frame_of(std::string_view bytes) {
    ByteReader reader{bytes};
    const auto word = reader.big_endian(4);
    const auto version = word >> 19 & 3; // 0: 2.5, 2: 2, 3: 1
    const auto layer = 4 - (word >> 17 & 3);
    const auto bitrate = word >> 12 & 15;
    const auto rate = word >> 10 & 3;
    if (word >> 21 != 0x7FF || version == 1 || layer == 4 || bitrate == 0 || bitrate == 15 || rate == 3)
        return std::nullopt;
    const bool first = version == 3;
    const bool mono = (word >> 6 & 3) == 3;
    const auto table = first ? layer - 1 : layer == 1 ? 3U : 4U;
    Frame frame;
    frame.rate = rates[rate] >> (first ? 0 : version == 2 ? 1 : 2);
    frame.bitrate = std::uint32_t{bitrates[table][bitrate]} * 1000;
    frame.samples = layer == 1 ? 384 : layer == 3 && !first ? 576 : 1152;
    frame.side = first ? (mono ? 17 : 32) : (mono ? 9 : 17);
    return frame;
}

// Of frames, as the encoder has written it into an empty first one.
std::optional<std::uint64_t> counted_frames(std::string_view bytes, const Frame& frame) {
    ByteReader xing{bytes};
    xing.skip(4 + frame.side);
    const auto magic = xing.take(4);
    if (magic == "Xing" || magic == "Info") {
        const bool counted = (xing.big_endian(4) & 1) != 0;
        const auto frames = xing.big_endian(4);
        if (counted && xing.good()) return frames;
        return std::nullopt;
    }
    ByteReader vbri{bytes};
    vbri.skip(4 + 32);
    if (vbri.take(4) != "VBRI") return std::nullopt;
    vbri.skip(10);
    const auto frames = vbri.big_endian(4);
    return vbri.good() ? std::optional{frames} : std::nullopt;
}

} // namespace

bool begins_with_mpeg_frame(std::string_view bytes) { return frame_of(bytes).has_value(); }

MediaInfo read_mpeg_info(const MediaPieces& pieces) {
    MediaInfo info;
    const auto tag = read_id3v2(pieces.head, info);
    const bool old_tag = read_id3v1(pieces.tail, info);
    if (tag >= pieces.head.size() || tag >= pieces.size) return info;
    const auto audio = pieces.head.substr(tag);
    const auto frame = frame_of(audio);
    if (!frame) return info;
    if (const auto frames = counted_frames(audio, *frame)) {
        info.duration = sample_time(*frames * frame->samples, frame->rate);
    } else if (const auto size = pieces.size - tag; size > (old_tag ? id3v1_size : 0)) {
        const auto bits = (size - (old_tag ? id3v1_size : 0)) * 8;
        info.duration = sample_time(bits, frame->bitrate);
    }
    return info;
}

} // namespace kamaelia
