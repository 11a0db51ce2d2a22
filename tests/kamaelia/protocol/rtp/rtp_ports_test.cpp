#include "kamaelia/protocol/rtp/rtp_ports.hpp"

#include "axon/cat.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/testing/memory_network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::Address;
using kamaelia::Datagram;
using kamaelia::RTCPClient;
using kamaelia::RTPPorts;
using kamaelia::rtp::PortPair;
using kamaelia::testing::MemoryNetwork;
using kamaelia::testing::MemoryPeer;
using ::testing::ElementsAre;
using ::testing::Pair;

const auto local = Address::ip("192.0.2.1", 554).value();

// A session as far as the ports are concerned.
class User final : public axon::Component {
public:
    User(std::uint32_t ssrc, const Address& peer, std::uint16_t first)
        : ssrc_{ssrc}, peer_{peer}, first_{first} {}

    PortPair ports;
    std::vector<std::string> heard;
    std::string refusal;
    axon::Inbox<Datagram> send{*this, "send"};

private:
    axon::Task<> main() override {
        axon::Outbox<Datagram> rtp{*this, "rtp"};
        axon::Outbox<Datagram> rtcp{*this, "rtcp"};
        axon::Outbox<RTCPClient> clients{*this, "clients"};
        axon::Inbox<Bytes> reports{*this, "reports"};
        try {
            ports = RTPPorts::link(*this, {rtp, rtcp, clients}, local, first_);
        } catch (const std::system_error& error) {
            refusal = error.what();
            co_return;
        }
        co_await clients.send({ssrc_, peer_, axon::Sender<Bytes>{reports}});
        while (true) {
            co_await pause();
            while (auto datagram = send.try_receive()) co_await rtp.send(std::move(*datagram));
            while (const auto report = reports.try_receive()) heard.emplace_back(report->view());
            if (send.ended()) co_return;
        }
    }

    std::uint32_t ssrc_;
    Address peer_;
    std::uint16_t first_;
};

class RTPPortsTest : public ::testing::Test {
protected:
    User& user(std::uint32_t ssrc, const Address& peer, std::uint16_t first = 6970) {
        auto& added = rig.add<User>(ssrc, peer, first);
        rig.run();
        return added;
    }
    static std::string report_on(std::uint32_t ssrc) {
        return std::string{
            kamaelia::rtp::format_rtcp({.ssrc = 5, .blocks = {{.ssrc = ssrc}}}, "them").view()};
    }

    MemoryNetwork network;
    MemoryPeer one{network, "192.0.2.7", 5001};
    MemoryPeer two{network, "192.0.2.8", 5001};
    Rig rig{{.network = &network}};
    const Address rtp = local.with_port(6970);
    const Address rtcp = local.with_port(6971);
};

TEST_F(RTPPortsTest, AreOnePairForAllWhoNeedThem) {
    auto& a = user(1, one.address());
    auto& b = user(2, two.address());
    EXPECT_EQ(a.ports, (PortPair{6970, 6971}));
    EXPECT_EQ(b.ports, a.ports);
    rig.feed(a.send, Datagram{one.address(), {}, Bytes{"to one"}});
    rig.feed(b.send, Datagram{two.address(), {}, Bytes{"to two"}});
    rig.run();
    EXPECT_THAT(one.hear(), ElementsAre(Pair(rtp, "to one")));
    EXPECT_THAT(two.hear(), ElementsAre(Pair(rtp, "to two")));
}

TEST_F(RTPPortsTest, AreAnotherPairForWhoWantsAnother) {
    auto& a = user(1, one.address());
    auto& b = user(2, two.address(), 7000);
    EXPECT_EQ(a.ports, (PortPair{6970, 6971}));
    EXPECT_EQ(b.ports, (PortPair{7000, 7001}));
}

TEST_F(RTPPortsTest, EachHearsHisOwnClient) {
    auto& a = user(1, one.address());
    auto& b = user(2, two.address());
    (void)one.say(rtcp, "from one");
    (void)two.say(rtcp, "from two");
    rig.run();
    EXPECT_THAT(a.heard, ElementsAre("from one"));
    EXPECT_THAT(b.heard, ElementsAre("from two"));
}

