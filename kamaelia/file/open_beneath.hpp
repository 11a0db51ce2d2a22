// Opening files below a directory in such a way that no path leads out of it.
#pragma once

#include "kamaelia/util/descriptor.hpp"

#include <expected>
#include <string>

namespace kamaelia {

/// Opens `path`, relative to the directory `root`, with the flags of open(2) (none that creates).
/// Whoever renames and links in the meantime, each step of the way begins at `root` or at what was found
/// below it; else the result is an error of errno. Where the kernel can (openat2, Linux 5.6), symbolic
/// links are followed while they stay below `root`; EXDEV for one that does not, and for every absolute
/// one, even to a place below. Elsewhere, in a sandbox that forbids openat2, and with KAMAELIA_PORTABLE
/// it is walk_beneath(). Blocks on the disk. Thread-safe.
[[nodiscard]] std::expected<Descriptor, int> open_beneath(int root, const std::string& path, int flags);

/// The same where the way there is in memory, and never waits for the disk. EAGAIN where it is not, or where
/// that cannot be told (before Linux 5.12, in some sandboxes, elsewhere, and with KAMAELIA_PORTABLE).
[[nodiscard]] std::expected<Descriptor, int> open_beneath_cached(int root, const std::string& path,
                                                                 int flags);
/// A directory to open beneath, by any path; as above.
[[nodiscard]] std::expected<Descriptor, int> open_root_cached(const std::string& path);

/// open_beneath() with plain POSIX: segment by segment, following no symbolic link, wherever it leads: ELOOP
/// for one at the end of `path`, ELOOP or ENOTDIR for one on the way. EXDEV for any `..`.
[[nodiscard]] std::expected<Descriptor, int> walk_beneath(int root, const std::string& path, int flags);

} // namespace kamaelia
