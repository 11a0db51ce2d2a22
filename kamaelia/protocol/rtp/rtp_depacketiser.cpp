#include "kamaelia/protocol/rtp/rtp_depacketiser.hpp"

#include "axon/combine.hpp"
#include "axon/sleep.hpp"
#include "kamaelia/protocol/rtp/ntp_time.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtp/rtcp_schedule.hpp"

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>

namespace kamaelia {
namespace {

constexpr std::size_t udp_and_ip = 28; // octets in front of a packet, which count (RFC 3550 6.2)

} // namespace

RTPDepacketiser::RTPDepacketiser(Settings settings)
    : settings_{std::move(settings)}, reception_{settings_.rate} {}

axon::Task<> RTPDepacketiser::main() {
    const rtp::RtcpLoad load{.bandwidth = settings_.bandwidth, .members = 2, .senders = 1};
    rtp::RtcpSchedule schedule{load, now(), random()};
    while (!over_) {
        if (co_await axon::first_of(sleep_until(schedule.next()), inbox.receive()) == 0) {
            if (schedule.is_due(now(), random())) schedule.sent(now(), co_await report(false), random());
            continue;
        }
        const auto news = inbox.try_receive();
        if (!news) break;
        std::visit([&](const auto& each) { take(each); }, *news);
        if (const auto* const rtcp = std::get_if<RTCPData>(&*news))
            schedule.received(rtcp->packet.size() + udp_and_ip);
        co_await send_packets();
    }
    settings_.depacketiser.flush();
    co_await send_packets();
    if (reported_) co_await report(true);
}

void RTPDepacketiser::take(const RTPData& data) {
    const auto packet = rtp::parse_packet(data.packet.view());
    if (!packet || packet->header.payload_type != settings_.payload_type) return;
    if (packet->header.ssrc != settings_.ssrc.value_or(packet->header.ssrc)) return;
    settings_.ssrc = packet->header.ssrc;
    (void)reception_.take(packet->header, now());
    settings_.depacketiser.add(*packet);
}

void RTPDepacketiser::take(const RTCPData& data) {
    const auto compound = rtp::parse_rtcp(data.packet.view());
    if (!compound) return;
    const auto is_source = [&](std::uint32_t ssrc) { return ssrc == settings_.ssrc.value_or(ssrc); };
    for (const auto& each : compound->reports)
        if (each.sender && is_source(each.ssrc))
            reception_.take_report(rtp::middle_of(each.sender->ntp), now());
    for (const auto& goodbye : compound->goodbyes)
        over_ = over_ || std::ranges::any_of(goodbye.ssrcs, is_source);
}

axon::Task<> RTPDepacketiser::send_packets() {
    while (auto packet = settings_.depacketiser.next()) co_await outbox.send(*std::move(packet));
}

// Says how many octets that were.
axon::Task<std::size_t> RTPDepacketiser::report(bool goodbye) {
    reported_ = true;
    rtp::Report report{.ssrc = settings_.own_ssrc};
    if (reception_.received() > 0) report.blocks.push_back(reception_.report(now()));
    auto packet = rtp::format_rtcp(report, settings_.cname,
                                   goodbye ? std::optional<std::string_view>{""} : std::nullopt);
    const auto size = packet.size() + udp_and_ip;
    co_await reports.send(std::move(packet));
    co_return size;
}

double RTPDepacketiser::random() { return std::uniform_real_distribution{}(scheduler().random()); }

} // namespace kamaelia
