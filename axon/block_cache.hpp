// Blocks of a few kilobytes that were freed just now, for who needs one next: such a one is still in the
// processor's caches, and the heap would have to look for its neighbours, which are not.
//
// A few of each size a thread; the rest goes back to the heap, so that a thread which frees what another one
// has allocated gathers nothing. Builds with AddressSanitizer go straight to the heap.
#pragma once

#include <cstddef>

namespace axon::block_cache {

/// At least `size` bytes. Throws std::bad_alloc.
[[nodiscard]] void* allocate(std::size_t size);
/// Gives back what allocate(size) returned, with the same size, on any thread.
void deallocate(void* memory, std::size_t size) noexcept;

} // namespace axon::block_cache
