// RateControl: lets bytes through at a bit rate.
//
//     protocol:
//       - ReadFileAdaptor: { filename: notes.txt }
//       - RateControl: { bitrate: 64k, burst: 2s }
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"

#include <chrono>
#include <cstdint>

namespace kamaelia {

/// No byte leaves before it is due, counted from the start, so it never drifts, and what a slow receiver
/// missed it gets at once, and no more. What could have left while the input had run dry is lost to it, but
/// for `burst`: so much, in seconds of the rate, may leave at once at the beginning and after a pause.
/// Messages of more than a tenth of a second (but at least 256 bytes) leave in slices of that size, which
/// share the bytes; smaller ones leave as they came. What is above it is held up by its full inbox and need
/// not be asked for each piece. Ends when its input ends and the last byte was due.
class RateControl final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    struct Params {
        axon::BitRate bitrate{128'000};
        axon::Duration burst{};

        static auto fields() {
            return axon::fields(
                axon::field("bitrate", &Params::bitrate, "bits per second").range({1'000}, {10'000'000'000}),
                axon::field("burst", &Params::burst, "what may leave at once at first and after a pause")
                    .range({}, std::chrono::hours{1}));
        }
        bool operator==(const Params&) const = default;
    };

    /// The bit rate is more than 0.
    explicit RateControl(Params params);

private:
    axon::Task<> main() override;
    /// The input had run dry until now.
    void forgo_rate(axon::Time dry_since) noexcept;

    Params params_;
    axon::Time start_;       ///< what is due is counted from here
    std::uint64_t sent_ = 0; ///< bytes since then
};

} // namespace kamaelia
