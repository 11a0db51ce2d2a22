#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia {

axon::Value<std::uint64_t> rtp_counter(axon::Cat& cat, RTPCount what) {
    switch (what) {
    case RTPCount::packets:
        return {cat, {.name = "kamaelia_rtp_packets_total", .help = "Packets of RTP sent."}};
    case RTPCount::dropped:
        return {cat,
                {.name = "kamaelia_rtp_dropped_packets_total",
                 .help = "Packets of RTP dropped for clients that are too slow."}};
    }
    std::unreachable();
}

RTPReports::RTPReports(axon::Cat& cat)
    : reports_{cat,
               {.name = "kamaelia_rtp_receiver_reports_total", .help = "Receiver reports that have come."}},
      lost_{cat,
            {.name = "kamaelia_rtp_lost_packets_total",
             .help = "Packets of RTP that receivers have reported lost."}},
      loss_{cat,
            {.name = "kamaelia_rtp_loss_ratio",
             .help = "What part of its packets a receiver has lost since its report before."},
            {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5}},
      jitter_{cat,
              {.name = "kamaelia_rtp_jitter_seconds",
               .help = "How unevenly packets come to a receiver, as it reports."},
              {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1}},
      round_trip_{
          cat,
          {.name = "kamaelia_rtp_round_trip_seconds", .help = "To a receiver and back, by its reports."},
          {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5}} {}

void RTPReports::add(const rtp::ReceiverStatistics& report, std::uint32_t sent) {
    ++reports_;
    const auto lost = std::min(static_cast<std::uint32_t>(std::max(report.lost, 0)), sent);
    lost_.set(std::max(lost_.get(), std::uint64_t{lost}));
    loss_.add(report.fraction_lost);
    if (report.jitter) jitter_.add(report.jitter->count());
    if (report.round_trip) round_trip_.add(report.round_trip->count());
}

RTPValues::RTPValues(axon::Cat& cat)
    : packets_{rtp_counter(cat, RTPCount::packets)},
      dropped_{rtp_counter(cat, RTPCount::dropped)},
      reports_{cat} {}

} // namespace kamaelia
