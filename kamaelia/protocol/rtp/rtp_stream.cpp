#include "kamaelia/protocol/rtp/rtp_stream.hpp"

#include "axon/sleep.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace kamaelia {

axon::Task<> RTPStream::main() {
    auto payload = co_await inbox.receive();
    if (!payload) co_return;
    position_ = payload->timestamp;
    clock_.begin(position_, now());
    co_await begun.send({position_, clock_.sequence(), clock_.rtp_time(position_)});
    if (!co_await go.receive()) co_return;
    clock_.begin(position_, now());
    for (; payload; payload = co_await inbox.receive()) {
        co_await sleep_until(clock_.due(payload->timestamp));
        std::array<char, rtp::header_size> header;
        rtp::write_header(clock_.next_header(*payload), header);
        position_ = payload->timestamp + payload->duration;
        co_await outbox.send(
            {DatagramHeader{std::string_view{header.data(), header.size()}}, std::move(payload->bytes)});
    }
    co_await sleep_until(clock_.due(position_));
}

} // namespace kamaelia
