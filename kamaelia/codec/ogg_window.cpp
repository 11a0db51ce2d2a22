#include "kamaelia/codec/ogg_window.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia {

void OggWindow::go_to(std::uint64_t offset) noexcept {
    offset_ = offset;
    junk_ = 0;
    wanted_ = 1;
}

std::variant<OggWindow::Placed, OggWindow::Want, OggWindow::End> OggWindow::next() noexcept {
    while (junk_ < most_junk && offset_ < size_ && wanted_ <= size_ - offset_) {
        if (there() < wanted_) {
            const auto count = std::min<std::uint64_t>(std::max(wanted_, read_size()), size_ - offset_);
            return Want{offset_, static_cast<std::size_t>(count)};
        }
        const auto front =
            look_for_ogg_page(bytes_.view().substr(static_cast<std::size_t>(offset_ - bytes_begin_)));
        if (front.kind == OggFront::Kind::incomplete) {
            wanted_ = front.size;
            continue;
        }
        wanted_ = 1;
        const auto begin = std::exchange(offset_, offset_ + front.size);
        if (front.kind == OggFront::Kind::page) {
            junk_ = 0;
            page_ = front.size;
            return Placed{{begin, offset_}, front.page, bytes_};
        }
        junk_ += front.size;
    }
    return End{};
}

// Whole pages, if the next ones are like the last: what is cut off is read once more.
std::size_t OggWindow::read_size() const noexcept {
    const auto page = page_ + page_ / 8;
    return page == 0 ? usual_read : std::max<std::size_t>(usual_read / page, 1) * page;
}

// Bytes from the offset on.
std::size_t OggWindow::there() const noexcept {
    const auto end = bytes_begin_ + bytes_.size();
    return offset_ >= bytes_begin_ && offset_ < end ? static_cast<std::size_t>(end - offset_) : 0;
}

void OggWindow::put(axon::Bytes bytes) noexcept {
    if (bytes.size() < wanted_) size_ = offset_; // somebody has cut it
    bytes_ = std::move(bytes);
    bytes_begin_ = offset_;
}

} // namespace kamaelia
