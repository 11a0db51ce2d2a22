// What DESCRIBE says of an Ogg file.
//
//     auto description = rtsp::describe(map, bandwidth_of(map), url);
//     if (!description) ...                              // a player could make nothing of it
#pragma once

#include "kamaelia/file/ogg_map.hpp"
#include "kamaelia/protocol/rtsp/url.hpp"
#include "kamaelia/protocol/sdp/description.hpp"

#include <cstdint>
#include <optional>

namespace kamaelia::rtsp {

inline constexpr std::uint8_t payload_type = 96; ///< the first that means nothing by itself (RFC 3551)
inline constexpr std::uint8_t only_track = 0;

/// RTP has a format for it: of Opus for mono and stereo, which are mapping family 0 (RFC 7587).
[[nodiscard]] bool has_rtp_format(const OggMap& map);

/// What the file's audio needs on its way, in bits a second, with headers of 40 bytes for each packet of a
/// kilobyte. A picture among the comments does not count, nor do links that the map leaves out; a video
/// beside the audio does, for its pages stand between the others.
[[nodiscard]] double bandwidth_of(const OggMap& map);

/// Of the one track that the file at `url` has, but for what is the connection's: origin, session and name.
/// Nothing where RTP has no format for it, or its headers are none that SDP carries.
[[nodiscard]] std::optional<sdp::Description> describe(const OggMap& map, double bandwidth, const Url& url);

} // namespace kamaelia::rtsp
