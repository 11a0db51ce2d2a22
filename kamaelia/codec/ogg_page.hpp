// OggPage, and what stands at the front of bytes that should be one (RFC 3533 section 6).
//
//     const auto front = look_for_ogg_page(bytes);
//     if (front.kind == OggFront::Kind::page) use(front.page);
//     if (front.kind != OggFront::Kind::incomplete) bytes.remove_prefix(front.size);
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kamaelia {

/// Whole, and with the right checksum. Its views are parts of what it was found in.
struct OggPage {
    static constexpr std::size_t largest = 65307; ///< bytes, with the header

    std::uint32_t serial = 0;
    std::uint32_t sequence = 0; ///< of its logical stream's pages
    std::int64_t granule = 0;   ///< behind the last packet that ends here; -1: none does
    bool first = false;         ///< of its logical stream; not where there is audio before
    bool last = false;          ///< of its logical stream
    bool continued = false;     ///< begins in the midst of a packet
    std::string_view lacing{};
    std::string_view body{};

    /// How many packets end here.
    [[nodiscard]] unsigned packets() const noexcept;
};

struct OggFront {
    enum class Kind : std::uint8_t {
        page,
        junk,       ///< no page begins within the next `size` bytes
        incomplete, ///< there may be a page, and to say so takes `size` bytes in all
    };

    Kind kind;
    std::size_t size; ///< at least 1, at most OggPage::largest unless it is junk
    OggPage page{};
};

/// Copies nothing and keeps nothing: a file is read a piece at a time, and again from where a page was
/// incomplete. libogg's ogg_sync_state does the same with a buffer for every reader, into which it copies
/// each byte. A page is looked at once: where a file is made of fakes each costs a checksum, so who reads
/// such things may pause in between.
[[nodiscard]] OggFront look_for_ogg_page(std::string_view bytes) noexcept;

/// As in a page's header, over more bytes after those of `crc`: polynomial 0x04c11db7, begun with 0.
[[nodiscard]] std::uint32_t ogg_crc(std::uint32_t crc, std::string_view bytes) noexcept;

} // namespace kamaelia
