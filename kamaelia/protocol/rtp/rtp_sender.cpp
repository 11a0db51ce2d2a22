#include "kamaelia/protocol/rtp/rtp_sender.hpp"

#include "axon/sleep.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace kamaelia {

axon::Task<> RTPSender::main() {
    auto payload = co_await inbox.receive();
    if (!payload) co_return;
    position_ = payload->timestamp;
    clock_.begin(position_, now());
    co_await begun.send({position_, clock_.sequence(), clock_.rtp_time(position_)});
    if (!co_await go.receive()) co_return;
    clock_.begin(position_, now());
    auto sent = rtp_counter(cat(), RTPCount::packets);
    for (; payload; payload = co_await next()) {
        co_await sleep_until(clock_.due(payload->timestamp));
        sent += co_await send(*payload);
    }
    co_await sleep_until(clock_.due(position_));
}

axon::Task<std::optional<rtp::Payload>> RTPSender::next() {
    if (ahead_.empty()) {
        auto payload = co_await inbox.receive();
        while (auto another = inbox.try_receive()) ahead_.push_back(*std::move(another));
        std::ranges::reverse(ahead_);
        co_return payload;
    }
    auto payload = std::move(ahead_.back());
    ahead_.pop_back();
    co_return payload;
}

// To how many.
axon::Task<std::size_t> RTPSender::send(const rtp::Payload& payload) {
    std::array<char, rtp::header_size> room;
    rtp::write_header(clock_.next_header(payload), room);
    const DatagramHeader header{std::string_view{room.data(), room.size()}};
    position_ = payload.timestamp + payload.duration;
    receivers_.tidy();
    const auto places = receivers_.size();
    std::size_t sent = 0;
    for (std::size_t i = 0; i < places; ++i) {
        auto* const receiver = receivers_.at(i);
        if (!receiver) continue;
        ++sent;
        if (const auto* const address = std::get_if<Address>(receiver))
            co_await outbox.send({*address, header, payload.bytes});
        else
            (void)std::get<axon::Sender<Datagram>>(*receiver).try_send({{}, header, payload.bytes});
    }
    co_return sent;
}

} // namespace kamaelia
