#include "kamaelia/file/page_cache.hpp"

#include "kamaelia/util/descriptor.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <string>

namespace {

using kamaelia::Descriptor;
using kamaelia::is_cached;
using kamaelia::load;

constexpr std::size_t size = 1'000'000;

struct PageCache : testing::Test {
    kamaelia::testing::TemporaryDirectory directory;
    std::filesystem::path path = directory.write("much", std::string(size, 'x'));
    Descriptor file{::open(path.c_str(), O_RDWR | O_CLOEXEC)};
};

TEST_F(PageCache, LoadingGivesTheErrorOfTheSystem) {
    EXPECT_FALSE(load(file.get(), 0, size));
    EXPECT_FALSE(load(file.get(), size, 10)) << "there is nothing, and nothing is wrong";
    EXPECT_EQ(load(-1, 0, 1), std::errc::bad_file_descriptor);
    const Descriptor itself{::open(directory.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    EXPECT_EQ(load(itself.get(), 0, 1), std::errc::is_a_directory);
}

TEST_F(PageCache, HasNothingBeyondTheEnd) {
    (void)load(file.get(), 0, size);
    EXPECT_FALSE(is_cached(file.get(), 0, size + 1));
    EXPECT_FALSE(is_cached(file.get(), size, 1));
    EXPECT_FALSE(is_cached(-1, 0, 1));
}

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)
TEST_F(PageCache, SeesWhatIsMissing) {
    (void)load(file.get(), 0, size);
    if (!is_cached(file.get(), 0, size)) GTEST_SKIP() << "this file system does not tell: " << path;
    ASSERT_EQ(::fdatasync(file.get()), 0); // what is not on the disk yet cannot be forgotten
    ASSERT_EQ(::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED), 0);
    ASSERT_EQ(::posix_fadvise(file.get(), 0, 0, POSIX_FADV_RANDOM), 0); // and nothing is read ahead
    if (is_cached(file.get(), 0, 1)) GTEST_SKIP() << "this file system forgets nothing: " << path;
    ASSERT_FALSE(load(file.get(), 0, 100'000));
    EXPECT_TRUE(is_cached(file.get(), 0, 100'000));
    EXPECT_FALSE(is_cached(file.get(), 0, size));
    ASSERT_FALSE(load(file.get(), size - 4096, 4096));
    EXPECT_TRUE(is_cached(file.get(), size - 4096, 4096));
    EXPECT_FALSE(is_cached(file.get(), 0, size)) << "the middle";
}
#endif

} // namespace
