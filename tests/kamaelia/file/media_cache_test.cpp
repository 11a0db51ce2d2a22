#include "kamaelia/file/media_cache.hpp"

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
    MediaCache cache;
    EXPECT_EQ(cache.find(file("a")), nullptr);
    cache.put(file("a"), {.title = "T"});
    ASSERT_NE(cache.find(file("a")), nullptr);
    EXPECT_EQ(cache.find(file("a"))->title, "T");
    EXPECT_EQ(cache.find(file("a", 2)), nullptr);
    EXPECT_EQ(cache.find(file("a", 1, 1ns)), nullptr);
    EXPECT_EQ(cache.find(file("b")), nullptr);
    cache.put(file("a", 2), {.title = "New"});
    EXPECT_EQ(cache.find(file("a", 2))->title, "New");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(MediaCache, ForgetsWhatNobodyAsksForAndStaysSmall) {
    MediaCache cache{100};
    cache.put(file("often"), {.title = "T"});
    for (int i = 0; i < 1000; ++i) {
        cache.put(file(std::to_string(i)), {});
        EXPECT_NE(cache.find(file("often")), nullptr) << i;
        EXPECT_LE(cache.size(), 200U);
    }
    EXPECT_EQ(cache.find(file("0")), nullptr);
    EXPECT_NE(cache.find(file("999")), nullptr);
}

} // namespace
