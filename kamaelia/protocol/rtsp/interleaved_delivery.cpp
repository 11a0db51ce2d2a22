#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"

#include "axon/combine.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <algorithm>
#include <span>

namespace kamaelia {

axon::Bytes interleaved(std::uint8_t channel, std::string_view header, std::string_view data) {
    const auto size = header.size() + data.size();
    return axon::Bytes::build(4 + size, [&](std::span<char> room) {
        room[0] = '$';
        room[1] = static_cast<char>(channel);
        room[2] = static_cast<char>(size >> 8U);
        room[3] = static_cast<char>(size);
        std::ranges::copy(data, std::ranges::copy(header, room.begin() + 4).out);
        return room.size();
    });
}

axon::Task<> InterleavedDelivery::main() {
    auto dropped = rtp_counter(cat(), RTPCount::dropped);
    while (!rtcp.ended()) {
        co_await pause();
        while (const auto packet = rtp.try_receive()) {
            if (is_late(*packet))
                ++late_;
            else
                co_await send(channels_.rtp, *packet);
        }
        dropped.set(this->dropped());
        while (const auto packet = rtcp.try_receive()) co_await send(channels_.rtcp, *packet);
    }
}

axon::Task<> InterleavedDelivery::send(std::uint8_t channel, const Datagram& packet) {
    auto frame = interleaved(channel, packet.header.view(), packet.data.view());
    if (outbox.try_send(frame)) co_return;
    stuck_since_ = now();
    co_await outbox.send(std::move(frame));
    stuck_since_ = axon::Time::max();
}

bool InterleavedDelivery::is_late(const Datagram& packet) const {
    const auto parsed = rtp::parse_packet(packet.header.view());
    return parsed && clock_.lateness(parsed->header.timestamp, now()) > patience_;
}

} // namespace kamaelia
