#include "kamaelia/internet/udp_socket.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <system_error>
#include <vector>

namespace {

using axon::Bytes;
using kamaelia::Address;
using kamaelia::Datagram;
using kamaelia::DatagramHeader;
using kamaelia::UDPSocket;

const auto any = Address::ip("127.0.0.1", 0).value();

std::vector<std::string> heard(UDPSocket& socket) {
    std::vector<std::string> all;
    std::array<char, 65536> room;
    while (const auto datagram = socket.receive(room)) all.emplace_back(datagram->data.view());
    return all;
}

TEST(UDPSocket, SendsHeaderAndDataAsOneAndSaysWhoSpoke) {
    UDPSocket one{any};
    UDPSocket two{any};
    const std::array both{Datagram{two.address(), DatagramHeader{"head-"}, Bytes{"data"}},
                          Datagram{two.address(), {}, Bytes{"data"}}};
    EXPECT_EQ(one.send(both).sent, 2U);
    std::array<char, 100> room;
    const auto first = two.receive(room);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->data.view(), "head-data");
    EXPECT_EQ(first->peer, one.address());
    EXPECT_EQ(heard(two), std::vector<std::string>{"data"});
    EXPECT_EQ(two.receive(room).error(), std::errc::operation_would_block);
}

TEST(UDPSocket, SendsMoreThanGoInOneCall) {
    UDPSocket one{any};
    UDPSocket two{any};
    std::vector<Datagram> many;
    std::vector<std::string> wanted;
    many.reserve(200);
    wanted.reserve(200);
    for (int i = 0; i < 200; ++i) {
        wanted.push_back(std::to_string(i));
        many.push_back({two.address(), {}, Bytes{wanted.back()}});
    }
    EXPECT_EQ(one.send(many).sent, 200U);
    EXPECT_EQ(heard(two), wanted);
}

TEST(UDPSocket, SaysWhichDatagramIsRefusedAndWhy) {
    UDPSocket one{any};
    UDPSocket two{any};
    const std::array three{Datagram{two.address(), {}, Bytes{"first"}},
                           Datagram{two.address(), {}, Bytes{std::string(70'000, 'x')}},
                           Datagram{two.address(), {}, Bytes{"last"}}};
    const auto refused = one.send(three);
    EXPECT_EQ(refused.sent, 1U);
    EXPECT_EQ(refused.error, std::errc::message_size);
    EXPECT_EQ(one.send(std::span{three}.subspan(2)).sent, 1U);
    EXPECT_EQ(heard(two), (std::vector<std::string>{"first", "last"}));
}

TEST(UDPSocket, CutsOffWhatHasNoRoom) {
    UDPSocket one{any};
    const std::array datagram{Datagram{one.address(), {}, Bytes{"long"}}};
    (void)one.send(datagram);
    std::array<char, 2> room;
    EXPECT_EQ(one.receive(room)->data.view(), "lo");
}

TEST(UDPSocket, AnAddressThatIsTakenIsNamed) {
    UDPSocket one{any};
    try {
        const UDPSocket other{one.address()};
        FAIL() << "two are there";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::address_in_use);
        EXPECT_EQ(error.what(), "cannot open UDP " + one.address().text() + ": Address already in use");
    }
}

} // namespace
