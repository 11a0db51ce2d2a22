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
    auto counter = rtp_counter(cat(), RTPCount::dropped);
    while (!rtcp.ended()) {
        co_await pause();
        for (auto frame = next(); !frame.bytes.empty(); frame = next())
            co_await send(std::move(frame), counter);
        counter.set(dropped());
    }
}

// The first that is not late; an empty one where nothing waits. A slow client leaves packets waiting for
// ever, and is to have reports all the same; only the last may be the goodbye, which comes behind them.
InterleavedDelivery::Frame InterleavedDelivery::next() {
    if (rtcp.size() > 1) return report();
    while (const auto packet = rtp.try_receive()) {
        auto late_at = axon::Time::max();
        if (const auto parsed = rtp::parse_packet(packet->header.view()))
            late_at = now() + (patience_ - clock_.lateness(parsed->header.timestamp, now()));
        if (now() < late_at)
            return {interleaved(channels_.rtp, packet->header.view(), packet->data.view()), late_at};
        ++late_;
    }
    return report();
}

InterleavedDelivery::Frame InterleavedDelivery::report() {
    const auto packet = rtcp.try_receive();
    if (!packet) return {};
    return {interleaved(channels_.rtcp, packet->header.view(), packet->data.view())};
}

// While the connection takes nothing, what has become late gives way to what has not. When there is none, an
// empty one waits instead, to learn when something is taken again.
axon::Task<> InterleavedDelivery::send(Frame frame, axon::Value<std::uint64_t>& counter) {
    if (outbox.try_send(frame.bytes)) co_return;
    stuck_since_ = now();
    while (!co_await axon::within(std::min(frame.late_at - now(), patience_),
                                  outbox.send(std::move(frame.bytes)))) {
        if (now() >= frame.late_at) ++late_;
        if (now() >= frame.late_at || frame.bytes.empty()) frame = next();
        counter.set(dropped());
    }
    stuck_since_ = axon::Time::max();
}

} // namespace kamaelia
