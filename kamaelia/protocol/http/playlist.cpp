#include "kamaelia/protocol/http/playlist.hpp"

#include "kamaelia/codec/tag_text.hpp"
#include "kamaelia/util/html.hpp"

#include <chrono>

namespace kamaelia::http {
namespace {

std::string name_of(const Track& track) {
    if (!track.info || track.info->title.empty())
        return clean_text(std::string_view{track.file.path}.substr(track.file.path.rfind('/') + 1));
    if (track.info->artist.empty()) return track.info->title;
    return track.info->artist + " - " + track.info->title;
}

std::string seconds_of(const Track& track) {
    if (!track.info || !track.info->duration) return "-1";
    return std::to_string(std::chrono::round<std::chrono::seconds>(*track.info->duration).count());
}

} // namespace

std::string playlist(std::span<const Track> tracks, std::string_view base) {
    std::string list{"#EXTM3U\n"};
    for (const auto& track : tracks) {
        list += "#EXTINF:" + seconds_of(track) + ',' + name_of(track) + '\n';
        list += std::string{base} + "/media/" + percent_encode_path(track.file.path) + '\n';
    }
    return list;
}

} // namespace kamaelia::http
