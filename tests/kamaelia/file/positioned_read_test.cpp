#include "kamaelia/file/positioned_read.hpp"

#include "kamaelia/util/descriptor.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <string>

namespace {

using axon::Bytes;
using kamaelia::Descriptor;
using kamaelia::read_blocking;
using kamaelia::read_cached;

struct PositionedRead : testing::Test {
    kamaelia::testing::TemporaryDirectory directory;
    std::filesystem::path path = directory.write("digits", "0123456789");
    Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
};

TEST_F(PositionedRead, ReadsAnywhere) {
    EXPECT_EQ(read_blocking(file.get(), 0, 4), Bytes{"0123"});
    EXPECT_EQ(read_blocking(file.get(), 7, 2), Bytes{"78"});
}

TEST_F(PositionedRead, ReadsFewerOnlyAtTheEnd) {
    EXPECT_EQ(read_blocking(file.get(), 7, 100), Bytes{"789"});
    EXPECT_EQ(read_blocking(file.get(), 10, 1), Bytes{});
    EXPECT_EQ(read_blocking(file.get(), 1'000'000, 1), Bytes{});
    EXPECT_EQ(read_blocking(file.get(), 3, 0), Bytes{});
}

TEST_F(PositionedRead, GivesTheErrorOfTheSystem) {
    EXPECT_EQ(read_blocking(-1, 0, 1).error(), std::errc::bad_file_descriptor);
    const Descriptor itself{::open(directory.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    EXPECT_EQ(read_blocking(itself.get(), 0, 1).error(), std::errc::is_a_directory);
}

TEST_F(PositionedRead, FromMemoryIsAllOrNothing) {
    // What was just written is in memory, but the system need not say so.
    const auto middle = read_cached(file.get(), 2, 5);
    if (middle) EXPECT_EQ(*middle, Bytes{"23456"});
    EXPECT_FALSE(read_cached(file.get(), 7, 4)) << "the file ends before";
    EXPECT_FALSE(read_cached(file.get(), 10, 1));
    EXPECT_FALSE(read_cached(-1, 0, 1));
}

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)
TEST_F(PositionedRead, FromMemoryGetsWhatHasJustBeenRead) {
    ASSERT_TRUE(read_blocking(file.get(), 0, 10));
    const Descriptor again{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    const auto bytes = read_cached(again.get(), 2, 5);
    if (!bytes) GTEST_SKIP() << "this file system has no reads without waiting: " << directory.path();
    EXPECT_EQ(*bytes, Bytes{"23456"});
}

TEST_F(PositionedRead, FromMemoryDoesNotGetWhatIsOnTheDiskOnly) {
    const std::string megabyte(1'000'000, 'x');
    const auto large = directory.write("large", megabyte);
    const Descriptor cold{::open(large.c_str(), O_RDONLY | O_CLOEXEC)};
    ASSERT_EQ(::fdatasync(cold.get()), 0);
    ASSERT_EQ(::posix_fadvise(cold.get(), 0, 0, POSIX_FADV_DONTNEED), 0);
    const auto bytes = read_cached(cold.get(), 0, megabyte.size());
    if (bytes) GTEST_SKIP() << "this file system keeps everything in memory: " << directory.path();
    EXPECT_EQ(read_blocking(cold.get(), 0, megabyte.size()), Bytes{megabyte});
}
#endif

} // namespace
