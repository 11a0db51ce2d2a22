// OggMap: where in an Ogg file what can be heard is, and how long that takes.
//
//     const auto map = map_ogg_file(file.descriptor.get(), file.size);
//     if (!map) ...                                              // a sentence's end: "it is no Ogg file"
//     const auto start = find_start(fd, map->links, map->durations.preroll(), 441'000);
#pragma once

#include "axon/bytes.hpp"
#include "kamaelia/codec/ogg_packets.hpp"
#include "kamaelia/codec/packet_durations.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace kamaelia {

/// One link of a chain, on the file's time line (see PacketClock).
struct OggMapLink {
    std::uint64_t audio; ///< bytes: its first page of audio
    std::uint64_t end;   ///< bytes: behind its last page
    std::uint32_t serial;
    std::int64_t base;  ///< what is added to its granule positions
    std::int64_t first; ///< samples: where its first packet begins
    std::int64_t last;  ///< samples: where what can be heard of it ends
};

/// The leading links that one decoder can play: of the same codec and with the same headers, but for the
/// comments. Copies share the headers.
struct OggMap {
    OggCodec codec;
    axon::Bytes identification;
    axon::Bytes setup; ///< of Vorbis
    PacketDurations durations;
    std::vector<OggMapLink> links; ///< at least one

    /// Whether its decoder can go on with that link.
    [[nodiscard]] bool plays(const OggLink& link) const noexcept {
        return link.codec == codec && link.identification == identification.view() &&
               link.setup == setup.view();
    }
    /// In samples.
    [[nodiscard]] std::int64_t length() const noexcept { return links.back().last; }
};

/// More links than this are not looked at.
inline constexpr std::size_t most_links = 1'000;

/// Reads the headers, the last pages, and of a chain some pages around each of its joints. The error is a
/// sentence's end: so it is where nothing of those is audio, or the times allow nothing to be played. Throws
/// std::system_error when the file cannot be read. Blocks on the disk: for offload().
[[nodiscard]] std::expected<OggMap, std::string> map_ogg_file(int file, std::uint64_t size);

/// Where to begin reading so that the packet with the sample `target` comes, and one before it that fills the
/// decoder.
struct OggStart {
    std::uint64_t offset;                 ///< bytes: of a page
    std::size_t link;                     ///< which of the map's
    std::optional<std::int64_t> position; ///< samples: of the page's first packet, where that is known
};
/// By bisection on granule positions, in the file of which a map has these links and whose codec needs so
/// much preroll (see PacketDurations). `target` is in samples; behind the end it is the last pages. Throws
/// and blocks like map_ogg_file().
[[nodiscard]] OggStart find_start(int file, const std::vector<OggMapLink>& links, std::uint32_t preroll,
                                  std::int64_t target);

} // namespace kamaelia
