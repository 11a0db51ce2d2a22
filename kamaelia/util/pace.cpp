#include "kamaelia/util/pace.hpp"

#include "axon/check.hpp"

#include <algorithm>

namespace kamaelia {
namespace {

// Twice as wide as what it multiplies, so that no product overflows.
__extension__ using Wide = unsigned __int128;

constexpr Wide nanoseconds_per_second = 1'000'000'000;
constexpr Wide bits_per_byte = 8;

} // namespace

axon::Duration due_after(std::uint64_t bytes, axon::BitRate rate) {
    AXON_CHECK(rate.bits_per_second > 0);
    const Wide bit_nanoseconds = Wide{bytes} * bits_per_byte * nanoseconds_per_second;
    const Wide due = (bit_nanoseconds + rate.bits_per_second - 1) / rate.bits_per_second;
    return axon::Duration{static_cast<axon::Duration::rep>(std::min(due, Wide{latest_due.count()}))};
}

std::uint64_t smooth_slice(axon::BitRate rate) noexcept {
    return std::max<std::uint64_t>(rate.bits_per_second / 8 / 10, 256);
}

} // namespace kamaelia
