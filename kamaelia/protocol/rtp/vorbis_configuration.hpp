// A Vorbis stream's decoder configuration as SDP carries it (RFC 5215 3.2.1 and 6).
//
//     a=rtpmap:96 vorbis/44100/2
//     a=fmtp:96 configuration=...
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia::rtp {

/// The Ident of a configuration, 24 bits. The comment header has no part in it: where only titles change, the
/// decoder goes on.
[[nodiscard]] std::uint32_t vorbis_ident(std::string_view identification, std::string_view setup) noexcept;

/// What a=fmtp says behind the payload type: one packed configuration, with a comment header that says
/// nothing. No other parameter, because FFmpeg takes no other. The error is a sentence's end: the headers may
/// be too large.
[[nodiscard]] std::expected<std::string, std::string> vorbis_fmtp(std::string_view identification,
                                                                  std::string_view setup);

/// A configuration that came, its headers as they are.
struct VorbisConfiguration {
    std::uint32_t ident = 0;
    std::string identification{};
    std::string comment{};
    std::string setup{};

    bool operator==(const VorbisConfiguration&) const = default;
};

/// The first one of those that are packed in `fmtp`, parameters with semicolons between them. Nothing where
/// there is none, or one that claims anything but what is there.
[[nodiscard]] std::optional<VorbisConfiguration> parse_vorbis_fmtp(std::string_view fmtp);

/// The same from what the base64 of `configuration=` stands for.
[[nodiscard]] std::optional<VorbisConfiguration> parse_packed_vorbis(std::string_view packed);

} // namespace kamaelia::rtp
