#include "kamaelia/internet/tcp_server.hpp"

#include "axon/sleep.hpp"

#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <system_error>

namespace kamaelia {
namespace {

// The connection was lost before it was taken, or the kernel is short of something that comes back.
enum class Refusal { none_left, lost, exhausted, broken };

Refusal refusal(int reason) noexcept {
    switch (reason) {
    case EAGAIN: return Refusal::none_left;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM: return Refusal::exhausted;
    case EBADF:
    case EINVAL:
    case ENOTSOCK: return Refusal::broken;
    default: return Refusal::lost; // accept(2): errors of the new connection itself
    }
}

} // namespace

TCPServer::TCPServer(ListeningSocket socket) : socket_{std::move(socket)} {}

axon::Task<> TCPServer::main() {
    Selector::link(*this, requests_);
    co_await requests_.send({socket_.get(), axon::Sender<Ready>{ready_}});
    auto answer = co_await ready_.receive();
    if (!answer || !answer->watch.valid()) {
        throw std::system_error{std::make_error_code(std::errc::bad_file_descriptor),
                                "cannot watch a socket"};
    }
    auto watch = std::move(answer->watch);
    while (true) {
        co_await watch.readable(*this);
        co_await take_all();
    }
}

// Whoever connects from now on is refused, though the component itself may still be kept.
axon::Task<> TCPServer::close() {
    socket_.close();
    return {};
}

axon::Task<> TCPServer::take_all() {
    while (true) {
        Accepted accepted;
        accepted.descriptor =
            Descriptor{::accept4(socket_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (accepted.descriptor.valid()) {
            accepted.peer = Address::of_peer(accepted.descriptor.get());
            co_await outbox.send(std::move(accepted));
            continue;
        }
        const auto reason = errno;
        switch (refusal(reason)) {
        case Refusal::none_left:
            if (std::exchange(exhausted_, false)) log(axon::LogLevel::info, "takes connections again");
            co_return;
        case Refusal::lost: co_await yield(); continue;
        case Refusal::broken: throw std::system_error{reason, std::generic_category(), "accept"};
        case Refusal::exhausted: break;
        }
        if (!std::exchange(exhausted_, true)) {
            log(axon::LogLevel::warning,
                "no more connections for now: " + std::generic_category().message(reason));
        }
        co_await sleep_for(std::chrono::milliseconds{100});
    }
}

} // namespace kamaelia
