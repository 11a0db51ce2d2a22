// Track: what of a presentation a client sets up (RFC 2326 appendix C; RFC 4566).
//
//     const auto description = sdp::parse_description(reply.body);
//     const auto track = choose_track(*description, content_base);
//     if (!track) ...                                    // a sentence's end: "it has no audio of Vorbis or
//     Opus"
#pragma once

#include "kamaelia/codec/media_format.hpp"
#include "kamaelia/protocol/sdp/description.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia::rtsp {

struct Track {
    std::string url;          ///< of the track: what SETUP names
    std::string presentation; ///< the URL of all tracks together: what PLAY and TEARDOWN name
    MediaFormat format;
    std::uint32_t ident = 0;       ///< of the configuration, where it is Vorbis (RFC 5215 2.2)
    std::uint8_t payload_type = 0; ///< of RTP
    double rtcp_bandwidth = 0; ///< octets a second for all RTCP together: 5 % of the stream's, or what b=RS
                               ///< and b=RR say (RFC 3556); 0: none is wanted
};

/// The first medium of audio over RTP/AVP that is Vorbis or Opus and complete. `base` is the answer's
/// Content-Base, Content-Location or, without them, the URL that was asked for. The error says what is wrong
/// with the last one that might have been it.
[[nodiscard]] std::expected<Track, std::string> choose_track(const sdp::Description& description,
                                                             std::string_view base);

/// What an a=control means (RFC 2326 C.1.1): `*` or nothing is the base itself, an absolute URL is that, all
/// else goes behind the base, with one slash between them, as players have it.
[[nodiscard]] std::string join_control(std::string_view base, std::string_view control);

} // namespace kamaelia::rtsp
