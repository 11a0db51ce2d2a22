#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <utility>

namespace kamaelia {
namespace {

axon::ValueInfo info(RTPCount what) {
    constexpr auto kind = axon::ValueKind::counter;
    switch (what) {
    case RTPCount::packets:
        return {.name = "kamaelia_rtp_packets_total", .help = "Packets of RTP sent.", .kind = kind};
    case RTPCount::dropped:
        return {.name = "kamaelia_rtp_dropped_packets_total",
                .help = "Packets of RTP dropped for clients that are too slow.",
                .kind = kind};
    case RTPCount::reports:
        return {.name = "kamaelia_rtp_receiver_reports_total",
                .help = "Receiver reports that have come.",
                .kind = kind};
    case RTPCount::lost:
        return {.name = "kamaelia_rtp_lost_packets_total",
                .help = "Packets of RTP that receivers have reported lost.",
                .kind = kind};
    }
    std::unreachable();
}

} // namespace

axon::Value<std::uint64_t> rtp_counter(axon::Cat& cat, RTPCount what) {
    return axon::Value<std::uint64_t>{cat, info(what)};
}

RTPValues::RTPValues(axon::Cat& cat)
    : packets_{rtp_counter(cat, RTPCount::packets)},
      dropped_{rtp_counter(cat, RTPCount::dropped)},
      reports_{rtp_counter(cat, RTPCount::reports)},
      lost_{rtp_counter(cat, RTPCount::lost)} {}

} // namespace kamaelia
