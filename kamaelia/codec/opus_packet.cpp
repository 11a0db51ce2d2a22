#include "kamaelia/codec/opus_packet.hpp"

#include <array>

namespace kamaelia {

std::int64_t opus_packet_samples(std::string_view bytes) {
    if (bytes.empty()) return 0;
    const auto toc = static_cast<unsigned char>(bytes[0]);
    const unsigned configuration = toc >> 3;
    constexpr std::array<std::int64_t, 4> silk{480, 960, 1920, 2880};
    constexpr std::array<std::int64_t, 2> hybrid{480, 960};
    constexpr std::array<std::int64_t, 4> celt{120, 240, 480, 960};
    const auto frame = configuration < 12   ? silk[configuration % 4]
                       : configuration < 16 ? hybrid[configuration % 2]
                                            : celt[configuration % 4];
    std::int64_t frames = 2;
    if ((toc & 3) == 0) frames = 1;
    if ((toc & 3) == 3) frames = bytes.size() > 1 ? bytes[1] & 0x3F : 0;
    const auto samples = frames * frame;
    return samples > 5760 ? 0 : samples;
}

} // namespace kamaelia
