#include "kamaelia/file/media_root.hpp"

#include "kamaelia/file/open_beneath.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace kamaelia {
namespace {

OpenError to_open_error(int error) {
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG: return OpenError::not_found;
    case ENXIO:
    case ENODEV: return OpenError::not_a_file;
    case EACCES:
    case EPERM:
    case EXDEV:
    case ELOOP: return OpenError::forbidden;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN: return OpenError::exhausted;
    default: return OpenError::failed;
    }
}

bool is_plain(std::string_view path) {
    if (path.contains('\0')) return false;
    for (;;) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

bool is_listed(std::string_view name) {
    return !name.starts_with('.') && std::ranges::none_of(name, [](char c) {
        return (c >= '\0' && c < ' ') || c == '\x7F' || c == '\\';
    });
}

std::chrono::sys_time<std::chrono::nanoseconds> modified_of(const struct stat& status) {
    return std::chrono::sys_time<std::chrono::nanoseconds>{std::chrono::seconds{status.st_mtim.tv_sec} +
                                                           std::chrono::nanoseconds{status.st_mtim.tv_nsec}};
}

std::uint64_t size_of(const struct stat& status) { return static_cast<std::uint64_t>(status.st_size); }

// O_NONBLOCK: a FIFO or a device would have its opener wait. Reading a file does not care.
constexpr int to_read = O_RDONLY | O_NONBLOCK | O_NOCTTY;

std::expected<OpenFile, OpenError> regular(std::expected<Descriptor, int> opened) {
    if (!opened) return std::unexpected{to_open_error(opened.error())};
    struct stat status{};
    if (::fstat(opened->get(), &status) != 0) return std::unexpected{to_open_error(errno)};
    if (S_ISDIR(status.st_mode)) return std::unexpected{OpenError::a_folder};
    if (!S_ISREG(status.st_mode)) return std::unexpected{OpenError::not_a_file};
    return OpenFile{std::move(*opened), size_of(status), modified_of(status),
                    static_cast<std::uint64_t>(status.st_ino)};
}

struct DirectoryCloser {
    void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, DirectoryCloser>;

// One run of MediaRoot::list(). Directories wait in a list rather than on the stack, so that one
// descriptor is enough for any depth.
class Walk {
public:
    Walk(const MediaRoot& media, int root, bool (*wanted)(std::string_view), const ListLimits& limits)
        : media_{media}, root_{root}, wanted_{wanted}, limits_{limits} {}

    std::expected<MediaListing, OpenError> run(std::string_view folder) {
        if (const auto error = read({std::string{folder}, 0})) return std::unexpected{to_open_error(error)};
        while (!waiting_.empty() && !full_) {
            const Place place = std::move(waiting_.back());
            waiting_.pop_back();
            (void)read(place);
        }
        std::ranges::sort(found_.entries, {}, &MediaEntry::path);
        std::ranges::sort(found_.folders);
        return std::move(found_);
    }

private:
    struct Place {
        std::string path;
        std::size_t depth;
    };

    // 0, or the error of errno.
    int read(const Place& place) {
        auto opened = open_beneath(root_, place.path.empty() ? "." : place.path, O_RDONLY | O_DIRECTORY);
        if (!opened) return opened.error();
        const Directory directory{::fdopendir(opened->get())};
        if (!directory) return errno;
        const int descriptor = opened->release(); // the DIR's now
        while (const dirent* entry = ::readdir(directory.get())) {
            const std::string name = entry->d_name;
            if (name == "." || name == "..") continue;
            if (examined_++ == limits_.examined) stop();
            if (!full_ && is_listed(name)) look_at(descriptor, name, place);
            if (full_) break;
        }
        return 0;
    }

    void look_at(int directory, const std::string& name, const Place& place) {
        struct stat status{};
        if (::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return;
        std::string path = place.path.empty() ? name : place.path + '/' + name;
        if (S_ISDIR(status.st_mode)) {
            if (place.depth < limits_.depth)
                waiting_.push_back({std::move(path), place.depth + 1});
            else
                add_folder(std::move(path));
        } else if (S_ISREG(status.st_mode)) {
            if (wanted_(name)) add({std::move(path), size_of(status), modified_of(status), status.st_ino});
        } else if (S_ISLNK(status.st_mode) && wanted_(name)) {
            if (const auto file = media_.open(path))
                add({std::move(path), file->size, file->modified, file->inode});
        }
    }

    void add(MediaEntry entry) {
        if (found_.entries.size() == limits_.files) return stop();
        found_.entries.push_back(std::move(entry));
    }

    void add_folder(std::string path) {
        if (found_.folders.size() == limits_.files) return stop();
        found_.folders.push_back(std::move(path));
    }

    void stop() {
        full_ = true;
        found_.truncated = true;
    }

    const MediaRoot& media_;
    int root_;
    bool (*wanted_)(std::string_view);
    const ListLimits& limits_;

    std::vector<Place> waiting_;
    MediaListing found_;
    std::size_t examined_ = 0;
    bool full_ = false;
};

} // namespace

OpenError open_error(const std::system_error& refused) noexcept {
    const auto error = to_open_error(refused.code().value());
    return error == OpenError::exhausted ? error : OpenError::failed;
}

MediaRoot::MediaRoot(const std::filesystem::path& directory)
    : root_{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)} {
    if (!root_.valid())
        throw std::system_error{errno, std::generic_category(), "media directory " + directory.string()};
}

std::expected<OpenFile, OpenError> MediaRoot::open(std::string_view path) const {
    if (!is_plain(path)) return std::unexpected{OpenError::not_found};
    return regular(open_beneath(root_.get(), std::string{path}, to_read));
}

std::optional<std::expected<OpenFile, OpenError>> open_cached(const std::string& directory,
                                                              std::string_view path) {
    if (!is_plain(path)) return std::unexpected{OpenError::not_found};
    const auto root = open_root_cached(directory);
    if (!root) return std::nullopt;
    auto opened = open_beneath_cached(root->get(), std::string{path}, to_read);
    if (!opened && opened.error() == EAGAIN) return std::nullopt;
    return regular(std::move(opened));
}

std::expected<MediaListing, OpenError> MediaRoot::list(std::string_view folder,
                                                       bool (*wanted)(std::string_view name),
                                                       const ListLimits& limits) const {
    if (!folder.empty() && !is_plain(folder)) return std::unexpected{OpenError::not_found};
    return Walk{*this, root_.get(), wanted, limits}.run(folder);
}

std::expected<OpenFile, OpenError> open_below(const std::filesystem::path& directory, std::string_view path) {
    try {
        return MediaRoot{directory}.open(path);
    } catch (const std::system_error& refused) {
        return std::unexpected{open_error(refused)};
    }
}

} // namespace kamaelia
