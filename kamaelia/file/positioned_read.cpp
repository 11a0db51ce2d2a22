#include "kamaelia/file/positioned_read.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <span>

namespace kamaelia {

std::expected<axon::Bytes, std::error_code> read_blocking(int file, std::uint64_t offset, std::size_t count) {
    int error = 0;
    auto bytes = axon::Bytes::build(count, [&](std::span<char> room) {
        std::size_t filled = 0;
        while (filled < room.size()) {
            const auto place = static_cast<off_t>(offset + filled);
            const auto got = ::pread(file, room.data() + filled, room.size() - filled, place);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) error = errno;
            if (got <= 0) break;
            filled += static_cast<std::size_t>(got);
        }
        return filled;
    });
    if (error != 0) return std::unexpected{std::error_code{error, std::generic_category()}};
    return bytes;
}

#if !defined(__linux__) || defined(KAMAELIA_PORTABLE)
bool read_cached(int /*file*/, std::uint64_t /*offset*/, std::span<char> /*room*/) noexcept {
    return false; // plain POSIX cannot tell what is in memory
}
#endif

std::optional<axon::Bytes> read_cached(int file, std::uint64_t offset, std::size_t count) {
    bool filled = false;
    auto bytes = axon::Bytes::build(count, [&](std::span<char> room) {
        filled = read_cached(file, offset, room);
        return room.size();
    });
    if (!filled) return std::nullopt;
    return bytes;
}

} // namespace kamaelia
