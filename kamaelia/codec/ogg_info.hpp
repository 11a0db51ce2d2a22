// What an Ogg file says of itself, by the headers at its front and the last page's granule position.
#pragma once

#include "kamaelia/codec/media_info.hpp"

namespace kamaelia {

/// Of the first Vorbis, Opus, FLAC or Speex stream of the file's first link. The duration is counted from the
/// first audio page, so that a recording which begins in the middle of a live stream has its own: for Opus to
/// the sample and without the pre-skip (RFC 7845 4.3), for the others then to about a page.
[[nodiscard]] MediaInfo read_ogg_info(const MediaPieces& pieces);

} // namespace kamaelia
