// Whole Ogg files of real Vorbis for tests, and when each of their packets begins.
#pragma once

#include "tests/kamaelia/codec/ogg_builder.hpp"
#include "tests/kamaelia/codec/vorbis_encoder.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kamaelia::testing {

struct FileShape {
    int serial = 1;
    std::size_t packets_a_page = 12;
    std::int64_t shift = 0; ///< of all granule positions, as in what was cut out of a longer stream
};

/// As an encoder makes it whose input has no whole number of blocks: the last page cuts some samples off.
inline EncodedVorbis vorbis_with_cut_end(long rate, int channels, float quality, int samples) {
    auto vorbis = encode_vorbis(rate, channels, quality, samples);
    vorbis.granules.back() -= 300;
    return vorbis;
}

/// libogg ends a page soon after 4 KiB.
inline std::string ogg_file(const EncodedVorbis& vorbis, const FileShape& shape = {}) {
    OggBuilder stream{shape.serial};
    auto file = stream.page({vorbis.headers[0]}, 0);
    file += stream.page({vorbis.headers[1], vorbis.headers[2]}, 0);
    for (std::size_t i = 0; i < vorbis.packets.size(); i += shape.packets_a_page) {
        const auto end = std::min(i + shape.packets_a_page, vorbis.packets.size());
        const auto begin = vorbis.packets.begin();
        file +=
            stream.page({begin + static_cast<std::ptrdiff_t>(i), begin + static_cast<std::ptrdiff_t>(end)},
                        vorbis.granules[end - 1] + shape.shift, end == vorbis.packets.size());
    }
    return file;
}

} // namespace kamaelia::testing
