// The two kinds of ID3 tags: the new one in front of a file, the old one at its end.
#pragma once

#include "kamaelia/codec/media_info.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kamaelia {

/// In bytes, the last of a file.
inline constexpr std::size_t id3v1_size = 128;

/// Puts title and artist into `info` and returns the size of the tag, which may be larger than `head`; 0 when
/// there is none.
std::uint64_t read_id3v2(std::string_view head, MediaInfo& info);

/// Puts them where there is nothing yet. False when there is none at the end of `tail`.
bool read_id3v1(std::string_view tail, MediaInfo& info);

} // namespace kamaelia
