// Entity tags: the opaque name of one version of a file (RFC 9110 section 8.8.3).
//
//     const std::string tag = file_tag({.size = file.size, .modified = file.modified, .inode = file.inode});
//     if (lists_tag(*request.field("If-None-Match"), tag, TagComparison::weak))
//         ...                                             // the client has this version
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kamaelia::http {

/// What tells one version of a file from another.
struct FileVersion {
    std::uint64_t size = 0; ///< in bytes
    std::chrono::sys_time<std::chrono::nanoseconds> modified{};
    std::uint64_t inode = 0; ///< a file that took another's name has another
};

/// A strong tag with its quotes: the same for the same version, after a restart too, and another when any
/// part of it differs. It does not tell the inode.
[[nodiscard]] std::string file_tag(const FileVersion& version);

/// A strong tag for what was made up for one answer: it depends on every byte of `content`.
[[nodiscard]] std::string content_tag(std::string_view content);

/// RFC 9110 8.8.3.2: strong is for bytes that are put together, a tag that begins with W/ never matches;
/// weak takes W/"a" and "a" for the same.
enum class TagComparison : std::uint8_t { strong, weak };

/// Whether `list`, the value of an If-Match or If-None-Match, holds the strong `tag`. `*` is not for here.
/// What is no list of tags matches nothing from where it goes wrong.
[[nodiscard]] bool lists_tag(std::string_view list, std::string_view tag, TagComparison comparison);

} // namespace kamaelia::http
