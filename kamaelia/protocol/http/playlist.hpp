// Playlists for players: extended M3U.
#pragma once

#include "kamaelia/file/media_index.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kamaelia::http {

/// The tracks, each with its duration (-1: unknown) and `Artist - Title`, else its file's name. `base` is
/// what stands before /media/ in each URL: "http://host:port", or nothing.
[[nodiscard]] std::string playlist(std::span<const Track> tracks, std::string_view base);

} // namespace kamaelia::http
