#include "kamaelia/protocol/rtp/rtcp_members.hpp"

#include <algorithm>

namespace kamaelia::rtp {

// A finaliser of MurmurHash3, which brings every bit to every other.
bool RtcpMembers::is_sampled(std::uint32_t ssrc) const noexcept {
    auto mixed = ssrc ^ key_;
    mixed = (mixed ^ mixed >> 16) * 0x85EB'CA6B;
    mixed = (mixed ^ mixed >> 13) * 0xC2B2'AE35;
    mixed ^= mixed >> 16;
    return (mixed & ((std::uint64_t{1} << bits_) - 1)) == 0;
}

RtcpMembers::Place RtcpMembers::find(std::uint32_t ssrc) {
    return std::ranges::lower_bound(members_, ssrc, {}, &Member::ssrc);
}

RtcpMembers::Member* RtcpMembers::enter(std::uint32_t ssrc, Time now, bool& is_new) {
    is_new = false;
    auto place = find(ssrc);
    if (place == members_.end() || place->ssrc != ssrc) {
        if (!is_sampled(ssrc)) return nullptr;
        if (members_.size() >= room_) {
            make_room();
            if (!is_sampled(ssrc)) return nullptr;
        }
        place = members_.insert(find(ssrc), {ssrc, false, now, {}});
        is_new = true;
    }
    place->heard = now;
    return &*place;
}

void RtcpMembers::make_room() {
    while (members_.size() >= room_ && bits_ < 32) {
        ++bits_;
        std::erase_if(members_, [this](const Member& member) { return !is_sampled(member.ssrc); });
    }
}

bool RtcpMembers::hear(std::uint32_t ssrc, Time now) {
    bool is_new = false;
    enter(ssrc, now, is_new);
    return is_new;
}

bool RtcpMembers::hear_media(std::uint32_t ssrc, Time now) {
    bool is_new = false;
    if (auto* const member = enter(ssrc, now, is_new)) {
        member->sender = true;
        member->sent = now;
    }
    return is_new;
}

bool RtcpMembers::remove(std::uint32_t ssrc) {
    const auto place = find(ssrc);
    if (place == members_.end() || place->ssrc != ssrc) return false;
    members_.erase(place);
    return true;
}

bool RtcpMembers::time_out(Time heard_since, Time sent_since) {
    const auto gone =
        std::erase_if(members_, [&](const Member& member) { return member.heard < heard_since; });
    for (auto& member : members_) member.sender = member.sender && member.sent >= sent_since;
    // As the session shrinks the sample becomes one of more, who come in when they are heard: one bit each
    // time.
    if (bits_ > 0 && members_.size() < room_ / 4) --bits_;
    return gone > 0;
}

std::uint64_t RtcpMembers::senders() const noexcept {
    return static_cast<std::uint64_t>(std::ranges::count_if(members_, &Member::sender)) << bits_;
}

} // namespace kamaelia::rtp
