#include "kamaelia/protocol/rtp/rtcp_reporter.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "kamaelia/protocol/rtp/ntp_time.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>

namespace kamaelia {
namespace {

// Who has sent so much can't have lost more.
std::uint64_t believable_loss(std::int32_t claimed, std::uint32_t sent) {
    return std::min(static_cast<std::uint32_t>(std::max(claimed, 0)), sent);
}

constexpr std::size_t udp_and_ip = 28; // octets in front of a packet, which count (RFC 3550 6.2)

} // namespace

RTCPReporter::RTCPReporter(const rtp::StreamClock& clock, Settings settings)
    : clock_{clock}, settings_{std::move(settings)}, receiver_{settings_.rate} {}

axon::Task<> RTCPReporter::main() {
    auto reports = rtp_counter(cat(), RTPCount::reports);
    auto lost = rtp_counter(cat(), RTPCount::lost);
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
            hear(*packet);
            reports.set(receiver_.reports());
            lost.set(std::max(lost.get(), believable_loss(receiver_.lost(), clock_.packets())));
            schedule.received(packet->size() + udp_and_ip);
            break;
        }
        default:
            if (schedule.is_due(now(), random())) schedule.sent(now(), co_await report(false), random());
        }
    }
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
    co_await outbox.send({client_, {}, std::move(packet)});
    co_return size;
}

void RTCPReporter::hear(const axon::Bytes& packet) {
    const auto compound = rtp::parse_rtcp(packet.view());
    if (!compound) return;
    heard_ = now();
    for (const auto& report : compound->reports)
        for (const auto& block : report.blocks)
            if (block.ssrc == clock_.ssrc()) receiver_.take(block, ntp());
}

std::uint64_t RTCPReporter::ntp() const { return rtp::ntp_time(system().clock().wall()); }

double RTCPReporter::random() { return std::uniform_real_distribution{}(scheduler().random()); }

} // namespace kamaelia
