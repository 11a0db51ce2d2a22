// The file that a URL names, as a session plays it.
//
//     auto named = co_await rtsp::find_file(*this, media_, url);
//     if (!named) ...                                            // named.error(): the status that says why
//     auto opened = co_await rtsp::open_part(*this, media_, named->file, named->map, 441'000);
#pragma once

#include "axon/component.hpp"
#include "axon/task.hpp"
#include "kamaelia/file/file_reader.hpp"
#include "kamaelia/file/mapped_ogg.hpp"
#include "kamaelia/file/media_root.hpp"
#include "kamaelia/file/ogg_map.hpp"
#include "kamaelia/protocol/rtsp/status.hpp"
#include "kamaelia/protocol/rtsp/url.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

namespace kamaelia::rtsp {

/// Below the media directory; nothing where the URL names no file.
[[nodiscard]] std::optional<std::string> path_of(const Url& url);

/// Below the directory `media`, as it is now. `self` is who awaits, here and below.
[[nodiscard]] axon::Task<std::expected<MappedOgg, Status>> find_file(axon::Component& self,
                                                                     const std::string& media,
                                                                     const Url& url);

/// A file, and where in it to begin reading.
struct OpenPart {
    FileReader file;
    OggStart start;
};

/// So that what holds the sample `begin` is heard, see find_start(). The map is the file's; Status::gone
/// where that is another by now, or was written to.
[[nodiscard]] axon::Task<std::expected<OpenPart, Status>> open_part(axon::Component& self,
                                                                    const std::string& media,
                                                                    const MediaEntry& file, const OggMap& map,
                                                                    std::int64_t begin);

} // namespace kamaelia::rtsp
