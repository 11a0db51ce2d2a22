// The directories that media come from: which ones the servers need, and whether they are there.
#pragma once

#include "axon/setting.hpp"
#include "server/config/config.hpp"

#include <filesystem>
#include <system_error>
#include <vector>

namespace server {

/// A directory that a configured server or graph takes media from.
struct MediaUse {
    std::filesystem::path directory;
    axon::Where where; ///< of what names it: `media`, --media, or the first component that uses it

    friend bool operator==(const MediaUse& a, const MediaUse& b) { return a.directory == b.directory; }
};

/// Each directory once. Pipelines that nobody uses do not count.
[[nodiscard]] std::vector<MediaUse> media_uses(const Config& config);

/// Complains of each of these directories that is not there or cannot be read. Blocks on the disk.
void check_media(const Config& config, axon::Complaints& complaints);

/// Complains of each file that a server sends by ReadFileAdaptor and that is not there, no regular file or
/// not readable. Silent about those in a media directory that check_media() complains of. Blocks on the disk.
void check_files(const Config& config, axon::Complaints& complaints);

/// Why nothing can be served from a directory; no error when it can. Blocks on the disk. Thread-safe.
[[nodiscard]] std::error_code media_trouble(const std::filesystem::path& directory);

} // namespace server
