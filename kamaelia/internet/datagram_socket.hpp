// DatagramSocket: where datagrams leave and come, whose waiting is done by the Selector.
//
//     auto socket = Network::of(system()).open_datagrams(address);
//     co_await socket->open(*this);
//     const auto [sent, error] = socket->send(batch);         // as many as are taken now
#pragma once

#include "axon/task.hpp"
#include "kamaelia/internet/datagram.hpp"
#include "kamaelia/internet/selector.hpp"

#include <cstddef>
#include <expected>
#include <span>
#include <system_error>

namespace kamaelia {

/// Nothing blocks: where no more is taken, or nothing has come, the caller waits. The operating system's is a
/// UDPSocket; a test's network has others.
class DatagramSocket {
public:
    DatagramSocket(const DatagramSocket&) = delete;
    DatagramSocket& operator=(const DatagramSocket&) = delete;
    virtual ~DatagramSocket() = default;

    /// Registers with the selector; before that nothing waits and nothing is received.
    [[nodiscard]] axon::Task<> open(axon::Component& self);

    /// What became of datagrams: the first `sent` have left, and then, if there are others, `error` says why
    /// the next has not: operation_would_block passes with time; any other error is about that one datagram,
    /// its peer or its size.
    struct Sent {
        std::size_t sent = 0;
        std::error_code error;
    };
    [[nodiscard]] virtual Sent send(std::span<const Datagram> datagrams) noexcept = 0;
    /// One that has come; what does not fit into `room` is cut off. Errors: operation_would_block; others are
    /// what an earlier datagram met and say nothing about the socket.
    [[nodiscard]] virtual std::expected<Datagram, std::error_code> receive(std::span<char> room) = 0;
    /// The same in the worker's scratch buffer. Not before open().
    [[nodiscard]] std::expected<Datagram, std::error_code> receive();

    [[nodiscard]] WatchWait readable(axon::Component& self) noexcept { return watch_.readable(self); }
    [[nodiscard]] WatchWait writable(axon::Component& self) noexcept { return watch_.writable(self); }

    /// Where it is bound, with the real port where 0 was asked for.
    [[nodiscard]] virtual Address address() const = 0;

protected:
    DatagramSocket() = default;
    /// Nobody watches the descriptor any more. For destructors, before it is closed.
    void forget() noexcept { watch_ = Watch{}; }

private:
    /// What is watched.
    [[nodiscard]] virtual int descriptor() const noexcept = 0;

    Watch watch_;
};

} // namespace kamaelia
