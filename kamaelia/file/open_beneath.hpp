// Opening files below a directory in such a way that no path leads out of it.
#pragma once

#include "kamaelia/util/descriptor.hpp"

#include <expected>
#include <string>

namespace kamaelia {

/// Opens `path`, relative to the directory `root`, with the flags of open(2) (none that creates).
/// Whoever renames and links in the meantime, the result is below `root`, or an error of errno:
/// EXDEV or ELOOP for a link that leads out. Where the kernel can (openat2, Linux 5.6), links that
/// stay below `root` are followed; elsewhere, and with KAMAELIA_PORTABLE, it is walk_beneath().
/// Blocks on the disk. Thread-safe.
[[nodiscard]] std::expected<Descriptor, int> open_beneath(int root, const std::string& path, int flags);

/// The same with plain POSIX: segment by segment, following no symbolic link.
[[nodiscard]] std::expected<Descriptor, int> walk_beneath(int root, const std::string& path, int flags);

} // namespace kamaelia
