// OggPages: the pages in a piece of an Ogg file, one after the other (RFC 3533 section 6).
//
//     OggPages pages{bytes};
//     while (const auto page = pages.next()) ...
#pragma once

#include "kamaelia/codec/ogg_page.hpp"

#include <optional>
#include <string_view>

namespace kamaelia {

/// Whatever stands between pages is skipped. The pages' views are parts of the bytes.
class OggPages {
public:
    explicit OggPages(std::string_view bytes) noexcept : rest_{bytes} {}

    [[nodiscard]] std::optional<OggPage> next() noexcept;

private:
    std::string_view rest_;
};

} // namespace kamaelia
