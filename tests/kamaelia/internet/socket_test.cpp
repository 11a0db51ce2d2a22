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

class BacklogTest : public ::testing::Test {
protected:
    Socket connected() {
        clients_.emplace_back(listener_.address(), 16'384);
        return Socket{Descriptor{::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)}};
    }

private:
    ListeningSocket listener_{*Address::ip("127.0.0.1", 0)};
    std::list<Client> clients_;
};

class LimitedTo : public BacklogTest, public ::testing::WithParamInterface<std::size_t> {};

// Small messages, and such as fill a packet.
TEST_P(LimitedTo, AboutSoMuchThatIsNotAcknowledged) {
    const auto size = GetParam();
    auto little = connected();
    little.limit_backlog({.bytes = 40 * size, .messages = 40});
    auto more = connected();
    more.limit_backlog({.bytes = 140 * size, .messages = 140});
    const auto one = taken(little, size) / size;
    const auto other = taken(more, size) / size;
    if (little.unacknowledged()) { // else it is the portable build, which lets the system add to its last
                                   // packet
        EXPECT_NEAR(static_cast<double>(other - one), 100, 40);
    }
    EXPECT_LT(other * size, 500'000U);
}

INSTANTIATE_TEST_SUITE_P(Backlog, LimitedTo, ::testing::Values(100, 400, 1'400));

} // namespace
