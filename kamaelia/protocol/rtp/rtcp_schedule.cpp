#include "kamaelia/protocol/rtp/rtcp_schedule.hpp"

namespace kamaelia::rtp {
namespace {

RtcpLoad begun(RtcpLoad load) {
    load.initial = true;
    return load;
}

} // namespace

RtcpSchedule::RtcpSchedule(const RtcpLoad& load, Time now, double random)
    : load_{begun(load)}, previous_{now}, next_{after(now, random)} {}

RtcpSchedule::Time RtcpSchedule::after(Time time, double random) const {
    return time + std::chrono::duration_cast<Time::duration>(rtcp_interval(load_, random));
}

bool RtcpSchedule::is_due(Time now, double random) {
    const auto again = after(previous_, random);
    if (again <= now) return true;
    next_ = again;
    return false;
}

void RtcpSchedule::sent(Time now, std::size_t octets, double random) {
    average_in(octets);
    load_.initial = false;
    previous_ = now;
    next_ = after(now, random);
}

void RtcpSchedule::received(std::size_t octets) noexcept { average_in(octets); }

void RtcpSchedule::average_in(std::size_t octets) noexcept {
    load_.average_size += (static_cast<double>(octets) - load_.average_size) / 16;
}

} // namespace kamaelia::rtp
