#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"

#include "axon/combine.hpp"

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
    while (!rtp.ended() || !rtcp.ended()) {
        co_await pause();
        while (const auto packet = rtp.try_receive())
            co_await outbox.send(interleaved(channels_.rtp, packet->header.view(), packet->payload.view()));
        while (const auto packet = rtcp.try_receive())
            co_await outbox.send(interleaved(channels_.rtcp, {}, packet->view()));
    }
}

} // namespace kamaelia
