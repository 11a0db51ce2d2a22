#include "kamaelia/codec/ogg_info.hpp"

#include "kamaelia/codec/ogg_headers.hpp"
#include "kamaelia/codec/ogg_pages.hpp"
#include "kamaelia/codec/sample_time.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace kamaelia {
namespace {

constexpr std::size_t most_streams = 64;

// The streams of the first link, one of which is for us.
struct Link {
    std::vector<std::uint32_t> serials;
    std::optional<std::uint32_t> serial;
    OggHeaders headers;

    [[nodiscard]] bool holds(std::uint32_t other) const {
        return std::ranges::find(serials, other) != serials.end();
    }
};

void begin_stream(Link& link, const OggPage& page) {
    if (link.serials.size() < most_streams && !link.holds(page.serial)) link.serials.push_back(page.serial);
    if (!link.serial && link.headers.identify(page.body)) link.serial = page.serial;
}

Link read_head(std::string_view head) {
    Link link;
    bool begun = false; // all first pages of a link stand before any other
    OggPages pages{head};
    while (const auto page = pages.next()) {
        if (page->first && begun) break;
        if (page->first) {
            begin_stream(link, *page);
            continue;
        }
        begun = true;
        if (page->serial != link.serial) continue;
        link.headers.add(*page);
        if (link.headers.know_the_start()) break;
    }
    link.headers.end();
    return link;
}

// Nothing where another link follows: then the last position says nothing of the first.
std::optional<std::int64_t> last_position(const Link& link, std::string_view tail) {
    std::optional<std::int64_t> last;
    OggPages pages{tail};
    while (const auto page = pages.next()) {
        if (!link.holds(page->serial)) return std::nullopt;
        if (page->serial == link.serial && page->granule >= 0) last = page->granule;
    }
    return last;
}

} // namespace

MediaInfo read_ogg_info(const MediaPieces& pieces) {
    const auto link = read_head(pieces.head);
    auto info = link.headers.info();
    if (!link.serial) return info;
    if (const auto last = last_position(link, pieces.tail)) {
        const auto start = link.headers.start();
        if (*last > start)
            info.duration = sample_time(static_cast<std::uint64_t>(*last - start), link.headers.rate());
    }
    return info;
}

} // namespace kamaelia
