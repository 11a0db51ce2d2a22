// Real Vorbis for tests, made with libvorbisenc: a tone with clicks, so that there are blocks of both sizes.
#pragma once

#include <vorbis/vorbisenc.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace kamaelia::testing {

struct EncodedVorbis {
    std::array<std::string, 3> headers; ///< identification, comment, setup
    std::vector<std::string> packets;
    std::vector<std::int64_t> granules; ///< behind each packet, as the encoder counts
};

namespace detail {

inline std::string packet_of(const ogg_packet& packet) {
    return {reinterpret_cast<const char*>(packet.packet), static_cast<std::size_t>(packet.bytes)};
}

// Of libvorbisenc: four structures that belong together.
class VorbisEncoder {
public:
    VorbisEncoder(long rate, int channels, float quality) : channels_{channels} {
        vorbis_info_init(&info_);
        if (vorbis_encode_init_vbr(&info_, channels, rate, quality) != 0)
            throw std::runtime_error{"libvorbisenc refuses"};
        vorbis_comment_init(&comment_);
        vorbis_analysis_init(&dsp_, &info_);
        vorbis_block_init(&dsp_, &block_);
    }
    ~VorbisEncoder() {
        vorbis_block_clear(&block_);
        vorbis_dsp_clear(&dsp_);
        vorbis_comment_clear(&comment_);
        vorbis_info_clear(&info_);
    }
    VorbisEncoder(const VorbisEncoder&) = delete;
    VorbisEncoder& operator=(const VorbisEncoder&) = delete;

    std::array<std::string, 3> headers() {
        std::array<ogg_packet, 3> packets{};
        vorbis_analysis_headerout(&dsp_, &comment_, &packets[0], &packets[1], &packets[2]);
        return {packet_of(packets[0]), packet_of(packets[1]), packet_of(packets[2])};
    }

    void encode(int samples, EncodedVorbis& out) {
        constexpr int piece = 4096;
        for (int done = 0; done < samples; done += piece) {
            float** const room = vorbis_analysis_buffer(&dsp_, piece);
            for (int i = 0; i < piece; ++i) {
                const auto at = static_cast<float>(done + i);
                const float click = (done + i) % 7000 < 20 ? 0.9F : 0.0F;
                for (int c = 0; c < channels_; ++c)
                    room[c][i] = 0.1F * std::sin(at * 0.05F * static_cast<float>(c + 1)) + click;
            }
            vorbis_analysis_wrote(&dsp_, piece);
            take(out);
        }
        vorbis_analysis_wrote(&dsp_, 0);
        take(out);
    }

private:
    void take(EncodedVorbis& out) {
        ogg_packet packet{};
        while (vorbis_analysis_blockout(&dsp_, &block_) == 1) {
            vorbis_analysis(&block_, nullptr);
            vorbis_bitrate_addblock(&block_);
            while (vorbis_bitrate_flushpacket(&dsp_, &packet) == 1) {
                out.packets.push_back(packet_of(packet));
                out.granules.push_back(packet.granulepos);
            }
        }
    }

    int channels_;
    vorbis_info info_{};
    vorbis_comment comment_{};
    vorbis_dsp_state dsp_{};
    vorbis_block block_{};
};

} // namespace detail

/// `quality` is from -0.1 to 1.
inline EncodedVorbis encode_vorbis(long rate, int channels, float quality, int samples) {
    detail::VorbisEncoder encoder{rate, channels, quality};
    EncodedVorbis out;
    out.headers = encoder.headers();
    encoder.encode(samples, out);
    return out;
}

} // namespace kamaelia::testing
