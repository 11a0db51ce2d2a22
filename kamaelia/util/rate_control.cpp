#include "kamaelia/util/rate_control.hpp"

#include "axon/check.hpp"
#include "axon/sleep.hpp"
#include "kamaelia/util/pace.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia {

RateControl::RateControl(Params params) : params_{params} { AXON_CHECK(params_.bitrate.bits_per_second > 0); }

axon::Task<> RateControl::main() {
    const auto slice = static_cast<std::size_t>(smooth_slice(params_.bitrate));
    start_ = now() - params_.burst;
    while (true) {
        const auto dry_since = inbox.empty() ? now() : axon::Time::max();
        const auto message = co_await inbox.receive();
        if (!message) co_return;
        if (dry_since <= now()) forgo_rate(dry_since);
        std::size_t from = 0;
        do { // an empty message, too
            auto part = message->slice(from, slice);
            from += slice;
            sent_ += part.size();
            co_await sleep_until(start_ + due_after(sent_, params_.bitrate));
            co_await outbox.send(std::move(part));
        } while (from < message->size());
    }
}

// What had become due before is not lost by that: the reader was slow, not the input.
void RateControl::forgo_rate(axon::Time dry_since) noexcept {
    const auto due = start_ + due_after(sent_, params_.bitrate);
    const auto saved = std::max(params_.burst, dry_since - due);
    if (now() - due <= saved) return;
    start_ = now() - saved;
    sent_ = 0;
}

} // namespace kamaelia
