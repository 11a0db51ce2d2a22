// The directory of on-demand files: what is below it can be opened and listed, and nothing else.
//
//     const MediaRoot root{"/var/lib/kamaelia/media"};
//     auto file = root.open("radio/a.ogg");
//     if (!file)
//         return file.error();                       // OpenError::not_found, ...
//     send(file->descriptor, file->size);
#pragma once

#include "kamaelia/util/descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace kamaelia {

/// A regular file, open for reading.
struct OpenFile {
    Descriptor descriptor;
    std::uint64_t size; ///< in bytes, when it was opened
    std::chrono::sys_time<std::chrono::nanoseconds> modified;
    std::uint64_t inode; ///< a file that took the name of another has another
};

enum class OpenError : std::uint8_t {
    not_found,
    a_folder,
    not_a_file, ///< a FIFO, a device, a socket
    forbidden,  ///< no permission, or a link that open_beneath() does not follow
    exhausted,  ///< no descriptors or no memory left: later it may work
    failed,     ///< the disk, or another trouble of the system
};

/// What MediaRoot's constructor has thrown: `exhausted`, or `failed`, for a media directory that is not there
/// is the operator's trouble, not the client's.
[[nodiscard]] OpenError open_error(const std::system_error& refused) noexcept;

struct MediaEntry {
    std::string path; ///< relative to the root: "radio/a.ogg"
    std::uint64_t size;
    std::chrono::sys_time<std::chrono::nanoseconds> modified{};
    std::uint64_t inode = 0;

    bool operator==(const MediaEntry&) const = default;
};

struct MediaListing {
    std::vector<MediaEntry> entries;    ///< by path, bytewise
    std::vector<std::string> folders{}; ///< those that are too deep to be looked into, likewise
    bool truncated = false;             ///< there is more than the limits allow
};

/// What list() is bounded by, whatever lies below the folder.
struct ListLimits {
    std::size_t files = 10'000;     ///< and as many folders
    std::size_t depth = 16;         ///< directories below the folder: 0 is the folder alone
    std::size_t examined = 100'000; ///< names read in all, wanted or not
};

/// Keeps the root open: it stays the same directory even when another takes its name. Every call
/// blocks on the disk, so it belongs into offload(); all are const and safe from any thread.
class MediaRoot {
public:
    /// Throws std::system_error, naming the directory, when it cannot be opened.
    explicit MediaRoot(const std::filesystem::path& directory);

    /// Opens the regular file at `path`, which is relative to the root and has neither empty segments
    /// nor `.` nor `..`. Never waits for the other end of a FIFO or for a device. Links are followed
    /// as open_beneath() says.
    [[nodiscard]] std::expected<OpenFile, OpenError> open(std::string_view path) const;

    /// The regular files below `folder`, which is empty for the root and a path as open() takes it else, for
    /// whose name `wanted` is true. Not those with a leading dot, and not those that no URL can name (with a
    /// control character or a backslash). Links to files count as open() sees them; links to directories are
    /// not followed. What cannot be read is left out, but for `folder` itself.
    [[nodiscard]] std::expected<MediaListing, OpenError> list(std::string_view folder,
                                                              bool (*wanted)(std::string_view name),
                                                              const ListLimits& limits = {}) const;

private:
    Descriptor root_;
};

/// MediaRoot{directory}.open(path), with the error of a directory that is not there as open_error() has it.
/// Blocks on the disk: for offload().
[[nodiscard]] std::expected<OpenFile, OpenError> open_below(const std::filesystem::path& directory,
                                                            std::string_view path);

/// What MediaRoot{directory}.open(path) gives where all of the way there is in memory. Never waits: empty
/// where the disk has to be asked, where that cannot be told, and where the directory is not there.
[[nodiscard]] std::optional<std::expected<OpenFile, OpenError>> open_cached(const std::string& directory,
                                                                            std::string_view path);

} // namespace kamaelia
