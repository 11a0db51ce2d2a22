#include "kamaelia/protocol/rtp/rtp_receivers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using kamaelia::Address;
using kamaelia::RTPReceivers;

Address at_port(std::uint16_t port) { return Address::ip("192.0.2.7", port).value(); }

std::string ports(RTPReceivers& receivers) {
    std::string all;
    for (std::size_t i = 0; i < receivers.size(); ++i) {
        const auto* const receiver = receivers.at(i);
        all += (receiver ? std::to_string(std::get<Address>(*receiver).port()) : "-") + " ";
    }
    return all;
}

TEST(RTPReceivers, KeepTheirPlacesUntilItIsTidied) {
    RTPReceivers receivers;
    const auto first = receivers.add(at_port(1));
    receivers.add(at_port(2));
    const auto third = receivers.add(at_port(3));
    receivers.remove(first);
    EXPECT_EQ(ports(receivers), "- 2 3 ");
    receivers.add(at_port(4));
    EXPECT_EQ(ports(receivers), "- 2 3 4 ");
    receivers.tidy();
    EXPECT_EQ(ports(receivers), "2 3 4 ");
    receivers.remove(third);
    receivers.remove(first); // has left before
    receivers.tidy();
    EXPECT_EQ(ports(receivers), "2 4 ");
}

} // namespace
