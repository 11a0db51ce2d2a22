// OggFileSource: the packets of an Ogg file, from any place in it.
//
//     const OggPart part{.begin = 441'000};
//     child<OggFileSource>(FileReader{std::move(file), size}, map_, start, part)      // of find_start()
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/codec/media_packet.hpp"
#include "kamaelia/codec/ogg_packets.hpp"
#include "kamaelia/codec/ogg_window.hpp"
#include "kamaelia/codec/packet_clock.hpp"
#include "kamaelia/file/file_reader.hpp"
#include "kamaelia/file/ogg_map.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace kamaelia {

/// What of a file is to be heard.
struct OggPart {
    std::int64_t begin = 0; ///< samples
    /// Samples: no packet that begins there or later.
    std::int64_t end = std::numeric_limits<std::int64_t>::max();
    bool fill = true; ///< with the packet before, which fills a decoder that has not played it
};

/// Sends the packets that hold the samples of the part, as fast as they are taken. Ends also where another
/// link has other headers, where the file ends, and where it no longer is what it was mapped as. Holds some
/// 10 KB of the file, or one page.
class OggFileSource final : public axon::Source<MediaPacket> {
public:
    /// The map outlives it. `start` is what find_start() says of the part's begin.
    OggFileSource(FileReader file, const OggMap& map, const OggStart& start, const OggPart& part);

private:
    axon::Task<> main() override;
    axon::Task<std::optional<OggWindow::Placed>> next_page();
    [[nodiscard]] bool take(const OggWindow::Placed& page);

    FileReader file_;
    const OggMap& map_;
    OggPart part_;
    OggWindow window_;
    OggPackets packets_;
    PacketClock clock_;
    std::vector<MediaPacket> taken_; // of one page
    std::optional<MediaPacket> before_;
    bool sending_ = false; // the part has begun
};

} // namespace kamaelia
