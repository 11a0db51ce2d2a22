#include "kamaelia/file/media_cache.hpp"

#include "kamaelia/codec/media_info.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using namespace kamaelia;
using namespace std::chrono_literals;

MediaEntry file(const std::string& path, std::uint64_t size = 1, std::chrono::nanoseconds modified = 0ns) {
    return {path, size, std::chrono::sys_time<std::chrono::nanoseconds>{modified}};
}

TEST(MediaCache, KnowsAFileAsLongAsItStaysAsItIs) {
    MediaCache<MediaInfo> cache{10'000};
    EXPECT_EQ(cache.find(file("a")), nullptr);
    cache.put(file("a"), {.title = "T"});
    ASSERT_NE(cache.find(file("a")), nullptr);
    EXPECT_EQ(cache.find(file("a"))->title, "T");
    EXPECT_EQ(cache.find(file("a", 2)), nullptr);
    EXPECT_EQ(cache.find(file("a", 1, 1ns)), nullptr);
    auto other = file("a");
    other.inode = 1;
    EXPECT_EQ(cache.find(other), nullptr);
    EXPECT_EQ(cache.find(file("b")), nullptr);
    cache.put(file("a", 2), {.title = "New"});
    EXPECT_EQ(cache.find(file("a", 2))->title, "New");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(MediaCache, ForgetsWhatNobodyAsksForAndStaysSmall) {
    MediaCache<MediaInfo> cache{100};
    cache.put(file("often"), {.title = "T"});
    for (int i = 0; i < 1000; ++i) {
        cache.put(file(std::to_string(i)), {});
        EXPECT_NE(cache.find(file("often")), nullptr) << i;
        EXPECT_LE(cache.size(), 200U);
    }
    EXPECT_EQ(cache.find(file("0")), nullptr);
    EXPECT_NE(cache.find(file("999")), nullptr);
}

TEST(MediaCache, StaysSmallByWhatItsFilesWeigh) {
    MediaCache<int> cache{100};
    for (int i = 0; i < 100; ++i) {
        cache.put(file(std::to_string(i)), i, 30);
        EXPECT_LE(cache.size(), 6U);
    }
    EXPECT_EQ(cache.size(), 4U); // 99 of a new half, 96 to 98
    cache.put(file("99"), 99, 30);
    cache.put(file("99"), 99, 60);
    EXPECT_EQ(cache.size(), 4U) << "what is put again weighs once";
    cache.put(file("99"), 99, 101);
    EXPECT_EQ(cache.find(file("99")), nullptr) << "it is too heavy";
    ASSERT_NE(cache.find(file("98")), nullptr);
}

} // namespace
