// When bytes are due that are to leave at a constant bit rate. Plain arithmetic, without a clock.
//
//     co_await sleep_until(start + due_after(sent + 5'000, axon::BitRate{400'000}));
#pragma once

#include "axon/time.hpp"
#include "axon/units.hpp"

#include <cstdint>

namespace kamaelia {

/// The latest that anything is due: half of what a duration holds, so that it can be added to a time.
inline constexpr axon::Duration latest_due = axon::Duration::max() / 2;

/// How long after the start the last of `bytes` is due that leave at `rate`, which is more than 0. Exact
/// for every rate and length, rounded up to the nanosecond: never too early, and who always counts from
/// the start never drifts.
[[nodiscard]] axon::Duration due_after(std::uint64_t bytes, axon::BitRate rate);

/// How many bytes to send at a time so that a stream of `rate` flows smoothly: a tenth of a second, which any
/// player takes for even, but at least 256, below which headers cost more than data.
[[nodiscard]] std::uint64_t smooth_slice(axon::BitRate rate) noexcept;

} // namespace kamaelia