TEST_F(RTPPortsTest, AClientBehindANatIsKnownByHisHostAndWhatHeReportsOn) {
    auto& a = user(1, one.address());
    auto& b = user(2, one.address().with_port(7001));
    MemoryPeer changed{network, "192.0.2.7", 61'000};
    (void)changed.say(rtcp, report_on(2));
    MemoryPeer stranger{network, "192.0.2.66", 5001};
    (void)stranger.say(rtcp, report_on(1));
    (void)changed.say(rtcp, report_on(3));
    rig.run();
    EXPECT_THAT(a.heard, ElementsAre()) << "a stranger speaks for nobody";
    EXPECT_THAT(b.heard, ElementsAre(report_on(2)));
}

TEST_F(RTPPortsTest, OfTwoAtOneAddressEachIsKnownByWhatItsClientReportsOn) {
    auto& stale = user(1, one.address());
    auto& fresh = user(2, one.address());
    for (const auto ssrc : {1U, 2U, 3U}) (void)one.say(rtcp, report_on(ssrc));
    rig.run();
    EXPECT_THAT(stale.heard, ElementsAre(report_on(1)));
    EXPECT_THAT(fresh.heard, ElementsAre(report_on(2), report_on(3))) << "the last one has the address";
    rig.stop(fresh);
    rig.run();
    (void)one.say(rtcp, "from one");
    rig.run();
    EXPECT_THAT(stale.heard, ElementsAre(report_on(1), "from one")) << "and leaves it to the one before";
}

TEST_F(RTPPortsTest, OnlyTheFirstOfManyReportsIsLookedAt) {
    auto& a = user(1, one.address());
    MemoryPeer changed{network, "192.0.2.7", 61'000};
    (void)changed.say(rtcp, report_on(2) + report_on(1));
    rig.run();
    EXPECT_THAT(a.heard, ElementsAre());
}

TEST_F(RTPPortsTest, ForgetClientsWhoHaveGone) {
    auto& stays = user(1, one.address());
    auto& ports =
        dynamic_cast<RTPPorts&>(stays.scheduler().cat().find("RTP ports of 192.0.2.1:6970")->owner());
    for (std::uint16_t i = 1; i <= 300; ++i) {
        auto& leaves = user(1U + i, two.address().with_port(5000 + i));
        ASSERT_TRUE(leaves.refusal.empty());
        rig.stop(leaves);
        rig.run();
        ASSERT_LT(ports.clients(), 100U);
    }
    (void)one.say(rtcp, "from one");
    rig.run();
    EXPECT_THAT(stays.heard, ElementsAre("from one"));
}

TEST_F(RTPPortsTest, JunkIsForgotten) {
    auto& a = user(1, one.address());
    for (const auto* junk : {"", "x", "\x80\xc8", "GET / HTTP/1.1\r\n\r\n"}) {
        (void)two.say(rtcp, junk);
        (void)two.say(rtp, junk);
        (void)one.say(rtp, junk);
    }
    rig.run();
    EXPECT_THAT(a.heard, ElementsAre());
    rig.feed(a.send, Datagram{one.address(), {}, Bytes{"still there"}});
    rig.run();
    EXPECT_EQ(one.hear().size(), 1U);
}

TEST_F(RTPPortsTest, AreTheNextPairThatIsFree) {
    const auto taken = network.open_datagrams(rtp);
    const auto half = network.open_datagrams(local.with_port(6973));
    EXPECT_EQ(user(1, one.address()).ports, (PortPair{6974, 6975}));
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].level, axon::LogLevel::warning);
    EXPECT_EQ(rig.log()[0].text, "UDP ports are open behind those wanted, which are taken address=192.0.2.1 "
                                 "rtp=6974 rtcp=6975 rtp_port=6970");
}

TEST_F(RTPPortsTest, AreToldWhenTheyAreOpened) {
    EXPECT_TRUE(rig.log().empty());
    (void)user(1, one.address());
    (void)user(2, two.address());
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].level, axon::LogLevel::info);
    EXPECT_EQ(rig.log()[0].text, "UDP ports are open address=192.0.2.1 rtp=6970 rtcp=6971");
    EXPECT_NE(rig.log()[0].path.find("RTPPorts#"), std::string::npos);
}

TEST_F(RTPPortsTest, AreAnyPairWhereNoneIsAskedFor) {
    const auto ports = user(1, one.address(), 0).ports;
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].level, axon::LogLevel::info) << "none was wanted";
    EXPECT_EQ(ports.rtp % 2, 0);
    EXPECT_EQ(ports.rtcp, ports.rtp + 1);
}

TEST_F(RTPPortsTest, SayWhyThereAreNone) {
    std::vector<std::unique_ptr<kamaelia::DatagramSocket>> all;
    all.reserve(100);
    for (std::uint16_t port = 6970; port < 6970 + 200; port += 2)
        all.push_back(network.open_datagrams(local.with_port(port)));
    EXPECT_EQ(user(1, one.address()).refusal,
              "cannot open a pair of UDP ports from 192.0.2.1:6970 on: Address already in use");
}

TEST_F(RTPPortsTest, MayBeTheHighestPair) {
    EXPECT_EQ(user(1, one.address(), 65'534).ports, (PortPair{65'534, 65'535}));
}

TEST_F(RTPPortsTest, AreNotAnyPairBehindTheHighest) {
    const auto half = network.open_datagrams(local.with_port(65'533));
    const auto other_half = network.open_datagrams(local.with_port(65'534));
    EXPECT_NE(user(1, one.address(), 65'532).refusal, "");
}

TEST_F(RTPPortsTest, AreNoneFromAnOddPortOn) { EXPECT_NE(user(1, one.address(), 6971).refusal, ""); }

TEST_F(RTPPortsTest, GoWithTheLastWhoNeedsThemAndComeAgain) {
    const auto before = rig.scheduler().live();
    auto& a = user(1, one.address());
    auto& b = user(2, two.address());
    rig.end(a.send);
    rig.run();
    rig.feed(b.send, Datagram{two.address(), {}, Bytes{"still there"}});
    rig.run();
    EXPECT_EQ(two.hear().size(), 1U);
    rig.end(b.send);
    rig.run();
    EXPECT_NO_THROW((void)network.open_datagrams(rtp)) << "they are free";
    EXPECT_LE(rig.scheduler().live(), before + 2) << "the two users, who stay with the rig";
    EXPECT_EQ(user(3, one.address()).ports, (PortPair{6970, 6971}));
}

} // namespace
