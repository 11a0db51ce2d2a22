// MessageRateControl: lets messages through one each period.
//
//     protocol:
//       - LineSplit: { keep_newline: yes }
//       - MessageRateControl: { period: 500ms, burst: 5 }     # nobody is answered faster than he can read
//       - Echo
#pragma once

#include "axon/check.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "axon/sleep.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace kamaelia {

/// As RateControl, for messages whatever their size: the next one is due a period after the last one was
/// due, so it never drifts. `burst` messages may leave at once at the beginning and after a pause.
/// Ends when its input ends and the last message has left.
template <class T>
class MessageRateControl final : public axon::Filter<T, T> {
public:
    struct Params {
        axon::Duration period = std::chrono::seconds{1};
        std::uint32_t burst = 1;

        static auto fields() {
            using namespace std::chrono_literals;
            return axon::fields(
                axon::field("period", &Params::period, "from one message to the next").range(1us, 24h),
                axon::field("burst", &Params::burst, "messages that may leave at once after a pause")
                    .range(1, 1'000'000));
        }
        bool operator==(const Params&) const = default;
    };

    /// The period is more than 0, and so is the burst.
    explicit MessageRateControl(Params params) : params_{params} {
        AXON_CHECK(params_.period > axon::Duration::zero() && params_.burst > 0);
    }

private:
    axon::Task<> main() override {
        constexpr axon::Duration century = std::chrono::years{100}; // no burst lasts longer, nor overflows
        const auto burst =
            std::min<axon::Duration::rep>(params_.burst - 1, century / params_.period) * params_.period;
        auto due = this->now() - burst;
        while (true) {
            const auto dry_since = this->inbox.empty() ? this->now() : axon::Time::max();
            auto message = co_await this->inbox.receive();
            if (!message) co_return;
            if (dry_since <= this->now()) due = std::max(due, this->now() - std::max(burst, dry_since - due));
            co_await this->sleep_until(due);
            due += params_.period;
            co_await this->outbox.send(std::move(*message));
        }
    }

    Params params_;
};

} // namespace kamaelia
