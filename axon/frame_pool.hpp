// Memory for coroutine frames, components and box storage: size classes from slabs, one set a thread.
//
// A block may be freed on another thread than the one that took it; it then serves that thread. Slabs
// are kept for reuse and not given back. Builds with AddressSanitizer go straight to the heap, so that
// a use after free is seen.
#pragma once

#include <cstddef>
#include <new>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AXON_FRAME_POOL_OFF 1
#endif
#endif

namespace axon::frame_pool {

inline constexpr std::size_t granularity = 16;
inline constexpr std::size_t largest = 1024;

struct Block {
    Block* next;
};

struct Cache {
    Block* free[largest / granularity + 1];
};

/// This thread's free lists. Read by the inline functions below only.
inline constinit thread_local Cache cache{};

/// Takes a block for an empty size class: from a slab, or from what ended threads left.
[[nodiscard]] void* refill(std::size_t size_class);

/// At least `size` bytes, aligned to 16. Throws std::bad_alloc.
[[nodiscard]] inline void* allocate(std::size_t size) {
#ifndef AXON_FRAME_POOL_OFF
    if (size <= largest) {
        const auto size_class = (size + granularity - 1) / granularity;
        if (auto* block = cache.free[size_class]) {
            cache.free[size_class] = block->next;
            return block;
        }
        return refill(size_class);
    }
#endif
    return ::operator new(size);
}

/// Gives back what allocate(size) returned, with the same size.
inline void deallocate(void* memory, std::size_t size) noexcept {
#ifndef AXON_FRAME_POOL_OFF
    if (size <= largest) {
        const auto size_class = (size + granularity - 1) / granularity;
        cache.free[size_class] = ::new (memory) Block{cache.free[size_class]};
        return;
    }
#endif
    ::operator delete(memory, size);
}

} // namespace axon::frame_pool
