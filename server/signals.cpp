#include "server/signals.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace server {
namespace {

constexpr std::array taken{SIGTERM, SIGINT, SIGHUP};

volatile std::sig_atomic_t pipe_to_signals = -1;

extern "C" void pass_on(int number) {
    const auto before = errno;
    const auto byte = static_cast<char>(number);
    (void)!::write(pipe_to_signals, &byte, 1); // a full pipe says what it has to say already
    errno = before;
}

} // namespace

Signals::Signals() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        throw std::system_error{errno, std::generic_category(), "pipe"};
    }
    read_end_ = kamaelia::Descriptor{ends[0]};
    write_end_ = kamaelia::Descriptor{ends[1]};
    pipe_to_signals = ends[1];
    for (const auto number : taken) std::signal(number, &pass_on);
    std::signal(SIGPIPE, SIG_IGN);
}

Signals::~Signals() {
    for (const auto number : taken) std::signal(number, SIG_DFL);
    pipe_to_signals = -1;
}

axon::Task<> Signals::main() {
    auto watch = co_await kamaelia::watch(*this, read_end_.get());
    while (true) {
        co_await watch.readable(*this);
        char number = 0;
        while (::read(read_end_.get(), &number, 1) == 1) co_await outbox.send(int{number});
    }
}

} // namespace server
