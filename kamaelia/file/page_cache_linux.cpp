#include "kamaelia/file/page_cache.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

namespace kamaelia {
namespace {

bool is_byte_cached(int file, std::uint64_t offset) noexcept {
    char byte = 0;
    const iovec room{&byte, 1};
    ssize_t got = 0;
    do {
        got = ::preadv2(file, &room, 1, static_cast<off_t>(offset), RWF_NOWAIT);
    } while (got < 0 && errno == EINTR);
    return got == 1; // 0 need not be the end: Linux 5.9 and 5.10 say it for what is not in memory, too
}

// As <linux/mman.h> has them from Linux 6.5 on.
struct Range {
    std::uint64_t offset;
    std::uint64_t length;
};
struct Pages {
    std::uint64_t cached, dirty, under_writeback, evicted, recently_evicted;
};
constexpr long cachestat = 451;

// Whether each page of it is there, though it may still be on its way from the disk. Empty before Linux 6.5,
// in some sandboxes, and for who could not write to the file.
std::optional<bool> has_each_page(int file, std::uint64_t offset, std::size_t count) noexcept {
    static const auto page_size = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const Range range{offset, count};
    Pages pages{};
    if (::syscall(cachestat, file, &range, &pages, 0) != 0) return std::nullopt;
    return pages.cached == (offset + count - 1) / page_size - offset / page_size + 1;
}

} // namespace

bool is_cached(int file, std::uint64_t offset, std::size_t count) noexcept {
    if (count == 0) return true;
    if (!is_byte_cached(file, offset + count - 1)) return false;
    if (count <= look_apart) return is_byte_cached(file, offset);
    if (const auto each = has_each_page(file, offset, count)) return *each;
    for (; count > look_apart; count -= look_apart) {
        if (!is_byte_cached(file, offset + count - look_apart - 1)) return false;
    }
    return is_byte_cached(file, offset);
}

} // namespace kamaelia

#endif
