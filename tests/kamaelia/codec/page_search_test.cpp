#include "kamaelia/codec/page_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace {

using kamaelia::PagePlace;
using kamaelia::PageSearch;

// A file of pages of several sizes, with some bytes between them that are none.
std::vector<PagePlace> pages_of(std::size_t count, std::uint64_t begin = 5000) {
    std::vector<PagePlace> pages;
    pages.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto from = begin + (i % 7 == 0 ? 100 : 0);
        begin = from + 100 + i * 7919 % 65'000;
        pages.push_back({from, begin});
    }
    return pages;
}

struct Result {
    std::optional<PagePlace> last;
    int asked = 0;
};

// The first `holding` pages are before what is looked for.
Result search(const std::vector<PagePlace>& pages, std::size_t holding) {
    PageSearch search{5000, pages.empty() ? 5000 : pages.back().end};
    Result result;
    while (const auto from = search.next()) {
        ++result.asked;
        const auto page = std::ranges::lower_bound(pages, *from, {}, &PagePlace::begin);
        if (page == pages.end())
            search.none();
        else
            search.found(*page, page - pages.begin() < static_cast<std::ptrdiff_t>(holding));
    }
    result.last = search.last();
    return result;
}

TEST(PageSearch, FindsTheLastPageForWhichItHolds) {
    for (const std::size_t count : {0U, 1U, 2U, 3U, 50U, 1000U}) {
        const auto pages = pages_of(count);
        for (std::size_t holding = 0; holding <= count; holding += count > 100 ? 37 : 1) {
            const auto found = search(pages, holding).last;
            if (holding == 0)
                EXPECT_FALSE(found) << count;
            else
                EXPECT_EQ(found, pages[holding - 1]) << holding << " of " << count;
        }
    }
}

TEST(PageSearch, LooksAtFewPagesOfALargeFile) {
    const auto pages = pages_of(100'000); // 3 GB
    EXPECT_LT(search(pages, 77'777).asked, 40);
}

TEST(PageSearch, EndsWhateverItIsTold) {
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        PageSearch search{0, std::uint64_t{1} << 40};
        auto random = seed;
        int asked = 0;
        for (; search.next() && asked < 100'000; ++asked) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            const auto at = *search.next();
            if (random >> 62 == 0)
                search.none();
            else // also pages that are not where they were looked for, and that have no size
                search.found({at - (random >> 60), at + (random >> 58)}, random >> 61 & 1U);
        }
        EXPECT_FALSE(search.next());
        EXPECT_LT(asked, 100'000);
    }
}

} // namespace
