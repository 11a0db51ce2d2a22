#include "kamaelia/file/ogg_file_pages.hpp"

#include "kamaelia/file/positioned_read.hpp"

#include <system_error>
#include <utility>
#include <variant>

namespace kamaelia {

std::optional<OggWindow::Placed> OggFilePages::next() {
    while (true) {
        auto next = window_.next();
        if (auto* const page = std::get_if<OggWindow::Placed>(&next)) return std::move(*page);
        const auto* const want = std::get_if<OggWindow::Want>(&next);
        if (!want) return std::nullopt;
        auto bytes = read_blocking(file_, want->offset, want->count);
        if (!bytes) throw std::system_error{bytes.error(), "cannot read an Ogg file"};
        window_.put(*std::move(bytes));
    }
}

} // namespace kamaelia
