// A piece of a file from a given place: at once, when the system has it in memory, or from the disk.
#pragma once

#include "axon/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <system_error>

namespace kamaelia {

/// `count` bytes at `offset` of the open file `file`, if they are in memory. Never waits for the disk.
/// Nothing when they are not there, or not all of them, and when it cannot be told: at the end of the
/// file, on some file systems, and always where preadv2 is missing (not Linux, KAMAELIA_PORTABLE).
[[nodiscard]] std::optional<axon::Bytes> read_cached(int file, std::uint64_t offset, std::size_t count);
/// The same into `room`, all of it or false.
[[nodiscard]] bool read_cached(int file, std::uint64_t offset, std::span<char> room) noexcept;

/// `count` bytes at `offset`, fewer only where the file ends. Blocks on the disk; thread-safe.
[[nodiscard]] std::expected<axon::Bytes, std::error_code> read_blocking(int file, std::uint64_t offset,
                                                                        std::size_t count);

} // namespace kamaelia
