// OggFilePages: the pages of an Ogg file, from anywhere in it.
//
//     OggFilePages pages{file.descriptor.get(), file.size};
//     pages.go_to(offset);
//     while (const auto page = pages.next()) ...
#pragma once

#include "kamaelia/codec/ogg_window.hpp"

#include <cstdint>
#include <optional>

namespace kamaelia {

/// Blocks on the disk. The file stays the caller's.
class OggFilePages {
public:
    /// An open regular file, of `size` bytes.
    OggFilePages(int file, std::uint64_t size) noexcept : file_{file}, window_{size} {}

    /// The next page is the first one that begins there or later.
    void go_to(std::uint64_t offset) noexcept { window_.go_to(offset); }
    /// Nothing at the end, see OggWindow. Throws std::system_error when the file cannot be read.
    [[nodiscard]] std::optional<OggWindow::Placed> next();

private:
    int file_;
    OggWindow window_;
};

} // namespace kamaelia
