// Clock: sends a message each period.
//
//     protocol:
//       - Clock: { period: 1s, message: "tick\n" }
//
//     auto& clock = child<Clock<Tick>>(Clock<Tick>::Params{.period = 20ms});
#pragma once

#include "axon/check.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "axon/sleep.hpp"
#include "kamaelia/util/ticks.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace kamaelia {

/// Each message is due at the start and a whole number of periods, so the clock never drifts, however late
/// it is now and then. Where there was no room for one until the next was due, that is left out, not made
/// up for. Never ends by itself.
template <class T>
class Clock final : public axon::Source<T> {
public:
    struct Params {
        axon::Duration period = std::chrono::seconds{1};
        std::optional<axon::Duration> first{};
        T message{};

        static auto fields() {
            using namespace std::chrono_literals;
            return axon::fields(
                axon::field("period", &Params::period, "from one message to the next").range(1ms, 24h),
                axon::field("first", &Params::first, "how long until the first one; a period if not given"),
                axon::field("message", &Params::message, "what it sends").required());
        }
        bool operator==(const Params&) const = default;
    };

    /// The period is more than 0.
    explicit Clock(Params params) : params_{std::move(params)} {
        AXON_CHECK(params_.period > axon::Duration::zero());
    }

private:
    axon::Task<> main() override {
        Ticks ticks{this->now() + params_.first.value_or(params_.period), params_.period};
        while (true) {
            co_await this->sleep_until(ticks.next());
            co_await this->outbox.send(params_.message);
            ticks.pass(this->now());
        }
    }

    Params params_;
};

} // namespace kamaelia
