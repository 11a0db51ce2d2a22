#include "kamaelia/internet/socket.hpp"

#include "kamaelia/internet/listening_socket.hpp"
#include "tests/kamaelia/chassis/server_bench.hpp"

#include <gtest/gtest.h>

#include <list>
#include <string>
#include <sys/socket.h>

namespace {

using namespace server_bench;
using kamaelia::Socket;

// What the system takes for a client that reads nothing.
std::size_t taken(Socket& socket, std::size_t size) {
    const std::string piece(size, 'x');
    std::size_t all = 0;
    while (const auto written = socket.write(piece)) all += *written;
    return all;
}

class Backlog : public ::testing::Test {
protected:
    Socket connected() {
        clients_.emplace_back(listener_.address(), 16'384);
        return Socket{Descriptor{::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)}};
    }

private:
    ListeningSocket listener_{*Address::ip("127.0.0.1", 0)};
    std::list<Client> clients_;
};

TEST_F(Backlog, IsAboutWhatItWasLimitedTo) {
    auto little = connected();
    little.limit_backlog(20'000);
    auto more = connected();
    more.limit_backlog(60'000);
    const auto one = taken(little, 1'000);
    const auto other = taken(more, 1'000);
    EXPECT_GT(one, 10'000U);
    EXPECT_LT(other, 120'000U);
    if (little
            .unacknowledged()) // else it is the portable build, which lets the system add to its last packet
        EXPECT_NEAR(static_cast<double>(other - one), 40'000, 20'000);
}

} // namespace
