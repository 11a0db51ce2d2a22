#include "kamaelia/codec/media_info.hpp"

#include "kamaelia/codec/flac_info.hpp"
#include "kamaelia/codec/mpeg_info.hpp"
#include "kamaelia/codec/ogg_info.hpp"

namespace kamaelia {

MediaInfo read_media_info(const MediaPieces& pieces) {
    if (pieces.head.starts_with("OggS")) return read_ogg_info(pieces);
    if (pieces.head.starts_with("fLaC")) return read_flac_info(pieces.head);
    if (pieces.head.starts_with("ID3") || begins_with_mpeg_frame(pieces.head)) return read_mpeg_info(pieces);
    return {};
}

} // namespace kamaelia
