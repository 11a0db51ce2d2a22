#include "kamaelia/file/mapped_ogg.hpp"

#include "axon/cat.hpp"
#include "axon/offload.hpp"
#include "axon/scheduler.hpp"
#include "axon/system.hpp"
#include "kamaelia/file/media_cache.hpp"

#include <memory>
#include <system_error>
#include <utility>

namespace kamaelia {
namespace {

using Maps = MediaCache<OggMap>;

std::string key_name(const std::string& media) { return "known maps of " + media; }

// While somebody has them another begins anew: what is lost by that is made again.
axon::Task<std::unique_ptr<Maps>> take_maps(axon::Component& self, const std::string& media) {
    const auto key = key_name(media);
    auto maps = self.scheduler().cat().keys().take<std::unique_ptr<Maps>>(self, key);
    if (!maps.ready()) co_return std::make_unique<Maps>(most_of_maps);
    co_return co_await maps;
}

void put_back(axon::Component& self, const std::string& media, std::unique_ptr<Maps> maps) {
    self.scheduler().cat().keys().set(key_name(media), std::move(maps));
}

axon::Task<std::optional<OggMap>> find_map(axon::Component& self, const std::string& media,
                                           const MediaEntry& file) {
    auto maps = co_await take_maps(self, media);
    std::optional<OggMap> found;
    if (const auto* const map = maps->find(file)) found = *map;
    put_back(self, media, std::move(maps));
    co_return found;
}

axon::Task<> remember(axon::Component& self, const std::string& media, const MediaEntry& file, OggMap map) {
    constexpr std::size_t besides = 400; // of what finds it again
    const auto weight = besides + file.path.size() + map.identification.size() + map.setup.size() +
                        map.links.size() * sizeof(OggMapLink);
    auto maps = co_await take_maps(self, media);
    maps->put(file, std::move(map), weight);
    put_back(self, media, std::move(maps));
}

// Blocks: for offload().
std::expected<OggMap, std::optional<OpenError>> map_open(const OpenFile& file) {
    try {
        auto map = map_ogg_file(file.descriptor.get(), file.size);
        if (!map) return std::unexpected{std::nullopt};
        return *std::move(map);
    } catch (const std::system_error& refused) {
        return std::unexpected{open_error(refused)};
    }
}

} // namespace

axon::Task<std::expected<MappedOgg, std::optional<OpenError>>> map_ogg(axon::Component& self,
                                                                       const std::string& media,
                                                                       const std::string& path) {
    auto opened = open_cached(media, path);
    if (!opened) {
        opened = co_await axon::offload(self, [media, path] { return open_below(media, path); });
    }
    if (!*opened) co_return std::unexpected{opened->error()};
    const MediaEntry file{path, (*opened)->size, (*opened)->modified, (*opened)->inode};
    if (auto known = co_await find_map(self, media, file)) co_return MappedOgg{*std::move(known), file};
    const auto now = self.system().clock().wall();
    auto map = co_await axon::offload(self, [file = **std::move(opened)] { return map_open(file); });
    if (!map) co_return std::unexpected{map.error()};
    if (now - file.modified >= settled) co_await remember(self, media, file, *map);
    co_return MappedOgg{*std::move(map), file};
}

} // namespace kamaelia
