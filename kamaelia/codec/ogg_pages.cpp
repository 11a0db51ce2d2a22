#include "kamaelia/codec/ogg_pages.hpp"

namespace kamaelia {

std::optional<OggPage> OggPages::next() noexcept {
    while (!rest_.empty()) {
        const auto front = look_for_ogg_page(rest_);
        // No more bytes come: what is incomplete is none, but another may begin within it.
        const auto size = front.kind == OggFront::Kind::incomplete ? 1 : front.size;
        rest_.remove_prefix(size);
        if (front.kind == OggFront::Kind::page) return front.page;
    }
    return std::nullopt;
}

} // namespace kamaelia
