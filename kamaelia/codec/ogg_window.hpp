// OggWindow: the pages of an Ogg file one after the other, from pieces of the file that somebody reads.
//
//     OggWindow window{size};
//     window.go_to(offset);
//     while (window.wants() || window.page()) ...                 // see OggFilePages, which does the reading
#pragma once

#include "axon/bytes.hpp"
#include "kamaelia/codec/ogg_page.hpp"
#include "kamaelia/codec/page_search.hpp"

#include <cstddef>
#include <cstdint>
#include <variant>

namespace kamaelia {

class OggWindow {
public:
    /// Bytes without a page after which nothing more is expected: what is no Ogg file is not read to its end.
    static constexpr std::uint64_t most_junk = std::uint64_t{256} * 1024;
    static constexpr std::size_t usual_read =
        std::size_t{10} * 1024; ///< bytes, or one page if that is larger

    /// Of a file with so many bytes.
    explicit OggWindow(std::uint64_t size) noexcept : size_{size} {}

    /// The next page is the first one that begins there or later.
    void go_to(std::uint64_t offset) noexcept;

    struct Placed {
        PagePlace place;
        OggPage page;      ///< good until the next call
        axon::Bytes bytes; ///< what its views are views of
    };
    /// So many bytes from there on have to be read and put() before it can go on.
    struct Want {
        std::uint64_t offset;
        std::size_t count; ///< at most OggPage::largest, and no more than the file has
    };
    /// The file has ended, or its last page is cut off, or there is much that is no page.
    struct End {};

    [[nodiscard]] std::variant<Placed, Want, End> next() noexcept;
    /// What next() wanted. Fewer bytes are the end.
    void put(axon::Bytes bytes) noexcept;

private:
    [[nodiscard]] std::size_t there() const noexcept;
    [[nodiscard]] std::size_t read_size() const noexcept;

    std::uint64_t size_;
    std::uint64_t offset_ = 0;
    std::uint64_t junk_ = 0; // bytes since the last page
    std::size_t wanted_ = 1; // bytes from the offset on
    std::size_t page_ = 0;   // bytes of the last one
    axon::Bytes bytes_;
    std::uint64_t bytes_begin_ = 0; // where they are in the file
};

} // namespace kamaelia
