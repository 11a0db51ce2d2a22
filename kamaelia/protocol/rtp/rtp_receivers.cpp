#include "kamaelia/protocol/rtp/rtp_receivers.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia {
namespace {

bool has_lost_its_inbox(const RTPReceiver& receiver) {
    const auto* const inbox = std::get_if<axon::Sender<Datagram>>(&receiver);
    return inbox && !inbox->linked();
}

} // namespace

std::uint32_t RTPReceivers::add(RTPReceiver receiver) {
    all_.push_back({.receiver = std::move(receiver), .id = next_});
    return next_++;
}

void RTPReceivers::remove(std::uint32_t id) noexcept {
    const auto found = std::ranges::lower_bound(all_, id, {}, &Place::id);
    if (found != all_.end() && found->id == id) found->gone = true;
}

void RTPReceivers::tidy() {
    std::erase_if(all_, [](const Place& place) { return place.gone || has_lost_its_inbox(place.receiver); });
}

} // namespace kamaelia
