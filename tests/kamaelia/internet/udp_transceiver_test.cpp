#include "kamaelia/internet/udp_transceiver.hpp"

#include "axon/linkages.hpp"
#include "axon/sleep.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/testing/memory_network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using kamaelia::Address;
using kamaelia::Datagram;
using kamaelia::DatagramHeader;
using kamaelia::UDPTransceiver;
using kamaelia::testing::MemoryNetwork;
using kamaelia::testing::MemoryPeer;
using ::testing::ElementsAre;
using ::testing::Pair;

const auto here = Address::ip("192.0.2.1", 6970).value();

class UDPTransceiverTest : public ::testing::Test {
protected:
    MemoryNetwork network;
    MemoryPeer one{network, "192.0.2.7", 5000};
    MemoryPeer two{network, "192.0.2.8", 5000};
    Rig rig{{.network = &network}};
    UDPTransceiver& udp = rig.add<UDPTransceiver>(network.open_datagrams(here));
};

TEST_F(UDPTransceiverTest, SendsToEachPeerWhatIsForIt) {
    rig.feed(udp.inbox, Datagram{one.address(), DatagramHeader{"head-"}, Bytes{"data"}});
    rig.feed(udp.inbox, Datagram{two.address(), {}, Bytes{"alone"}});
    rig.feed(udp.inbox, Datagram{one.address(), DatagramHeader{"only"}, {}});
    rig.run();
    EXPECT_THAT(one.hear(), ElementsAre(Pair(here, "head-data"), Pair(here, "only")));
    EXPECT_THAT(two.hear(), ElementsAre(Pair(here, "alone")));
}

TEST_F(UDPTransceiverTest, SaysWhatComesAndFromWhom) {
    rig.run();
    EXPECT_TRUE(one.say(here, "hello"));
    EXPECT_TRUE(two.say(here, ""));
    rig.run();
    EXPECT_TRUE(one.say(here, "again"));
    rig.run();
    std::vector<std::pair<Address, std::string>> heard;
    for (const auto& datagram : rig.sent(udp.outbox)) heard.emplace_back(datagram.peer, datagram.data.view());
    EXPECT_THAT(heard, ElementsAre(Pair(one.address(), "hello"), Pair(two.address(), ""),
                                   Pair(one.address(), "again")));
}

TEST_F(UDPTransceiverTest, LosesWhatIsForNobodyAndNothingElse) {
    const auto nobody = Address::ip("192.0.2.9", 1).value();
    for (const auto& peer : {nobody, one.address(), nobody, one.address()})
        rig.feed(udp.inbox, Datagram{peer, {}, Bytes{"x"}});
    rig.run();
    EXPECT_EQ(one.hear().size(), 2U);
    EXPECT_EQ(udp.refused(), 2U);
}

TEST_F(UDPTransceiverTest, EndsWithItsInputAfterSendingAllOfIt) {
    for (int i = 0; i < 1000; ++i) rig.feed(udp.inbox, Datagram{one.address(), {}, Bytes{std::to_string(i)}});
    rig.end(udp.inbox);
    rig.run();
    const auto heard = one.hear();
    ASSERT_EQ(heard.size(), 1000U);
    EXPECT_EQ(heard.back().second, "999");
    EXPECT_TRUE(rig.ended(udp));
}

TEST_F(UDPTransceiverTest, HearsThoughItAlwaysHasSomethingToSend) {
    rig.run();
    (void)two.say(here, "here");
    for (int i = 0; i < 20; ++i) {
        rig.feed(udp.inbox, Datagram{one.address(), {}, Bytes{"x"}});
        rig.step();
    }
    EXPECT_EQ(rig.sent(udp.outbox).size(), 1U);
}

// Takes nothing.
class Deaf final : public axon::Component {
public:
    axon::Inbox<Datagram> inbox{*this, "inbox", {.capacity = 1}};

private:
    axon::Task<> main() override { co_await sleep_for(std::chrono::hours{1}); }
};

TEST_F(UDPTransceiverTest, SendsThoughNobodyTakesWhatComes) {
    auto& deaf = rig.add<Deaf>();
    axon::link(udp.outbox, deaf.inbox);
    rig.run();
    for (int i = 0; i < 10'000; ++i) (void)one.say(here, "junk");
    rig.run();
    rig.feed(udp.inbox, Datagram{one.address(), {}, Bytes{"still there"}});
    rig.run();
    EXPECT_EQ(one.hear().size(), 1U);
}

// Takes a few at a time, as a kernel that is full does; its other end is a pipe that can always be written.
class Narrow final : public kamaelia::DatagramSocket {
public:
    explicit Narrow(std::vector<std::string>& sent) : sent_{sent} {
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) == 0) read_ = kamaelia::Descriptor{ends[0]};
        write_ = kamaelia::Descriptor{ends[1]};
    }
    ~Narrow() override { forget(); }
    Sent send(std::span<const Datagram> datagrams) noexcept override {
        const auto taken = std::min<std::size_t>(datagrams.size(), 3);
        for (const auto& datagram : datagrams.first(taken)) sent_.emplace_back(datagram.data.view());
        if (taken == datagrams.size()) return {taken, {}};
        return {taken, std::make_error_code(std::errc::operation_would_block)};
    }
    std::expected<Datagram, std::error_code> receive(std::span<char>) override {
        return std::unexpected{std::make_error_code(std::errc::operation_would_block)};
    }
    Address address() const override { return here; }

private:
    int descriptor() const noexcept override { return write_.get(); }

    std::vector<std::string>& sent_;
    kamaelia::Descriptor read_;
    kamaelia::Descriptor write_;
};

TEST(UDPTransceiver, WaitsWhereTheKernelIsFullAndLosesNothing) {
    std::vector<std::string> sent;
    std::vector<std::string> wanted;
    Rig rig;
    auto& udp = rig.add<UDPTransceiver>(std::make_unique<Narrow>(sent));
    for (int i = 0; i < 200; ++i) {
        wanted.push_back(std::to_string(i));
        rig.feed(udp.inbox, Datagram{here, {}, Bytes{wanted.back()}});
    }
    rig.run();
    EXPECT_EQ(sent, wanted);
    EXPECT_EQ(udp.refused(), 0U);
}

} // namespace
