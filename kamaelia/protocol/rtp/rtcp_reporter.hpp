// RTCPReporter: what a sender of RTP tells its client by RTCP, and hears from it (RFC 3550 section 6).
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/protocol/rtp/rtcp_schedule.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"
#include "kamaelia/protocol/rtp/stream_clock.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace kamaelia {

/// What is played has begun, rests or is over.
enum class RTCPNews : std::uint8_t { playing, resting, over };

/// Takes RTCP of the client on `inbox`, whatever it holds, and sends compound packets on `outbox`: a sender
/// report at once when something begins to play, so that a player can tell times from the first packet on,
/// and then by the rules of RFC 3550 6.2 and 6.3, and a BYE when it is over. Of what a client reports, one
/// report a second counts in the statistics, whatever it sends; what bears our own SSRC is ignored.
class RTCPReporter final : public axon::Filter<axon::Bytes, Datagram> {
public:
    struct Settings {
        std::string cname;
        std::uint32_t rate; ///< of the stream's clock
        double bandwidth;   ///< octets a second for RTCP: 5 % of the stream's
    };

    /// The clock outlives it.
    RTCPReporter(const rtp::StreamClock& clock, Settings settings);

    axon::Inbox<RTCPNews> news{*this, "news"};

    /// Where what it sends goes, if that is by UDP: then that, and the stream itself, count as sent by the
    /// connection around it, as of each report and the end.
    void send_to(const Address& client) noexcept { client_ = client; }

    /// When RTCP came last; the beginning of time before.
    [[nodiscard]] axon::Time heard() const noexcept { return heard_; }

private:
    axon::Task<> main() override;
    axon::Task<> close() override;
    axon::Task<std::size_t> report(bool goodbye);
    bool hear(const axon::Bytes& packet, RTPReports& reports);
    void count(std::size_t rtcp) noexcept;
    [[nodiscard]] std::uint64_t ntp() const;
    [[nodiscard]] double random();

    const rtp::StreamClock& clock_;
    Settings settings_;
    Address client_;
    std::uint32_t counted_packets_ = 0; ///< of the stream, as sent
    std::uint32_t counted_octets_ = 0;  ///< likewise
    axon::Time heard_{};
    axon::Time next_statistics_{}; ///< when the next report counts there
};

} // namespace kamaelia
