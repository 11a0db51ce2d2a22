#include "kamaelia/file/open_beneath.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace kamaelia {
namespace {

std::expected<Descriptor, int> open_how_it_says(int root, const std::string& path, int flags,
                                                std::uint64_t resolve) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    how.resolve = resolve;
    Descriptor opened{static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how))};
    if (!opened.valid()) return std::unexpected{errno};
    return opened;
}

// ENOSYS: Linux before 5.6. EPERM: what container sandboxes say to calls that they do not know.
bool is_missing(int error) { return error == ENOSYS || error == EPERM; }

std::expected<Descriptor, int> open_cached(int root, const std::string& path, int flags,
                                           std::uint64_t resolve) {
    auto opened = open_how_it_says(root, path, flags, resolve | RESOLVE_CACHED);
    if (opened) return opened;
    const int error = opened.error();
    // EINVAL: Linux before 5.12, which does not know RESOLVE_CACHED.
    return std::unexpected{is_missing(error) || error == EINVAL || error == EINTR ? EAGAIN : error};
}

} // namespace

std::expected<Descriptor, int> open_beneath(int root, const std::string& path, int flags) {
    int error = 0;
    // EAGAIN: someone renamed while a link's ".." was followed, and the kernel could not tell whether
    // that stayed below. A few tries are enough unless that is done to annoy us.
    for (int attempts = 0; attempts < 16; ++attempts) {
        auto opened = open_how_it_says(root, path, flags, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
        if (opened) return opened;
        error = opened.error();
        if (error != EAGAIN && error != EINTR) break;
    }
    if (is_missing(error)) return walk_beneath(root, path, flags);
    return std::unexpected{error};
}

std::expected<Descriptor, int> open_beneath_cached(int root, const std::string& path, int flags) {
    return open_cached(root, path, flags, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
}

std::expected<Descriptor, int> open_root_cached(const std::string& path) {
    return open_cached(AT_FDCWD, path, O_PATH | O_DIRECTORY, 0);
}

} // namespace kamaelia

#endif
