#include "kamaelia/file/positioned_read.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>
#include <span>

namespace kamaelia {

std::optional<axon::Bytes> read_cached(int file, std::uint64_t offset, std::size_t count) {
    auto bytes = axon::Bytes::build(count, [&](std::span<char> room) {
        std::size_t filled = 0;
        while (filled < room.size()) {
            const iovec rest{room.data() + filled, room.size() - filled};
            const auto got = ::preadv2(file, &rest, 1, static_cast<off_t>(offset + filled), RWF_NOWAIT);
            if (got < 0 && errno == EINTR) continue;
            // EAGAIN: not in memory. EOPNOTSUPP: not on this file system. And 0 need not be the end:
            // Linux 5.9 and 5.10 say it for what is not in memory, too.
            if (got <= 0) break;
            filled += static_cast<std::size_t>(got);
        }
        return filled;
    });
    if (bytes.size() < count) return std::nullopt;
    return bytes;
}

} // namespace kamaelia

#endif
