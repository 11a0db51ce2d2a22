#include "axon/block_cache.hpp"

#include "axon/frame_pool.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace {

using axon::block_cache::allocate;
using axon::block_cache::deallocate;

TEST(BlockCache, EveryBlockHasItsSizeAndNoneIsTwoAtOnce) {
    for (int round = 0; round < 2; ++round) {
        std::vector<std::pair<unsigned char*, std::size_t>> blocks;
        for (std::size_t size = 1; size < 40'000; size += size / 9 + 1) {
            for (int i = 0; i < 3; ++i) {
                auto* const block = static_cast<unsigned char*>(allocate(size));
                std::memset(block, static_cast<int>(blocks.size() % 251), size);
                blocks.emplace_back(block, size);
            }
        }
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            const auto [block, size] = blocks[i];
            EXPECT_EQ(block[0], i % 251) << size;
            EXPECT_EQ(block[size - 1], i % 251) << size;
            deallocate(block, size);
        }
    }
}

#ifndef AXON_FRAME_POOL_OFF
TEST(BlockCache, TheBlockThatWasFreedLastIsTheNext) {
    auto* const one = allocate(1'400);
    auto* const other = allocate(1'400);
    deallocate(other, 1'400);
    deallocate(one, 1'400);
    EXPECT_EQ(allocate(1'300), one) << "of the same class";
    EXPECT_EQ(allocate(1'400), other);
    deallocate(one, 1'300);
    deallocate(other, 1'400);
}

TEST(BlockCache, KeepsNoMoreThanAFew) {
    constexpr std::size_t size = 16'384;
    std::vector<void*> blocks(40);
    for (auto& block : blocks) block = allocate(size);
    std::thread{[&] {
        for (auto* const block : blocks) deallocate(block, size); // another thread's; the most go to the heap
        std::set<void*> kept;
        for (int i = 0; i < 16; ++i) kept.insert(allocate(size));
        EXPECT_EQ(kept, std::set<void*>(blocks.begin(), blocks.begin() + 16));
        for (auto* const block : kept) deallocate(block, size);
    }}.join();
}
#endif

} // namespace
