#include "kamaelia/protocol/rtp/rtp_packetiser.hpp"

#include <utility>

namespace kamaelia {

RTPPacketiser::RTPPacketiser(Packetiser packetiser)
    : Filter{axon::InboxOptions{.capacity = most_in_advance, .required = true}},
      packetiser_{std::move(packetiser)} {}

axon::Task<> RTPPacketiser::main() {
    while (const auto packet = co_await inbox.receive()) {
        std::visit(
            [&](auto& packetiser) {
                packetiser.add({packet->data.view(), packet->timestamp, packet->duration});
            },
            packetiser_);
        co_await send_payloads();
    }
    std::visit([](auto& packetiser) { packetiser.flush(); }, packetiser_);
    co_await send_payloads();
}

axon::Task<> RTPPacketiser::send_payloads() {
    while (auto payload = std::visit([](auto& packetiser) { return packetiser.next(); }, packetiser_))
        co_await outbox.send(*std::move(payload));
}

} // namespace kamaelia
