// MediaCache: what is known of files, remembered as long as they stay as they are.
//
//     MediaCache<MediaInfo> cache{10'000};
//     if (const auto* info = cache.find(file)) ...
//     else cache.put(file, read_media_info(...));
#pragma once

#include "kamaelia/file/media_root.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

namespace kamaelia {

/// Holds at most twice what weighs `half`: when one half is full the other, in which nobody has found
/// anything since, is forgotten. What weighs more is not kept at all.
template <class What>
class MediaCache {
public:
    /// In whatever put() weighs with: files, or bytes.
    explicit MediaCache(std::size_t half) noexcept : half_{half} {}

    /// Null for a file that is not known, or has another size, time or inode by now. Good until the next
    /// call.
    [[nodiscard]] const What* find(const MediaEntry& file) {
        if (const auto found = young_.find(file.path); found != young_.end())
            return found->second.file_is(file) ? &found->second.what : nullptr;
        const auto found = old_.find(file.path);
        if (found == old_.end() || !found->second.file_is(file)) return nullptr;
        auto known = std::move(found->second);
        old_.erase(found);
        return &keep(file.path, std::move(known));
    }

    void put(const MediaEntry& file, What what, std::size_t weight = 1) {
        forget(file.path);
        if (weight <= half_) keep(file.path, {file.size, file.modified, file.inode, weight, std::move(what)});
    }

    /// Files.
    [[nodiscard]] std::size_t size() const noexcept { return young_.size() + old_.size(); }

private:
    struct Known {
        std::uint64_t size;
        std::chrono::sys_time<std::chrono::nanoseconds> modified;
        std::uint64_t inode;
        std::size_t weight;
        What what;

        [[nodiscard]] bool file_is(const MediaEntry& file) const noexcept {
            return size == file.size && modified == file.modified && inode == file.inode;
        }
    };

    void forget(const std::string& path) {
        old_.erase(path);
        const auto found = young_.find(path);
        if (found == young_.end()) return;
        weight_ -= found->second.weight;
        young_.erase(found);
    }

    What& keep(const std::string& path, Known known) {
        if (weight_ + known.weight > half_) {
            old_ = std::exchange(young_, {});
            weight_ = 0;
        }
        weight_ += known.weight;
        return young_.emplace(path, std::move(known)).first->second.what;
    }

    std::size_t half_;
    std::size_t weight_ = 0; ///< of the young ones
    std::unordered_map<std::string, Known> young_;
    std::unordered_map<std::string, Known> old_;
};

} // namespace kamaelia
