#include "kamaelia/file/open_beneath.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace kamaelia {

std::expected<Descriptor, int> open_beneath(int root, const std::string& path, int flags) {
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    int error = 0;
    // EAGAIN: someone renamed while a link's ".." was followed, and the kernel could not tell whether
    // that stayed below. A few tries are enough unless that is done to annoy us.
    for (int attempts = 0; attempts < 16; ++attempts) {
        Descriptor opened{static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how))};
        if (opened.valid()) return opened;
        error = errno;
        if (error != EAGAIN && error != EINTR) break;
    }
    // ENOSYS: Linux before 5.6. EPERM: what container sandboxes say to calls that they do not know.
    if (error == ENOSYS || error == EPERM) return walk_beneath(root, path, flags);
    return std::unexpected{error};
}

} // namespace kamaelia

#endif
