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
        while (auto payload = next()) co_await outbox.send(*std::move(payload));
    }
    std::visit([](auto& packetiser) { packetiser.flush(); }, packetiser_);
    while (auto payload = next()) co_await outbox.send(*std::move(payload));
}

std::optional<rtp::Payload> RTPPacketiser::next() {
    return std::visit([](auto& packetiser) { return packetiser.next(); }, packetiser_);
}

} // namespace kamaelia
