#include "kamaelia/protocol/rtp/rtcp_reporter.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "kamaelia/chassis/connection_ends.hpp"
#include "kamaelia/protocol/rtp/ntp_time.hpp"
#include "kamaelia/protocol/rtp/receiver_statistics.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>

namespace kamaelia {
namespace {

constexpr std::size_t udp_and_ip = 28; // octets in front of a packet, which count (RFC 3550 6.2)
constexpr auto statistics_interval = std::chrono::seconds{1};

// Our own that has come back, or somebody's who has taken our SSRC (RFC 3550 8.2).
bool bears(const rtp::Compound& compound, std::uint32_t ssrc) {
    const auto is_of = [ssrc](const auto& part) { return part.ssrc == ssrc; };
    const auto names = [ssrc](const rtp::Goodbye& goodbye) {
        return std::ranges::find(goodbye.ssrcs, ssrc) != goodbye.ssrcs.end();
    };
    return std::ranges::any_of(compound.reports, is_of) || std::ranges::any_of(compound.names, is_of) ||
           std::ranges::any_of(compound.goodbyes, names);
}

// There is no more than one from each who hears it.
const rtp::ReportBlock* block_about(std::uint32_t ssrc, const rtp::Compound& compound) {
    for (const auto& report : compound.reports) {
        const auto block = std::ranges::find(report.blocks, ssrc, &rtp::ReportBlock::ssrc);
        if (block != report.blocks.end()) return &*block;
    }
    return nullptr;
}

} // namespace

RTCPReporter::RTCPReporter(const rtp::StreamClock& clock, Settings settings)
    : clock_{clock}, settings_{std::move(settings)} {}

axon::Task<> RTCPReporter::main() {
    RTPReports reports{cat()};
    const rtp::RtcpLoad load{.bandwidth = settings_.bandwidth, .members = 2, .senders = 1, .we_send = true};
    rtp::RtcpSchedule schedule{load, now(), random()};
    bool playing = false;
    while (true) {
        const auto next = playing ? schedule.next() : axon::Time::max();
        switch (co_await axon::first_of(news.receive(), inbox.receive(), sleep_until(next))) {
        case 0: {
            const auto what = news.try_receive();
            if (!what) co_return;
            playing = *what == RTCPNews::playing;
            if (*what == RTCPNews::over) co_await report(true);
            if (playing) schedule.sent(now(), co_await report(false), random());
            break;
        }
        case 1: {
            const auto packet = inbox.try_receive();
            if (!packet) co_return;
            if (hear(*packet, reports)) schedule.received(packet->size() + udp_and_ip);
            break;
        }
        default:
            if (schedule.is_due(now(), random())) schedule.sent(now(), co_await report(false), random());
        }
    }
}

// What has been sent since the last report.
axon::Task<> RTCPReporter::close() {
    count(0);
    return {};
}

// The packets themselves are too many to be counted one by one.
void RTCPReporter::count(std::size_t rtcp) noexcept {
    if (client_.port() == 0) return;
    const auto packets = clock_.packets() - std::exchange(counted_packets_, clock_.packets());
    const auto octets = clock_.octets() - std::exchange(counted_octets_, clock_.octets());
    count_sent(*this, rtcp + octets + std::uint64_t{packets} * rtp::header_size);
}

// Says how many octets that were.
axon::Task<std::size_t> RTCPReporter::report(bool goodbye) {
    const rtp::Report report{.ssrc = clock_.ssrc(),
                             .sender = rtp::SenderInfo{.ntp = ntp(),
                                                       .rtp_timestamp = clock_.rtp_time(now()),
                                                       .packets = clock_.packets(),
                                                       .octets = clock_.octets()}};
    auto packet = rtp::format_rtcp(report, settings_.cname,
                                   goodbye ? std::optional<std::string_view>{""} : std::nullopt);
    const auto size = packet.size() + udp_and_ip;
    count(packet.size());
    co_await outbox.send({client_, {}, std::move(packet)});
    co_return size;
}

// False for junk.
bool RTCPReporter::hear(const axon::Bytes& packet, RTPReports& reports) {
    const auto compound = rtp::parse_rtcp(packet.view());
    if (!compound || bears(*compound, clock_.ssrc())) return false;
    heard_ = now();
    const auto* const block = block_about(clock_.ssrc(), *compound);
    if (block && now() >= next_statistics_) {
        next_statistics_ = now() + statistics_interval;
        reports.add(rtp::statistics_of(*block, ntp(), settings_.rate), clock_.packets());
    }
    return true;
}

std::uint64_t RTCPReporter::ntp() const { return rtp::ntp_time(system().clock().wall()); }

double RTCPReporter::random() { return std::uniform_real_distribution{}(scheduler().random()); }

} // namespace kamaelia
