#include "kamaelia/file/media_cache.hpp"

#include <utility>

namespace kamaelia {

const MediaInfo* MediaCache::find(const MediaEntry& file) {
    const auto is_it = [&](const Known& known) {
        return known.size == file.size && known.modified == file.modified;
    };
    if (const auto found = young_.find(file.path); found != young_.end())
        return is_it(found->second) ? &found->second.info : nullptr;
    const auto found = old_.find(file.path);
    if (found == old_.end() || !is_it(found->second)) return nullptr;
    auto known = std::move(found->second);
    old_.erase(found);
    return &keep(file.path, std::move(known));
}

void MediaCache::put(const MediaEntry& file, MediaInfo info) {
    old_.erase(file.path);
    keep(file.path, {file.size, file.modified, std::move(info)});
}

MediaInfo& MediaCache::keep(const std::string& path, Known known) {
    if (young_.size() >= half_ && !young_.contains(path)) old_ = std::exchange(young_, {});
    return young_.insert_or_assign(path, std::move(known)).first->second.info;
}

} // namespace kamaelia
