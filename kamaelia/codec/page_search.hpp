// PageSearch: where in an Ogg file to look for a place in time, or for the end of a link of a chain.
//
//     PageSearch search{link.audio, link.end};
//     while (const auto offset = search.next()) {
//         const auto page = first_page_from(*offset);            // whoever reads the file
//         if (page)
//             search.found(page->place, page->granule < target);
//         else
//             search.none();
//     }
//     search.last()                                              // the last page before the target
#pragma once

#include <cstdint>
#include <optional>

namespace kamaelia {

/// The bytes of a page, from `begin` to before `end`.
struct PagePlace {
    std::uint64_t begin;
    std::uint64_t end;

    friend bool operator==(const PagePlace&, const PagePlace&) = default;
};

/// Finds the last page for which something holds that holds for every page before it: bisection over the
/// bytes, and the last few pages one after the other. It reads nothing itself. Ends also where the answers
/// contradict each other, as those of a broken file do, after at most 64 questions and one for each page of
/// the last 64 KiB.
class PageSearch {
public:
    /// Among the pages that begin at `begin` or later, and before `end`.
    PageSearch(std::uint64_t begin, std::uint64_t end) noexcept;

    /// From where on to look for the next page; empty when it is done.
    [[nodiscard]] std::optional<std::uint64_t> next() const noexcept;
    /// The first page from next() on, and whether it holds for that.
    void found(const PagePlace& page, bool holds) noexcept;
    /// No page begins between next() and the end.
    void none() noexcept;

    /// The page that was looked for; nothing when it holds for none.
    [[nodiscard]] std::optional<PagePlace> last() const noexcept { return last_; }

private:
    static constexpr std::uint64_t few = 64 * 1024; ///< bytes that are not worth another bisection

    std::uint64_t low_;  ///< it holds for all pages that begin before
    std::uint64_t high_; ///< and for none that begins here or later
    std::optional<PagePlace> last_;
};

} // namespace kamaelia
