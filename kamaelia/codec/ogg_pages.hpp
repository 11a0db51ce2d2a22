// OggPages: the pages in a piece of an Ogg file, one after the other (RFC 3533 section 6).
//
//     OggPages pages{bytes};
//     while (const auto page = pages.next()) ...
#pragma once

#include <ogg/ogg.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace kamaelia {

/// Whole, and with the right checksum. Its views are good as long as its OggPages.
struct OggPage {
    std::uint32_t serial;
    std::int64_t granule; ///< -1: no packet ends here
    bool first;           ///< of its logical stream
    bool continued;       ///< begins in the midst of a packet
    std::string_view lacing;
    std::string_view body;

    /// How many packets end here.
    [[nodiscard]] unsigned packets() const noexcept;
};

/// Whatever stands between pages is skipped.
class OggPages {
public:
    explicit OggPages(std::string_view bytes);
    ~OggPages() { ogg_sync_clear(&state_); }
    OggPages(const OggPages&) = delete;
    OggPages& operator=(const OggPages&) = delete;

    [[nodiscard]] std::optional<OggPage> next();

private:
    ogg_sync_state state_{};
};

} // namespace kamaelia
