// RTPValues: what is counted of RTP, of all sessions together.
//
//     const kamaelia::RTPValues totals{cat()};              // where the totals are to last
//     auto sent = kamaelia::rtp_counter(cat(), kamaelia::RTPCount::packets);     // one more who counts
//     ++sent;
//     kamaelia::RTPReports reports{cat()};
//     reports.add(statistics, packets);
#pragma once

#include "axon/cat.hpp"
#include "axon/value.hpp"
#include "kamaelia/protocol/rtp/receiver_statistics.hpp"

#include <cstdint>

namespace kamaelia {

enum class RTPCount : std::uint8_t {
    packets, ///< sent, one to each receiver; what is dropped later counts, too
    dropped  ///< packets that were not sent, to a client that is too slow
};

/// A writer of that series, kamaelia_rtp_packets_total and the like. Throws axon::CatError.
[[nodiscard]] axon::Value<std::uint64_t> rtp_counter(axon::Cat& cat, RTPCount what);

/// A writer of what a receiver reports.
class RTPReports {
public:
    /// Throws axon::CatError.
    explicit RTPReports(axon::Cat& cat);

    /// One came from whom `sent` packets have been sent to until now: it can't have lost more.
    void add(const rtp::ReceiverStatistics& report, std::uint32_t sent);

private:
    axon::Value<std::uint64_t> reports_;
    axon::Value<std::uint64_t> lost_;
    axon::Value<axon::Distribution> loss_;
    axon::Value<axon::Distribution> jitter_;
    axon::Value<axon::Distribution> round_trip_;
};

/// Has all of them declared, with 0 at first.
class RTPValues {
public:
    explicit RTPValues(axon::Cat& cat);

private:
    axon::Value<std::uint64_t> packets_;
    axon::Value<std::uint64_t> dropped_;
    RTPReports reports_;
};

} // namespace kamaelia
