// MappedOgg: an Ogg file and its map, which is made once as long as the file stays as it is.
//
//     const auto file = co_await map_ogg(*this, media, "radio/a.ogg");
//     if (!file) ...                                         // file.error(), if it could not be opened
//     play(file->map);
#pragma once

#include "axon/component.hpp"
#include "axon/task.hpp"
#include "kamaelia/file/media_root.hpp"
#include "kamaelia/file/ogg_map.hpp"

#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>

namespace kamaelia {

struct MappedOgg {
    OggMap map;
    MediaEntry file; ///< what the map is of
};

/// Bytes of maps that are remembered, for each worker and media directory; and as many again.
inline constexpr std::size_t most_of_maps = std::size_t{2} * 1024 * 1024;
/// A file that was written less than this ago may have been written to since, unseen: its map is not
/// remembered.
inline constexpr auto settled = std::chrono::seconds{2};

/// Of the file at `path` below the directory `media`, as it is now. What blocks is done by offload(); nothing
/// of a known file whose way is in memory. The maps are remembered under a key of the worker's CAT. Without
/// an error's value it was opened, and is no Ogg file that can be played. `self` is who awaits.
[[nodiscard]] axon::Task<std::expected<MappedOgg, std::optional<OpenError>>> map_ogg(axon::Component& self,
                                                                                     const std::string& media,
                                                                                     const std::string& path);

} // namespace kamaelia
