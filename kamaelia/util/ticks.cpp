#include "kamaelia/util/ticks.hpp"

namespace kamaelia {

Ticks::Ticks(axon::Time start, axon::Duration period) noexcept : next_{start}, period_{period} {}

void Ticks::pass(axon::Time now) noexcept {
    next_ += period_;
    if (next_ >= now) return;
    const auto missed = (now - next_ + period_ - axon::Duration{1}) / period_;
    next_ += missed * period_;
}

} // namespace kamaelia
