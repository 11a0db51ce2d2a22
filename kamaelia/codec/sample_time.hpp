// How long so many samples last.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace kamaelia {

/// Nothing for no samples, no rate, and for more than 1000 hours: then a number is wrong.
[[nodiscard]] constexpr std::optional<std::chrono::milliseconds> sample_time(std::uint64_t samples,
                                                                             std::uint32_t rate) {
    constexpr std::uint64_t longest = std::uint64_t{1000} * 60 * 60;
    if (samples == 0 || rate == 0 || samples / rate > longest) return std::nullopt;
    return std::chrono::milliseconds{samples * 1000 / rate};
}

} // namespace kamaelia
