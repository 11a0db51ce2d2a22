#include "kamaelia/file/positioned_read.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>
#include <span>

namespace kamaelia {

bool read_cached(int file, std::uint64_t offset, std::span<char> room) noexcept {
    while (!room.empty()) {
        const iovec rest{room.data(), room.size()};
        const auto got = ::preadv2(file, &rest, 1, static_cast<off_t>(offset), RWF_NOWAIT);
        if (got < 0 && errno == EINTR) continue;
        // EAGAIN: not in memory. EOPNOTSUPP: not on this file system. And 0 need not be the end:
        // Linux 5.9 and 5.10 say it for what is not in memory, too.
        if (got <= 0) return false;
        offset += static_cast<std::uint64_t>(got);
        room = room.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

} // namespace kamaelia

#endif
