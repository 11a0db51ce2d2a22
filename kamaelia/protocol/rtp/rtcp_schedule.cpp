#include "kamaelia/protocol/rtp/rtcp_schedule.hpp"

#include <algorithm>

namespace kamaelia::rtp {
namespace {

RtcpLoad begun(RtcpLoad load) {
    load.initial = true;
    return load;
}

RtcpSchedule::Time::duration scaled(RtcpSchedule::Time::duration time, double factor) {
    return std::chrono::duration_cast<RtcpSchedule::Time::duration>(time * factor);
}

} // namespace

RtcpSchedule::RtcpSchedule(const RtcpLoad& load, Time now, double random)
    : load_{begun(load)}, previous_{now}, next_{after(now, random)}, members_before_{load.members} {}

RtcpSchedule::Time RtcpSchedule::after(Time time, double random) const {
    return time + std::chrono::duration_cast<Time::duration>(rtcp_interval(load_, random));
}

bool RtcpSchedule::is_due(Time now, double random) {
    const auto again = after(previous_, random);
    members_before_ = load_.members;
    if (again <= now) return true;
    next_ = again;
    return false;
}

void RtcpSchedule::sent(Time now, std::size_t octets, double random) {
    average_in(octets);
    load_.initial = false;
    previous_ = now;
    next_ = after(now, random);
    members_before_ = load_.members;
}

void RtcpSchedule::received(std::size_t octets) noexcept { average_in(octets); }

void RtcpSchedule::average_in(std::size_t octets) noexcept {
    load_.average_size += (static_cast<double>(octets) - load_.average_size) / 16;
}

void RtcpSchedule::set_members(Time now, std::uint64_t members, std::uint64_t senders, bool we_send) {
    load_.members = std::max<std::uint64_t>(members, 1);
    load_.senders = senders;
    load_.we_send = we_send;
    if (load_.members >= members_before_) return;
    const auto left = static_cast<double>(load_.members) / static_cast<double>(members_before_);
    next_ = now + scaled(next_ - now, left);
    previous_ = now - scaled(now - previous_, left);
    members_before_ = load_.members;
}

} // namespace kamaelia::rtp
