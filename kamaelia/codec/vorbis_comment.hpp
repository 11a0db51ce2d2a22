// The comment header that Vorbis, Opus, FLAC and Speex share (Vorbis I, section 5).
#pragma once

#include "kamaelia/codec/media_info.hpp"

#include <string_view>

namespace kamaelia {

/// Puts the first TITLE and the first ARTIST of `block` into `info`. The block is what follows the codec's
/// magic; it may be cut off anywhere, and claim what it likes: what is there in whole counts.
void read_vorbis_comment(std::string_view block, MediaInfo& info);

} // namespace kamaelia
