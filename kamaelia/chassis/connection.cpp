#include "kamaelia/chassis/connection.hpp"

#include "axon/linkages.hpp"

#include <array>
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

Connection::Connection(Accepted accepted, const ProtocolFactory& protocol, ServerValues& values)
    : make_protocol_{protocol},
      values_{values},
      peer_{accepted.peer.text()},
      adapter_{child<ConnectedSocketAdapter>(std::move(accepted.descriptor), &values.traffic())} {
    if (peer_.empty()) peer_ = "unix"; // few clients of such a socket have a path of their own
    values_.begun();
}

// One that never had a turn has not been closed either.
Connection::~Connection() {
    if (counts_) values_.ended(EndReason::stopped);
}

// The protocol is made here and not by the server: what goes wrong then costs this connection only.
axon::Task<> Connection::main() {
    began_ = now();
    auto& protocol =
        adopt(std::exchange(make_protocol_, nullptr)()); // it may hold a lot, and has done its work
    protocol_ = &protocol;
    link_protocol(adapter_, protocol);
    if (asked_to_end_) ask_to_end(protocol);
    co_await children_ended();
}

axon::Task<> Connection::close() {
    const auto why = reason();
    values_.ended(why);
    counts_ = false;
    const auto error = adapter_.error().message();
    const std::array fields{axon::LogField{"server", values_.server()},
                            axon::LogField{"peer", peer_},
                            axon::LogField{"received", adapter_.received()},
                            axon::LogField{"sent", adapter_.sent() + sent_beside_},
                            axon::LogField{"seconds", now() - began_},
                            axon::LogField{"reason", to_string(why)},
                            axon::LogField{"error", error}};
    log(values_.log_level(), "connection ended",
        axon::LogFields{fields}.first(fields.size() - (adapter_.error() ? 0 : 1)));
    return {};
}

EndReason Connection::reason() const noexcept {
    if (told_) return *told_;
    if (ending() == axon::Ending::stopped) return EndReason::stopped;
    if (ending() == axon::Ending::failed) return EndReason::failed;
    if (protocol_ && protocol_->ending() == axon::Ending::failed) return EndReason::failed;
    if (adapter_.file_failed()) return EndReason::failed;
    if (const auto error = adapter_.error()) return reason_of(error);
    if (adapter_.gave_up()) return EndReason::timeout;
    if (client_was_first_) return EndReason::client_closed;
    return asked_to_end_ ? EndReason::stopped : EndReason::finished;
}

void Connection::hear_reason(EndReason reason) noexcept {
    if (!told_) told_ = reason;
}

ConnectionEnds Connection::ends() const { return {adapter_.local_address(), adapter_.peer_address()}; }

void Connection::count_sent(std::uint64_t bytes) noexcept {
    sent_beside_ += bytes;
    values_.traffic().sent += bytes;
}

void Connection::control_arrived(const axon::Signal& news) {
    if (!std::holds_alternative<axon::Shutdown>(news)) return;
    asked_to_end_ = true;
    if (protocol_) ask_to_end(*protocol_);
}

void Connection::child_has_ended(axon::Component& child) {
    if (&child == protocol_) {
        client_was_first_ = adapter_.heard_end();
        adapter_.control.deliver(axon::ProducerFinished{});
    } else if (protocol_) {
        stop(*protocol_);
    }
}

} // namespace kamaelia
