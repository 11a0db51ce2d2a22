#include "kamaelia/codec/ogg_pages.hpp"

#include <algorithm>
#include <new>

namespace kamaelia {
namespace {

// libogg counts in bytes that are unsigned.
std::string_view view(const unsigned char* bytes, long count) {
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count)};
}

} // namespace

unsigned OggPage::packets() const noexcept {
    return static_cast<unsigned>(std::ranges::count_if(lacing, [](char c) { return c != '\xFF'; }));
}

OggPages::OggPages(std::string_view bytes) {
    ogg_sync_init(&state_);
    if (bytes.empty()) return;
    char* const room = ogg_sync_buffer(&state_, static_cast<long>(bytes.size()));
    if (!room) throw std::bad_alloc{};
    std::ranges::copy(bytes, room);
    ogg_sync_wrote(&state_, static_cast<long>(bytes.size()));
}

std::optional<OggPage> OggPages::next() {
    ogg_page page{};
    while (const auto found = ogg_sync_pageseek(&state_, &page)) {
        if (found < 0) continue; // so many bytes were no page
        constexpr std::size_t fixed_part = 27;
        return OggPage{.serial = static_cast<std::uint32_t>(ogg_page_serialno(&page)),
                       .granule = ogg_page_granulepos(&page),
                       .first = ogg_page_bos(&page) != 0,
                       .continued = ogg_page_continued(&page) != 0,
                       .lacing = view(page.header, page.header_len).substr(fixed_part),
                       .body = view(page.body, page.body_len)};
    }
    return std::nullopt;
}

} // namespace kamaelia
