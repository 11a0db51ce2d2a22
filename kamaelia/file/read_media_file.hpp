// Reading a media file's two ends for what it says of itself.
#pragma once

#include "kamaelia/codec/media_info.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace kamaelia {

/// Of the file at `path` below the directory `media`, as MediaRoot::open() takes it: nullopt when it cannot
/// be opened or read now, which is no word about the file. Reads 48 KiB, and up to 512 KiB where those do not
/// tell everything. Blocks on the disk; thread-safe.
[[nodiscard]] std::optional<MediaInfo> read_media_file(const std::filesystem::path& media,
                                                       std::string_view path);

} // namespace kamaelia
