// prefetch(): has the processor fetch memory that will be needed soon, while it does something else.
#pragma once

#include <cstddef>

namespace axon {

/// The cache lines of `size` bytes from there on, which need be no memory of anybody: it never faults.
inline void prefetch(const void* memory, std::size_t size) noexcept {
    constexpr std::size_t line = 64;
    const auto* const begin = static_cast<const std::byte*>(memory);
    for (std::size_t at = 0; at < size; at += line) __builtin_prefetch(begin + at);
}

} // namespace axon
