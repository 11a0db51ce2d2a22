// What a file of MPEG audio (mp3) says of itself: its ID3 tags, and its first frame.
#pragma once

#include "kamaelia/codec/media_info.hpp"

#include <string_view>

namespace kamaelia {

/// Whether `bytes` begin with the header of a frame of layer III, II or I.
[[nodiscard]] bool begins_with_mpeg_frame(std::string_view bytes);

/// Title and artist from ID3v2 (2.2 to 2.4), else ID3v1. The duration from a Xing, Info or VBRI header, else,
/// as if all frames were like the first, from the size; none where a picture in the tag pushes the first
/// frame out of `head`.
[[nodiscard]] MediaInfo read_mpeg_info(const MediaPieces& pieces);

} // namespace kamaelia
