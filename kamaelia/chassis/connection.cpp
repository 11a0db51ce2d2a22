#include "kamaelia/chassis/connection.hpp"

#include "axon/linkages.hpp"

#include <utility>

namespace kamaelia {
namespace {

// The components that take control, wherever they are in the protocol.
void ask_to_end(axon::Component& protocol) {
    if (protocol.takes_control()) return protocol.control.deliver(axon::Shutdown{});
    for (auto* child = protocol.first_child(); child; child = child->next_sibling()) ask_to_end(*child);
}

} // namespace

void link_protocol(ConnectedSocketAdapter& adapter, axon::Component& protocol) {
    if (auto* box = protocol.find_box("inbox"); box && box->is_inbox())
        axon::Linkages::link(adapter.outbox, *box);
    if (auto* box = protocol.find_box("outbox"); box && !box->is_inbox())
        axon::Linkages::link(*box, adapter.inbox);
}

Connection::Connection(Accepted accepted, const ProtocolFactory& protocol)
    : make_protocol_{protocol}, adapter_{child<ConnectedSocketAdapter>(std::move(accepted.descriptor))} {}

// The protocol is made here and not by the server: what goes wrong then costs this connection only.
axon::Task<> Connection::main() {
    auto& protocol =
        adopt(std::exchange(make_protocol_, nullptr)()); // it may hold a lot, and has done its work
    protocol_ = &protocol;
    link_protocol(adapter_, protocol);
    if (asked_to_end_) ask_to_end(protocol);
    co_await children_ended();
}

void Connection::control_arrived(const axon::Signal& news) {
    if (!std::holds_alternative<axon::Shutdown>(news)) return;
    asked_to_end_ = true;
    if (protocol_) ask_to_end(*protocol_);
}

void Connection::child_has_ended(axon::Component& child) {
    if (&child == protocol_) {
        adapter_.control.deliver(axon::ProducerFinished{});
    } else if (protocol_) {
        stop(*protocol_);
    }
}

} // namespace kamaelia
