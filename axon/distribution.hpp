// Distribution: how what was measured is spread: how much of it was at most this, and that.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace axon {

/// What a Value<Distribution> (axon/value.hpp) stands at: a histogram, as Prometheus has it.
struct Distribution {
    std::vector<double> bounds;           ///< rising
    std::vector<std::uint64_t> at_most{}; ///< of each bound, how many were no more; and at last, of all
    double sum = 0;                       ///< of all that was measured

    explicit Distribution(std::vector<double> of) : bounds{std::move(of)}, at_most(bounds.size() + 1) {}

    /// Of the same bounds.
    Distribution& operator+=(const Distribution& other) {
        std::ranges::transform(at_most, other.at_most, at_most.begin(), std::plus{});
        sum += other.sum;
        return *this;
    }
    bool operator==(const Distribution&) const = default;
};

} // namespace axon
