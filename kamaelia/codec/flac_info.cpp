#include "kamaelia/codec/flac_info.hpp"

#include "kamaelia/codec/byte_reader.hpp"
#include "kamaelia/codec/sample_time.hpp"
#include "kamaelia/codec/vorbis_comment.hpp"

namespace kamaelia {

FlacStream FlacStream::read(std::string_view block) {
    ByteReader reader{block};
    reader.skip(10); // sizes of blocks and frames
    const auto packed = reader.big_endian(8);
    // 20 bits rate, 3 channels, 5 bits a sample, 36 samples
    return {static_cast<std::uint32_t>(packed >> 44), packed & 0xF'FFFF'FFFF};
}

MediaInfo read_flac_info(std::string_view head) {
    constexpr std::uint64_t streaminfo = 0;
    constexpr std::uint64_t vorbis_comment = 4;
    MediaInfo info;
    ByteReader reader{head};
    reader.skip(4);
    for (bool last = false; !last && reader.good();) {
        const auto kind = reader.big_endian(1);
        const auto size = reader.big_endian(3);
        if (!reader.good()) break;
        last = (kind & 0x80) != 0;
        if ((kind & 0x7F) == streaminfo) {
            const auto stream = FlacStream::read(reader.rest().substr(0, size));
            info.duration = sample_time(stream.samples, stream.rate);
        } else if ((kind & 0x7F) == vorbis_comment) {
            read_vorbis_comment(reader.rest().substr(0, size), info);
        }
        reader.skip(size);
    }
    return info;
}

} // namespace kamaelia
