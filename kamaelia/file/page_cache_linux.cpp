#include "kamaelia/file/page_cache.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>

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

} // namespace

bool is_cached(int file, std::uint64_t offset, std::size_t count) noexcept {
    while (count > 0) {
        if (!is_byte_cached(file, offset + count - 1)) return false;
        if (count <= look_apart) break;
        count -= look_apart;
    }
    return true;
}

} // namespace kamaelia

#endif
