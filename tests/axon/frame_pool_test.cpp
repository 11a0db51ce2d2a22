// The frame pool: size classes, reuse, alignment. Its lists are off under AddressSanitizer.
#include "axon/frame_pool.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <set>
#include <vector>

namespace {

namespace pool = axon::frame_pool;

TEST(FramePool, GivesAlignedBlocksThatDoNotOverlapForEverySize) {
    std::vector<std::pair<char*, std::size_t>> blocks;
    for (std::size_t size = 0; size <= 2 * pool::largest; size += 7) {
        auto* const block = static_cast<char*>(pool::allocate(size));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 16, 0U);
        std::memset(block, static_cast<int>(size % 251), size);
        blocks.emplace_back(block, size);
    }
    for (const auto& [block, size] : blocks) {
        for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(static_cast<unsigned char>(block[i]), size % 251);
        pool::deallocate(block, size);
    }
}

#ifndef AXON_FRAME_POOL_OFF
TEST(FramePool, GivesBackWhatWasFreedLastOfTheSameClass) {
    auto* const first = pool::allocate(100);
    pool::deallocate(first, 100);
    EXPECT_EQ(pool::allocate(112), first);
    pool::deallocate(first, 112);
    EXPECT_NE(pool::allocate(96), first);
}
#endif

} // namespace
