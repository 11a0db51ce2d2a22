// ListeningSocket and its twins, with real sockets.
#include "kamaelia/internet/listening_socket.hpp"

#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace {

using kamaelia::Address;
using kamaelia::Descriptor;
using kamaelia::ListeningSocket;

Descriptor connected(const Address& address) {
    Descriptor client{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)};
    return ::connect(client.get(), address.data(), address.size()) == 0 ? std::move(client) : Descriptor{};
}

// Connections that wait to be taken.
int taken(const ListeningSocket& socket) {
    int count = 0;
    while (Descriptor{::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC)}.valid()) ++count;
    return count;
}

TEST(ListeningSocket, TwinsShareWhatComes) {
    for (const auto* host : {"127.0.0.1", "::1"}) {
        ListeningSocket first{Address::ip(host, 0).value()};
        const auto second = first.twin();
        const auto third = first.twin();
        EXPECT_EQ(second.address().text(), first.address().text());
        std::vector<Descriptor> clients;
        clients.reserve(300);
        for (int i = 0; i < 300; ++i) clients.push_back(connected(first.address()));
        EXPECT_TRUE(std::ranges::all_of(clients, &Descriptor::valid));
        const std::vector counts{taken(first), taken(second), taken(third)};
        EXPECT_EQ(counts[0] + counts[1] + counts[2], 300);
        for (const int count : counts) EXPECT_GT(count, 30) << "by chance, once in a thousand million runs";
    }
}

TEST(ListeningSocket, AnAddressWithTwinsIsStillTaken) {
    ListeningSocket first{Address::ip("127.0.0.1", 0).value()};
    const auto second = first.twin();
    EXPECT_THROW(ListeningSocket{first.address()}, std::system_error);
}

TEST(ListeningSocket, AClosedTwinGetsNothingAnyMore) {
    ListeningSocket first{Address::ip("127.0.0.1", 0).value()};
    auto second = first.twin();
    second.close();
    std::vector<Descriptor> clients;
    clients.reserve(50);
    for (int i = 0; i < 50; ++i) clients.push_back(connected(first.address()));
    EXPECT_EQ(taken(first), 50);
}

TEST(ListeningSocket, TwinsOfAUnixSocketTakeFromOneQueue) {
    const kamaelia::testing::TemporaryDirectory directory;
    ListeningSocket first{Address::unix_path((directory.path() / "socket").string()).value()};
    const auto second = first.twin();
    std::vector<Descriptor> clients;
    clients.reserve(4);
    for (int i = 0; i < 4; ++i) clients.push_back(connected(first.address()));
    EXPECT_TRUE(Descriptor{::accept4(second.get(), nullptr, nullptr, SOCK_CLOEXEC)}.valid());
    EXPECT_EQ(taken(first), 3);
}

TEST(ListeningSocket, ATwinLeavesAUnixSocketsPathToTheFirst) {
    const kamaelia::testing::TemporaryDirectory directory;
    const auto path = directory.path() / "socket";
    ListeningSocket first{Address::unix_path(path.string()).value()};
    auto second = first.twin();
    auto third = first.twin();
    second.close();
    EXPECT_TRUE(std::filesystem::exists(path));
    first.close();
    const ListeningSocket next{Address::unix_path(path.string()).value()};
    third.close();
    EXPECT_TRUE(std::filesystem::exists(path)) << "it is another daemon's now";
}

} // namespace
