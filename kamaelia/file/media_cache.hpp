// MediaCache: what files say of themselves, remembered as long as they stay as they are.
//
//     if (const auto* info = cache.find(file)) ...
//     else cache.put(file, read_media_info(...));
#pragma once

#include "kamaelia/codec/media_info.hpp"
#include "kamaelia/file/media_root.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace kamaelia {

/// Holds at most twice `half` files, some 300 bytes each besides the path: when one half is full the other,
/// in which nobody has found anything since, is forgotten.
class MediaCache {
public:
    explicit MediaCache(std::size_t half = 10'000) noexcept : half_{half} {}

    /// Null for a file that is not known, or has another size or time by now. Good until the next call.
    [[nodiscard]] const MediaInfo* find(const MediaEntry& file);
    void put(const MediaEntry& file, MediaInfo info);

    [[nodiscard]] std::size_t size() const noexcept { return young_.size() + old_.size(); }

private:
    struct Known {
        std::uint64_t size;
        std::chrono::sys_time<std::chrono::nanoseconds> modified;
        MediaInfo info;
    };

    MediaInfo& keep(const std::string& path, Known known);

    std::size_t half_;
    std::unordered_map<std::string, Known> young_;
    std::unordered_map<std::string, Known> old_;
};

} // namespace kamaelia
