#include "kamaelia/chassis/connection.hpp"

#include "axon/linkages.hpp"

#include <utility>

namespace kamaelia {

Connection::Connection(Accepted accepted, const ProtocolFactory& protocol)
    : make_protocol_{protocol}, adapter_{child<ConnectedSocketAdapter>(std::move(accepted.descriptor))} {}

// The protocol is made here and not by the server: what goes wrong then costs this connection only.
axon::Task<> Connection::main() {
    auto& protocol =
        adopt(std::exchange(make_protocol_, nullptr)()); // it may hold a lot, and has done its work
    protocol_ = &protocol;
    if (auto* box = protocol.find_box("inbox"); box && box->is_inbox())
        axon::Linkages::link(adapter_.outbox, *box);
    if (auto* box = protocol.find_box("outbox"); box && !box->is_inbox())
        axon::Linkages::link(*box, adapter_.inbox);
    co_await children_ended();
}

void Connection::control_arrived(const axon::Signal& news) {
    if (protocol_ && protocol_->takes_control()) protocol_->control.deliver(news);
}

void Connection::child_has_ended(axon::Component& child) {
    if (&child == protocol_) {
        adapter_.control.deliver(axon::ProducerFinished{});
    } else if (protocol_) {
        stop(*protocol_);
    }
}

} // namespace kamaelia
