#include "kamaelia/protocol/rtsp/named_file.hpp"

#include "axon/offload.hpp"
#include "kamaelia/protocol/rtsp/description.hpp"
#include "kamaelia/protocol/url_path.hpp"

#include <span>
#include <system_error>
#include <utility>
#include <vector>

namespace kamaelia::rtsp {
namespace {

Status status_of(OpenError error) {
    switch (error) {
    case OpenError::not_found:
    case OpenError::a_folder:
    case OpenError::not_a_file: return Status::not_found;
    case OpenError::forbidden: return Status::forbidden;
    case OpenError::exhausted: return Status::service_unavailable;
    case OpenError::failed: return Status::internal_server_error;
    }
    std::unreachable();
}

// Blocks: for offload().
std::expected<OpenPart, Status> open(const std::string& media, const MediaEntry& file,
                                     const std::vector<OggMapLink>& links, std::uint32_t preroll,
                                     std::int64_t target) {
    auto opened = open_below(media, file.path);
    if (!opened) return std::unexpected{status_of(opened.error())};
    if (file != MediaEntry{file.path, opened->size, opened->modified, opened->inode})
        return std::unexpected{Status::gone};
    try {
        const auto start = find_start(opened->descriptor.get(), links, preroll, target);
        return OpenPart{FileReader{std::move(opened->descriptor), opened->size}, start};
    } catch (const std::system_error&) {
        return std::unexpected{Status::internal_server_error};
    }
}

} // namespace

std::optional<std::string> path_of(const Url& url) {
    if (url.segments.size() < 2 || url.segments.front() != "media") return std::nullopt;
    return join(std::span{url.segments}.subspan(1));
}

axon::Task<std::expected<MappedOgg, Status>> find_file(axon::Component& self, const std::string& media,
                                                       const Url& url) {
    const auto path = path_of(url);
    if (!path) co_return std::unexpected{Status::not_found};
    auto ogg = co_await map_ogg(self, media, *path);
    if (ogg && !has_rtp_format(ogg->map)) co_return std::unexpected{Status::unsupported_media_type};
    if (ogg) co_return *std::move(ogg);
    const auto error = ogg.error();
    co_return std::unexpected{error ? status_of(*error) : Status::unsupported_media_type};
}

axon::Task<std::expected<OpenPart, Status>> open_part(axon::Component& self, const std::string& media,
                                                      const MediaEntry& file, const OggMap& map,
                                                      std::int64_t begin) {
    co_return co_await axon::offload(self, [media, file, links = map.links, preroll = map.durations.preroll(),
                                            begin] { return open(media, file, links, preroll, begin); });
}

} // namespace kamaelia::rtsp
