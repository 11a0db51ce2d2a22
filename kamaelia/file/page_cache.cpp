#include "kamaelia/file/page_cache.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace kamaelia {

std::error_code load(int file, std::uint64_t offset, std::size_t count) noexcept {
    std::array<char, std::size_t{32} * 1024> room;
    while (count > 0) {
        const auto got = ::pread(file, room.data(), std::min(room.size(), count), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return {errno, std::generic_category()};
        if (got == 0) break;
        offset += static_cast<std::uint64_t>(got);
        count -= static_cast<std::size_t>(got);
    }
    return {};
}

#if !defined(__linux__) || defined(KAMAELIA_PORTABLE)
bool is_cached(int /*file*/, std::uint64_t /*offset*/, std::size_t /*count*/) noexcept {
    return false; // plain POSIX cannot tell what is in memory
}
#endif

} // namespace kamaelia
