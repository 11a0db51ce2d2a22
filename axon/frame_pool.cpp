#include "axon/frame_pool.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace axon::frame_pool {
namespace {

constexpr std::size_t slab_size = 32 * 1024;

// Free blocks of threads that have ended, for those that come after.
struct Reserve {
    std::mutex mutex;
    Block* free[largest / granularity + 1] = {};
};

Reserve& reserve() {
    static auto* const kept = new Reserve; // never destroyed: threads may end after main()
    return *kept;
}

struct LeaveOnThreadExit {
    bool armed = false;
    ~LeaveOnThreadExit() {
        std::lock_guard lock{reserve().mutex};
        for (std::size_t i = 0; i < std::size(cache.free); ++i) {
            while (auto* block = cache.free[i]) {
                cache.free[i] = block->next;
                block->next = reserve().free[i];
                reserve().free[i] = block;
            }
        }
    }
};

thread_local LeaveOnThreadExit leave_on_exit;
thread_local std::byte* slab = nullptr;
thread_local std::size_t slab_left = 0;

} // namespace

void* refill(std::size_t size_class) {
    leave_on_exit.armed = true;
    const auto size = std::max<std::size_t>(size_class, 1) * granularity;
    {
        std::lock_guard lock{reserve().mutex};
        if (auto* block = std::exchange(reserve().free[size_class], nullptr)) {
            cache.free[size_class] = block->next;
            return block;
        }
    }
    if (slab_left < size) {
        slab = static_cast<std::byte*>(::operator new(slab_size));
        slab_left = slab_size;
    }
    auto* block = slab;
    slab += size;
    slab_left -= size;
    return block;
}

} // namespace axon::frame_pool
