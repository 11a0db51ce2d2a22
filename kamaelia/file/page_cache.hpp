// What of a file is in memory: asked before it is sent, because sending the rest would wait for the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <system_error>

namespace kamaelia {

/// Whether `count` bytes at `offset` of the open file `file` can be sent without waiting for the disk. Where
/// the system does not count pages (before Linux 6.5, and files of others), as far as a look at the first
/// one, the last one and one in each `look_apart` tells, which is less than what is read ahead, or forgotten,
/// at once. False too when it cannot be told: beyond the end, on some file systems, and always where preadv2
/// is missing (not Linux, KAMAELIA_PORTABLE). Never waits.
[[nodiscard]] bool is_cached(int file, std::uint64_t offset, std::size_t count) noexcept;
inline constexpr std::size_t look_apart = std::size_t{128} * 1024;

/// Reads `count` bytes at `offset` into memory, or what there is of them. Blocks on the disk; thread-safe.
[[nodiscard]] std::error_code load(int file, std::uint64_t offset, std::size_t count) noexcept;

} // namespace kamaelia
