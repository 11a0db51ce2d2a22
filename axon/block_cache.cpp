#include "axon/block_cache.hpp"

#include "axon/frame_pool.hpp"

#include <array>
#include <bit>
#include <new>
#include <optional>
#include <utility>

namespace axon::block_cache {
namespace {

constexpr std::size_t smallest = 512;    // bytes: below that the heap is fast itself
constexpr std::size_t doublings = 5;     // up to 16 KiB
constexpr std::size_t steps = 4;         // of each doubling
constexpr std::size_t most = 256 * 1024; // bytes of each class that wait for use

struct SizeClass {
    std::size_t index;
    std::size_t size; // bytes of its blocks
};

std::optional<SizeClass> class_of(std::size_t size) noexcept {
#ifdef AXON_FRAME_POOL_OFF
    return std::nullopt;
#endif
    if (size <= smallest || size > smallest << doublings) return std::nullopt;
    const auto doubling = static_cast<std::size_t>(std::bit_width((size - 1) / smallest)) - 1;
    const auto base = smallest << doubling;
    const auto step = (size - 1 - base) / (base / steps);
    return SizeClass{doubling * steps + step, base + (step + 1) * (base / steps)};
}

struct Free {
    Free* next;
};

struct List {
    Free* first = nullptr;
    std::size_t bytes = 0;
};

constinit thread_local std::array<List, doublings * steps> lists{};
constinit thread_local bool over = false; // what the thread frees now, at its very end, is the heap's

void* take(const SizeClass& wanted) noexcept {
    auto& [first, bytes] = lists[wanted.index];
    if (!first) return nullptr;
    bytes -= wanted.size;
    return std::exchange(first, first->next);
}

struct GiveBackAtThreadExit {
    bool armed = false;
    ~GiveBackAtThreadExit() {
        over = true;
        for (auto& list : lists) {
            while (auto* const memory = list.first) {
                list.first = memory->next;
                ::operator delete(memory);
            }
        }
    }
};

thread_local GiveBackAtThreadExit give_back;

bool keep(void* memory, const SizeClass& its) noexcept {
    auto& [first, bytes] = lists[its.index];
    if (over || bytes + its.size > most) return false;
    give_back.armed = true;
    first = ::new (memory) Free{first};
    bytes += its.size;
    return true;
}

} // namespace

void* allocate(std::size_t size) {
    const auto wanted = class_of(size);
    if (!wanted) return ::operator new(size);
    if (auto* const memory = take(*wanted)) return memory;
    return ::operator new(wanted->size);
}

void deallocate(void* memory, std::size_t size) noexcept {
    const auto its = class_of(size);
    if (!its || !keep(memory, *its)) ::operator delete(memory);
}

} // namespace axon::block_cache
