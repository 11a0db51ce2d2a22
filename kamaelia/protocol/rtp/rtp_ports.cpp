#include "kamaelia/protocol/rtp/rtp_ports.hpp"

#include "axon/awaited.hpp"
#include "axon/cat.hpp"
#include "axon/linkages.hpp"
#include "axon/scheduler.hpp"
#include "axon/system.hpp"
#include "kamaelia/internet/network.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

namespace kamaelia {
namespace {

constexpr int most_pairs = 100; // that are tried
constexpr std::size_t few = 64; // clients that may be gone without being looked for

std::string service_name(const Address& local, std::uint16_t first) {
    return "RTP ports of " + local.with_port(first).text();
}

using Pair = std::pair<std::unique_ptr<DatagramSocket>, std::unique_ptr<DatagramSocket>>;

Pair open_pair(Network& network, const Address& local, std::uint16_t first) {
    for (int i = 0; i < most_pairs && first + 2 * i < 65'535; ++i) {
        try {
            const auto port = static_cast<std::uint16_t>(first == 0 ? 0 : first + 2 * i);
            auto rtp = network.open_datagrams(local.with_port(port));
            if (rtp->address().port() % 2 != 0) continue;
            const auto above = static_cast<std::uint16_t>(rtp->address().port() + 1);
            return {std::move(rtp), network.open_datagrams(local.with_port(above))};
        } catch (const std::system_error& refused) {
            if (refused.code() != std::errc::address_in_use) throw;
        }
    }
    throw std::system_error{std::make_error_code(std::errc::address_in_use),
                            "cannot open a pair of UDP ports from " + local.with_port(first).text() + " on"};
}

} // namespace

// Somebody is linked to it, or something has come.
class RTPPorts::Needed final : public axon::Wait {
public:
    explicit Needed(RTPPorts& ports) noexcept : ports_{ports} {}
    [[nodiscard]] bool ready() const noexcept override {
        return !ports_.clients_.empty() || !ports_.heard_.empty() || !ports_.clients_.first_source();
    }
    [[nodiscard]] bool done_with(const axon::InboxBase& inbox) const noexcept override {
        return &inbox == &ports_.clients_ || &inbox == &ports_.heard_;
    }
    void describe(std::vector<axon::Awaited>& list) const override {
        list.push_back({.what = axon::Awaited::What::input, .box = &ports_.clients_});
    }
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        ports_.suspend(*this);
    }
    static void await_resume() noexcept {}

private:
    RTPPorts& ports_;
};

rtp::PortPair RTPPorts::link(axon::Component& user, const Boxes& boxes, const Address& local,
                             std::uint16_t first) {
    auto& scheduler = user.scheduler();
    const auto service = service_name(local, first);
    if (!scheduler.cat().find(service)) {
        auto [rtp, rtcp] = open_pair(Network::of(user.system()), local, first);
        auto ports = std::make_unique<RTPPorts>(std::move(rtp), std::move(rtcp));
        scheduler.cat().offer(service, ports->clients_);
        const auto& opened = *ports;
        scheduler.start(std::move(ports));
        opened.tell(local, first);
    }
    scheduler.cat().link(service, boxes.clients);
    auto& ports = dynamic_cast<RTPPorts&>(scheduler.cat().find(service)->owner());
    axon::link(boxes.rtp, ports.rtp_.inbox);
    axon::link(boxes.rtcp, ports.rtcp_.inbox);
    return ports.ports_;
}

RTPPorts::RTPPorts(std::unique_ptr<DatagramSocket> rtp, std::unique_ptr<DatagramSocket> rtcp)
    : ports_{rtp->address().port(), rtcp->address().port()},
      rtp_{child<UDPTransceiver>(std::move(rtp))},
      rtcp_{child<UDPTransceiver>(std::move(rtcp))} {
    rtp_.set_label("RTP");
    rtcp_.set_label("RTCP");
    axon::link(rtcp_.outbox, heard_);
}

axon::Task<> RTPPorts::main() {
    while (true) {
        co_await Needed{*this};
        while (auto client = clients_.try_receive()) add(*std::move(client));
        while (const auto datagram = heard_.try_receive()) dispatch(*datagram);
        if (!clients_.first_source()) break;
    }
    stop(rtp_);
    stop(rtcp_);
}

// A firewall has to know. Each worker has a pair: only what is behind as many of them is there because others
// have had the first.
void RTPPorts::tell(const Address& local, std::uint16_t wanted) const {
    const auto host = local.host();
    const std::array fields{axon::LogField{"address", host}, axon::LogField{"rtp", std::uint64_t{ports_.rtp}},
                            axon::LogField{"rtcp", std::uint64_t{ports_.rtcp}},
                            axon::LogField{"rtp_port", std::uint64_t{wanted}}};
    if (wanted != 0 && ports_.rtp >= wanted + 2 * system().workers())
        log(axon::LogLevel::warning, "UDP ports are open behind those wanted, which are taken", fields);
    else
        log(axon::LogLevel::info, "UDP ports are open", axon::LogFields{fields}.first(fields.size() - 1));
}

void RTPPorts::add(RTCPClient client) {
    if (by_stream_.size() >= tidy_at_) {
        std::erase_if(by_peer_, [](const auto& each) { return !each.second->linked(); });
        std::erase_if(by_stream_, [](const auto& each) { return !each.second.linked(); });
        tidy_at_ = 2 * by_stream_.size() + few;
    }
    const auto place = by_stream_.emplace(Stream{client.peer.host(), client.ssrc}, std::move(client.reports));
    by_peer_.emplace(client.peer.text(), &place->second);
}

void RTPPorts::dispatch(const Datagram& datagram) {
    auto* reports = by_what_it_names(datagram);
    if (!reports) reports = last_from(datagram.peer.text());
    if (reports) (void)reports->try_send(datagram.data);
}

RTPPorts::Reports* RTPPorts::by_what_it_names(const Datagram& datagram) {
    const auto compound = rtp::parse_rtcp(datagram.data.view());
    if (!compound) return nullptr;
    Stream named{datagram.peer.host(), 0};
    for (const auto& block : compound->reports.front().blocks) {
        named.second = block.ssrc;
        const auto [first, last] = by_stream_.equal_range(named);
        const auto found = std::find_if(first, last, [](const auto& each) { return each.second.linked(); });
        if (found != last) return &found->second;
    }
    return nullptr;
}

RTPPorts::Reports* RTPPorts::last_from(const std::string& peer) {
    while (true) {
        const auto [first, last] = by_peer_.equal_range(peer);
        if (first == last) return nullptr;
        const auto newest = std::prev(last);
        if (newest->second->linked()) return newest->second;
        by_peer_.erase(newest);
    }
}

} // namespace kamaelia
