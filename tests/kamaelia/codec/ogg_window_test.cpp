#include "kamaelia/codec/ogg_window.hpp"

#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace {

using kamaelia::OggWindow;
using kamaelia::testing::OggBuilder;
using ::testing::ElementsAre;

// The granule positions of the pages from `offset` on; `read` is how much was read.
std::vector<std::int64_t> pages(const std::string& file, std::uint64_t offset, std::size_t& read) {
    std::vector<std::int64_t> granules;
    OggWindow window{file.size()};
    window.go_to(offset);
    while (true) {
        auto next = window.next();
        if (const auto* const page = std::get_if<OggWindow::Placed>(&next)) {
            granules.push_back(page->page.granule);
            EXPECT_EQ(file.substr(page->place.begin, 4), "OggS");
        } else if (const auto* const want = std::get_if<OggWindow::Want>(&next)) {
            EXPECT_LE(want->offset + want->count, file.size());
            read += want->count;
            window.put(axon::Bytes{file.substr(want->offset, want->count)});
        } else {
            return granules;
        }
    }
}

std::vector<std::int64_t> pages(const std::string& file, std::uint64_t offset = 0) {
    std::size_t read = 0;
    return pages(file, offset, read);
}

TEST(OggWindow, FindsThePagesFromAnywhereOn) {
    OggBuilder stream;
    const auto one = stream.page({std::string(100, 'a')}, 0);
    const auto two = stream.page({std::string(60'000, 'b')}, 2);
    const auto three = stream.page({std::string(20'000, 'c')}, 3);
    const auto file = one + "junk" + two + three;
    EXPECT_THAT(pages(file), ElementsAre(0, 2, 3));
    EXPECT_THAT(pages(file, 1), ElementsAre(2, 3));
    EXPECT_THAT(pages(file, one.size() + 5), ElementsAre(3));
    EXPECT_THAT(pages(file, file.size() - 100), ElementsAre());
    EXPECT_THAT(pages(file.substr(0, file.size() - 1)), ElementsAre(0, 2)) << "the last page is cut off";
    EXPECT_THAT(pages(""), ElementsAre());
    EXPECT_THAT(pages(file, 1'000'000), ElementsAre());
}

TEST(OggWindow, ReadsAPageOnceAndALargeOneAsAWhole) {
    OggBuilder stream;
    std::string file;
    for (int i = 0; i < 100; ++i) file += stream.page({std::string(4000, 'a')}, i);
    std::size_t read = 0;
    EXPECT_EQ(pages(file, 0, read).size(), 100U);
    EXPECT_LT(read, file.size() * 3 / 2) << "a page in two pieces is read twice";
}

TEST(OggWindow, DoesNotReadAFileThatIsNoneToItsEnd) {
    std::size_t read = 0;
    EXPECT_THAT(pages(std::string(5'000'000, 'x'), 0, read), ElementsAre());
    EXPECT_LT(read, 600'000U);
}

TEST(OggWindow, EndsWhereAFileWasCutMeanwhile) {
    OggBuilder stream;
    const auto file = stream.page({std::string(100, 'a')}, 0);
    OggWindow window{2 * file.size()};
    EXPECT_EQ(std::get<OggWindow::Want>(window.next()).count, 2 * file.size());
    window.put(axon::Bytes{file});
    EXPECT_EQ(std::get<OggWindow::Placed>(window.next()).page.granule, 0);
    const auto want = std::get<OggWindow::Want>(window.next());
    EXPECT_EQ(want.offset, file.size());
    window.put({});
    EXPECT_TRUE(std::holds_alternative<OggWindow::End>(window.next()));
}

} // namespace
