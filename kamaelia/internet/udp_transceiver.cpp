#include "kamaelia/internet/udp_transceiver.hpp"

#include "axon/combine.hpp"

#include <system_error>
#include <utility>

namespace kamaelia {

UDPTransceiver::UDPTransceiver(std::unique_ptr<DatagramSocket> socket)
    : Filter{axon::InboxOptions{.capacity = most_waiting, .bytes = 0, .required = true}},
      socket_{std::move(socket)} {}

axon::Task<> UDPTransceiver::main() {
    co_await socket_->open(*this);
    bool may_have_come = true;
    while (true) {
        gather();
        const bool all_left = transmit();
        if (may_have_come) may_have_come = hear();
        if (may_have_come || (all_left && !inbox.empty()))
            co_await yield();
        else if (!all_left)
            may_have_come = co_await axon::first_of(socket_->readable(*this), socket_->writable(*this)) == 0;
        else if (inbox.ended())
            co_return;
        else
            may_have_come = co_await axon::first_of(socket_->readable(*this), inbox.receive()) == 0;
    }
}

void UDPTransceiver::gather() {
    while (batch_.size() < most_in_a_turn) {
        auto datagram = inbox.try_receive();
        if (!datagram) return;
        batch_.push_back(std::move(*datagram));
    }
}

// False when the kernel takes no more for now.
bool UDPTransceiver::transmit() {
    std::size_t gone = 0;
    bool takes_more = true;
    while (gone < batch_.size() && takes_more) {
        const auto [sent, error] = socket_->send(std::span{batch_}.subspan(gone));
        gone += sent;
        takes_more = error != std::errc::operation_would_block;
        if (error && takes_more) {
            ++refused_;
            ++gone;
        }
    }
    batch_.erase(batch_.begin(), batch_.begin() + static_cast<std::ptrdiff_t>(gone));
    return batch_.empty();
}

// True when there may be more.
bool UDPTransceiver::hear() {
    for (std::size_t i = 0; i < most_in_a_turn; ++i) {
        auto datagram = socket_->receive();
        if (datagram)
            (void)outbox.try_send(std::move(*datagram));
        else if (datagram.error() == std::errc::operation_would_block)
            return false;
    }
    return true;
}

} // namespace kamaelia
