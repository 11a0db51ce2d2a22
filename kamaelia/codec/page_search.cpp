#include "kamaelia/codec/page_search.hpp"

#include <algorithm>

namespace kamaelia {

PageSearch::PageSearch(std::uint64_t begin, std::uint64_t end) noexcept : low_{begin}, high_{end} {}

std::optional<std::uint64_t> PageSearch::next() const noexcept {
    if (low_ >= high_) return std::nullopt;
    const auto between = high_ - low_;
    return between <= few ? low_ : low_ + between / 2;
}

void PageSearch::found(const PagePlace& page, bool holds) noexcept {
    const auto asked = next();
    if (!asked) return;
    if (holds && page.begin < high_) {
        last_ = page;
        low_ = std::max({page.end, page.begin + 1, *asked + 1});
    } else {
        high_ = *asked; // nothing begins between there and this page
    }
}

void PageSearch::none() noexcept {
    if (const auto asked = next()) high_ = *asked;
}

} // namespace kamaelia
