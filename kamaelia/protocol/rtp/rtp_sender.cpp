#include "kamaelia/protocol/rtp/rtp_sender.hpp"

#include "axon/prefetch.hpp"
#include "axon/sleep.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

namespace kamaelia {

axon::Task<> RTPSender::main() {
    auto payload = co_await inbox.receive();
    if (!payload) co_return;
    position_ = payload->timestamp;
    co_await begun.send({position_});
    const auto told = co_await go.receive();
    if (!told) co_return;
    position_ = std::max(position_, told->from);
    if (!told->goes_on) clock_.begin(position_, now());
    auto sent = rtp_counter(cat(), RTPCount::packets);
    ahead_.push_back(*std::move(payload));
    while (!ahead_.empty() || co_await take_more()) {
        next_ = std::move(ahead_.back());
        ahead_.pop_back();
        if (next_.timestamp < told->from) continue;
        co_await sleep_until(clock_.due(next_.timestamp));
        position_ = next_.timestamp + next_.duration;
        const auto header = header_of(next_);
        receivers_.tidy();
        const auto places = receivers_.size();
        for (std::size_t i = 0; i < places; ++i) {
            auto* const receiver = receivers_.at(i);
            if (!receiver) continue;
            if (const auto* const address = std::get_if<Address>(receiver))
                co_await outbox.send({*address, header, next_.bytes});
            else
                (void)std::get<axon::Sender<Datagram>>(*receiver).try_send({{}, header, next_.bytes});
            ++sent;
        }
    }
    co_await sleep_until(clock_.due(position_));
}

void RTPSender::fetch() const noexcept {
    axon::prefetch(&clock_, sizeof clock_);
    axon::prefetch(ahead_.data(), ahead_.size() * sizeof(rtp::Payload));
    receivers_.fetch();
    next_.bytes.fetch();
}

// False when the input has ended.
axon::Task<bool> RTPSender::take_more() {
    auto payload = co_await inbox.receive();
    for (; payload; payload = inbox.try_receive()) ahead_.push_back(*std::move(payload));
    std::ranges::reverse(ahead_);
    co_return !ahead_.empty();
}

DatagramHeader RTPSender::header_of(const rtp::Payload& payload) {
    std::array<char, rtp::header_size> room;
    rtp::write_header(clock_.next_header(payload), room);
    return DatagramHeader{std::string_view{room.data(), room.size()}};
}

} // namespace kamaelia
