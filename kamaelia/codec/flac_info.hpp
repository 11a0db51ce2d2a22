// What a FLAC stream says of itself in its metadata blocks (RFC 9639 section 8).
#pragma once

#include "kamaelia/codec/media_info.hpp"

#include <cstdint>
#include <string_view>

namespace kamaelia {

/// Of a STREAMINFO block; 0 where it is unknown.
struct FlacStream {
    std::uint32_t rate = 0; ///< samples per second
    std::uint64_t samples = 0;

    [[nodiscard]] static FlacStream read(std::string_view block);
};

/// Of a native stream, which begins with "fLaC".
[[nodiscard]] MediaInfo read_flac_info(std::string_view head);

} // namespace kamaelia
