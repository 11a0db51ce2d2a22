#include "kamaelia/chassis/simple_server.hpp"

#include "axon/combine.hpp"
#include "axon/outbox.hpp"
#include "kamaelia/chassis/connection.hpp"

#include <exception>
#include <string>

namespace kamaelia {

SimpleServer::SimpleServer(std::vector<ListeningSocket> sockets, ProtocolFactory protocol)
    : Component{axon::handles_control}, protocol_{std::move(protocol)} {
    for (auto& socket : sockets) {
        auto& listener = child<TCPServer>(std::move(socket));
        link(listener.outbox, accepted_);
        listeners_.push_back(&listener);
    }
}

axon::Task<> SimpleServer::main() {
    values_.emplace(cat(), name(), log_level_);
    bool accepting = true;
    while (accepting) {
        if (co_await axon::first_of(control.receive(), accepted_.receive()) == 0) {
            accepting = !std::holds_alternative<axon::Shutdown>(co_await control.receive());
        } else {
            auto connection = accepted_.try_receive();
            if (!connection) break; // no listener is left
            begin(std::move(*connection));
        }
    }
    for (auto* listener : listeners_) stop(*listener);
    while (accepted_.try_receive()) { // who came too late does not wait until the others have ended
    }
    for (auto* connection = first_child(); connection; connection = connection->next_sibling())
        shut_down(*connection);
    co_await children_ended();
}

// What a connection lacks, memory for instance, ends that connection.
void SimpleServer::begin(Accepted connection) {
    try {
        spawn<Connection>(std::move(connection), protocol_, *values_);
    } catch (const std::exception& reason) {
        log(axon::LogLevel::error, "cannot take a connection: " + std::string{reason.what()});
    }
}

} // namespace kamaelia
