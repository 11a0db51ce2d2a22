#include "kamaelia/internet/socket.hpp"

#include "kamaelia/internet/listening_socket.hpp"
#include "tests/kamaelia/chassis/server_bench.hpp"

#include <gtest/gtest.h>

#include <string>
#include <sys/socket.h>

namespace {

using namespace server_bench;
using kamaelia::Socket;

// What the system takes for a client that reads nothing.
std::size_t taken(Socket& socket) {
    const std::string piece(1'000, 'x');
    std::size_t all = 0;
    while (const auto written = socket.write(piece)) all += *written;
    return all;
}

TEST(Socket, TakesNoMoreThanSoMuchThatIsStillToBeSent) {
    const ListeningSocket listener{*Address::ip("127.0.0.1", 0)};
    const auto connected = [&](const Client& /*client*/) {
        return Socket{Descriptor{::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)}};
    };
    const Client one{listener.address(), 16'384};
    auto unlimited = connected(one);
    const Client other{listener.address(), 16'384};
    auto limited = connected(other);
    limited.limit_unsent(4'096);
    const auto without = taken(unlimited);
    const auto with = taken(limited);
    if (unlimited.unacknowledged()) // else it is the portable build, which asks the system for nothing
        EXPECT_LT(with + 20'000, without);
}

} // namespace
