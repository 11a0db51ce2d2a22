#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"

#include "axon/linkages.hpp"
#include "axon/testing/rig.hpp"
#include "axon/values.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::Datagram;
using kamaelia::DatagramHeader;
using kamaelia::InterleavedDelivery;
using kamaelia::rtp::Payload;
using kamaelia::rtp::StreamClock;

// Takes a frame when it is told to, and no more.
class Client final : public axon::Component {
public:
    axon::Inbox<Bytes> inbox{*this, "inbox", {.capacity = 1}};
    axon::Inbox<int> orders{*this, "orders"};
    std::string heard; // the packets' payloads

private:
    axon::Task<> main() override {
        while (co_await orders.receive()) {
            const auto frame = co_await inbox.receive();
            if (!frame->empty()) heard += frame->view().substr(4 + kamaelia::rtp::header_size);
        }
    }
};

class InterleavedDeliveryTest : public ::testing::Test {
protected:
    InterleavedDeliveryTest() { clock.begin(0, rig.now()); }

    // A packet that is due now.
    void feed(std::string_view payload) {
        const auto now = clock.rtp_time(rig.now());
        std::array<char, kamaelia::rtp::header_size> header;
        kamaelia::rtp::write_header({.payload_type = 96, .timestamp = now}, header);
        rig.feed(
            delivery.rtp,
            Datagram{{}, DatagramHeader{std::string_view{header.data(), header.size()}}, Bytes{payload}});
    }
    void take(int frames) {
        for (int i = 0; i < frames; ++i) rig.feed(client.orders, 1);
        rig.run();
    }

    std::uint64_t counted() {
        return std::get<std::uint64_t>(
            rig.system().cat().values().read("kamaelia_rtp_dropped_packets_total"));
    }

    StreamClock clock{{.ssrc = 7, .sequence = 1, .timestamp = 4'294'967'000U, .rate = 1'000}};
    Rig rig;
    InterleavedDelivery& delivery = rig.add<InterleavedDelivery>(kamaelia::rtsp::ChannelPair{4, 5}, clock,
                                                                 InterleavedDelivery::Limits{.patience = 2s});
    Client& client = rig.add<Client>();
};

TEST_F(InterleavedDeliveryTest, FramesEachPacketOnItsChannel) {
    rig.feed(delivery.rtp, Datagram{{}, DatagramHeader{"head"}, Bytes{"payload"}});
    rig.feed(delivery.rtcp, Datagram{{}, {}, Bytes{"report"}});
    rig.feed(delivery.rtp, Datagram{{}, DatagramHeader{"head"}, Bytes{std::string(300, 'x')}});
    rig.run();
    std::string all;
    for (const auto& bytes : rig.sent(delivery.outbox)) all += bytes.view();
    EXPECT_EQ(all, "$\x04\0\x0Bheadpayload"s + "$\x04\x01\x30head"s + std::string(300, 'x') +
                       "$\x05\0\x06report"s);
    EXPECT_EQ(delivery.stuck_since(), axon::Time::max());
}

TEST_F(InterleavedDeliveryTest, EndsWithTheReports) {
    rig.end(delivery.rtp);
    rig.run();
    EXPECT_FALSE(rig.ended(delivery)) << "something else may be played next";
    rig.end(delivery.rtcp);
    rig.run();
    EXPECT_TRUE(rig.ended(delivery));
}

TEST_F(InterleavedDeliveryTest, DropsWholePacketsThatAreTooLateForASlowClient) {
    axon::link(delivery.outbox, client.inbox);
    for (char name = 'a'; name <= 'j'; ++name) { // the client has room for a, and b waits for it to take that
        feed(std::string_view{&name, 1});
        rig.advance(500ms);
    }
    EXPECT_EQ(rig.now() - delivery.stuck_since(), 4500ms) << "since b";
    EXPECT_EQ(counted(), 6U) << "b to g, each once it was two seconds late";
    take(2);
    EXPECT_EQ(client.heard, "ah");
    EXPECT_EQ(rig.now(), delivery.stuck_since());
    take(10);
    EXPECT_EQ(client.heard, "ahij");
    EXPECT_EQ(delivery.stuck_since(), axon::Time::max());
    feed("k");
    rig.run();
    EXPECT_EQ(client.heard, "ahijk") << "it has caught up";
    EXPECT_EQ(counted(), 6U);
    EXPECT_EQ(delivery.dropped(), 6U);
}

TEST_F(InterleavedDeliveryTest, ASlowClientHasReportsThoughPacketsWait) {
    axon::link(delivery.outbox, client.inbox);
    const std::string head(kamaelia::rtp::header_size, 'x');
    feed("a");
    feed("b");
    feed("c");
    rig.feed(delivery.rtcp, Datagram{{}, {}, Bytes{head + "report"}});
    feed("d");
    take(1);
    feed("e");
    rig.feed(delivery.rtcp, Datagram{{}, {}, Bytes{head + "goodbye"}});
    take(10);
    EXPECT_EQ(client.heard, "abcreportdegoodbye");
}

TEST_F(InterleavedDeliveryTest, LearnsOfAClientThatTakesSomethingAgainWhereNothingIsLeftForIt) {
    axon::link(delivery.outbox, client.inbox);
    feed("a");
    feed("b");
    rig.advance(10s);
    EXPECT_EQ(rig.now() - delivery.stuck_since(), 10s);
    EXPECT_EQ(counted(), 1U);
    take(1);
    EXPECT_EQ(client.heard, "a");
    EXPECT_EQ(delivery.stuck_since(), axon::Time::max());
    take(1); // what is empty
    feed("c");
    take(1);
    EXPECT_EQ(client.heard, "ac");
}

TEST_F(InterleavedDeliveryTest, KeepsReportsForASlowClient) {
    axon::link(delivery.outbox, client.inbox);
    feed("a");
    rig.feed(delivery.rtcp, Datagram{{}, {}, Bytes{"a report as long as a header"}});
    feed("b");
    rig.advance(10s);
    EXPECT_EQ(counted(), 1U);
    take(2);
    EXPECT_EQ(client.heard, "along as a header");
}

TEST_F(InterleavedDeliveryTest, HoldsNoMoreThanItsInboxTakes) {
    axon::link(delivery.outbox, client.inbox);
    const std::string large(10'000, 'x');
    for (int i = 0; i < 100; ++i) feed(large);
    rig.run();
    EXPECT_EQ(delivery.dropped(), 100 - 13U) << "13 of these are 128 KiB";
}

} // namespace
