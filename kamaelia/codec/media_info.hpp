// What a file of music says of itself: title, artist and how long it is.
//
//     const auto info = read_media_info({.head = first_bytes, .tail = last_bytes, .size = file.size});
//     if (info.duration) ...
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kamaelia {

/// Texts are UTF-8 without control characters, at most `longest_text` bytes; empty where the file says
/// nothing.
struct MediaInfo {
    static constexpr std::size_t longest_text = 200;

    std::string title{};
    std::string artist{};
    /// Where it can be told without reading all of the file; not for chained files.
    std::optional<std::chrono::milliseconds> duration{};

    bool operator==(const MediaInfo&) const = default;
};

/// The two ends of a file. They may overlap; of a short file each may be all of it.
struct MediaPieces {
    std::string_view head{};
    std::string_view tail{};
    std::uint64_t size = 0; ///< of the file, in bytes
};

/// Understands Vorbis, Opus, FLAC and Speex in Ogg, native FLAC, and MPEG audio with ID3; of anything else it
/// says nothing. It believes nothing: whatever the bytes are, it takes time and memory for them once.
[[nodiscard]] MediaInfo read_media_info(const MediaPieces& pieces);

} // namespace kamaelia
