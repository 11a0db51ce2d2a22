#include "axon/timer.hpp"

#include <utility>

namespace axon {

void Timer::cancel() noexcept {
    if (!pending()) return;
    auto& slot = *std::exchange(slot_, nullptr);
    if (slot.expiring) {
        slot.entries[index_].timer = nullptr;
        return;
    }
    slot.entries[index_] = slot.entries.back();
    slot.entries[index_].timer->index_ = index_;
    slot.entries.pop_back();
}

} // namespace axon
