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

/// Exact to the nanosecond below, for any length that can be: what a broken file claims is cut to a hundred
/// years. `rate` is at least 1.
[[nodiscard]] constexpr std::chrono::nanoseconds time_of_samples(std::int64_t samples, std::uint32_t rate) {
    constexpr std::chrono::seconds longest{std::int64_t{100} * 366 * 86'400};
    if (samples / rate >= longest.count()) return longest;
    return std::chrono::seconds{samples / rate} +
           std::chrono::nanoseconds{samples % rate * 1'000'000'000 / rate};
}

/// The other way round, to the sample below; a time that has no such number is the largest there is.
[[nodiscard]] constexpr std::int64_t samples_in(std::chrono::nanoseconds time, std::uint32_t rate) {
    constexpr auto most = std::int64_t{1} << 62U;
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    if (whole.count() >= most / rate) return most;
    return whole.count() * rate + (time - whole).count() * rate / 1'000'000'000;
}

/// The other way round, to the nearest sample: that of what time_of_samples() has said of it. Of times that
/// are not negative.
[[nodiscard]] constexpr std::int64_t nearest_sample(std::chrono::nanoseconds time, std::uint32_t rate) {
    const auto below = samples_in(time, rate);
    const auto above = time_of_samples(below + 1, rate);
    return above - time < time - time_of_samples(below, rate) ? below + 1 : below;
}

} // namespace kamaelia
