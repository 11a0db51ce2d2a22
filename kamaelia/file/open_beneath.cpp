#include "kamaelia/file/open_beneath.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <string_view>
#include <utility>

namespace kamaelia {
namespace {

bool is_link(int directory, const std::string& name) {
    struct stat status{};
    return ::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

// A link is ELOOP also where a directory is wanted: Linux says that it is none.
std::expected<Descriptor, int> open_segment(int directory, const std::string& name, int flags) {
    for (;;) {
        Descriptor opened{::openat(directory, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC)};
        if (opened.valid()) return opened;
        const int error = errno;
        if (error == ENOTDIR && is_link(directory, name)) return std::unexpected{ELOOP};
        if (error != EINTR) return std::unexpected{error};
    }
}

// To the directories on the way search permission is enough, where one can say so.
#ifdef O_SEARCH
constexpr int pass_through = O_SEARCH | O_DIRECTORY;
#else
constexpr int pass_through = O_RDONLY | O_DIRECTORY;
#endif

} // namespace

std::expected<Descriptor, int> walk_beneath(int root, const std::string& path, int flags) {
    std::string_view rest = path;
    Descriptor directory;
    for (;;) {
        const int from = directory.valid() ? directory.get() : root;
        const std::size_t slash = rest.find('/');
        const std::string name{rest.substr(0, slash)};
        if (name == "..") return std::unexpected{EXDEV};
        if (slash == std::string_view::npos) return open_segment(from, name, flags);
        auto next = open_segment(from, name, pass_through);
        if (!next) return next;
        directory = std::move(*next);
        rest.remove_prefix(slash + 1);
    }
}

#if !defined(__linux__) || defined(KAMAELIA_PORTABLE)
std::expected<Descriptor, int> open_beneath(int root, const std::string& path, int flags) {
    return walk_beneath(root, path, flags);
}

std::expected<Descriptor, int> open_beneath_cached(int /*root*/, const std::string& /*path*/, int /*flags*/) {
    return std::unexpected{EAGAIN};
}

std::expected<Descriptor, int> open_root_cached(const std::string& /*path*/) {
    return std::unexpected{EAGAIN};
}
#endif

} // namespace kamaelia
