#include "kamaelia/file/file_region.hpp"

#include "tests/kamaelia/file/temporary_directory.hpp"
#include "tests/kamaelia/file/text_of.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>

#include <optional>
#include <utility>

namespace {

using axon::Weight;
using kamaelia::BytesOrRegion;
using kamaelia::Descriptor;
using kamaelia::FileRegion;
using kamaelia::testing::text_of;

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

struct FileRegionTest : testing::Test {
    FileRegion region(std::uint64_t offset, std::uint64_t size) const {
        return {Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)}, offset, size};
    }

    kamaelia::testing::TemporaryDirectory directory;
    std::filesystem::path path = directory.write("digits", "0123456789");
};

TEST_F(FileRegionTest, IsAPieceOfAFile) {
    const auto digits = region(2, 5);
    EXPECT_EQ(digits.offset(), 2U);
    EXPECT_EQ(digits.size(), 5U);
    EXPECT_FALSE(digits.empty());
    EXPECT_EQ(text_of(digits), "23456");
}

TEST_F(FileRegionTest, IsCutFromTheFront) {
    auto digits = region(1, 8);
    digits.remove_prefix(3);
    EXPECT_EQ(text_of(digits), "45678");
    digits.remove_prefix(5);
    EXPECT_TRUE(digits.empty());
}

TEST_F(FileRegionTest, MayBeOfNoFile) {
    EXPECT_TRUE(FileRegion{}.empty());
    EXPECT_EQ(FileRegion{}.file(), -1);
    EXPECT_FALSE(FileRegion{}.shared());
}

TEST_F(FileRegionTest, KnowsWhetherOthersHaveTheFile) {
    const auto kept = region(0, 10);
    EXPECT_FALSE(kept.shared());
    {
        auto other = kept;
        other.remove_prefix(1);
        EXPECT_TRUE(kept.shared());
    }
    EXPECT_FALSE(kept.shared());
}

TEST_F(FileRegionTest, HasNothingBeforeItsBeginning) {
    auto digits = region(1, 3);
    digits.remove_prefix(100);
    EXPECT_TRUE(digits.empty());
    EXPECT_EQ(digits.offset(), 4U);
}

TEST_F(FileRegionTest, TheLastOneClosesTheFile) {
    std::optional digits{region(0, 10)};
    const int file = digits->file();
    std::optional<BytesOrRegion> message{*digits};
    digits.reset();
    EXPECT_TRUE(is_open(file));
    EXPECT_EQ(text_of(*message), "0123456789");
    message.reset();
    EXPECT_FALSE(is_open(file));
}

TEST_F(FileRegionTest, AssigningLetsGoOfWhatWasThere) {
    auto first = region(0, 10);
    const int file = first.file();
    auto second = region(5, 1);
    first = second;
    EXPECT_FALSE(is_open(file));
    EXPECT_EQ(text_of(first), "5");
    EXPECT_EQ(text_of(second), "5");
}

TEST_F(FileRegionTest, WeighsWhatItStandsFor) {
    EXPECT_EQ(Weight<BytesOrRegion>::of(region(2, 5)), 5U);
    EXPECT_EQ(Weight<BytesOrRegion>::of(axon::Bytes{"abc"}), 3U);
    EXPECT_EQ(Weight<FileRegion>::of(region(0, 1ULL << 40U)), 1U << 30U) << "which a box can count";
}

} // namespace
