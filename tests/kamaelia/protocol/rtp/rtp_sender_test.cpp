#include "kamaelia/protocol/rtp/rtp_sender.hpp"

#include "axon/testing/rig.hpp"
#include "axon/values.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::Address;
using kamaelia::Datagram;
using kamaelia::RTPGo;
using kamaelia::RTPSender;
using kamaelia::rtp::Payload;
using kamaelia::rtp::StreamClock;

class RTPSenderTest : public ::testing::Test {
protected:
    RTPSenderTest() { sender.receivers().add(peer); }

    // Five payloads of 100 ms each.
    void feed() {
        for (std::int64_t i = 0; i < 5; ++i)
            rig.feed(sender.inbox, Payload{Bytes{std::to_string(i)}, 3'000 + i * 100, 100, false});
        rig.end(sender.inbox);
    }
    std::vector<std::string> sent() {
        std::vector<std::string> all;
        for (const auto& packet : rig.sent(sender.outbox)) all.emplace_back(packet.data.view()); // NOLINT
        return all;
    }
    using Texts = std::vector<std::string>;

    const Address peer = Address::ip("192.0.2.7", 5000).value();
    StreamClock clock{{.ssrc = 7, .sequence = 40, .timestamp = 5'000, .rate = 1'000}};
    Rig rig;
    RTPSender& sender = rig.add<RTPSender>(clock);
};

TEST_F(RTPSenderTest, SaysWhatItBeginsWithAndWaitsForAGo) {
    feed();
    rig.advance(10s);
    const auto begun = rig.sent(sender.begun);
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun[0].timestamp, 3'000);
    EXPECT_EQ(sent(), Texts{});
    EXPECT_EQ(sender.position(), 3'000);
}

TEST_F(RTPSenderTest, LeavesTheClockAloneUntilTheGo) {
    clock.begin(700, rig.now());
    feed();
    rig.advance(1s);
    EXPECT_EQ(clock.rtp_time(std::int64_t{800}), 5'100U);
    rig.feed(sender.go, RTPGo{});
    rig.run();
    EXPECT_EQ(clock.rtp_time(std::int64_t{3'100}), 5'100U);
}

TEST_F(RTPSenderTest, LeavesOutWhatIsBeforeTheGosPlace) {
    feed();
    rig.advance(1s);
    rig.feed(sender.go, RTPGo{3'200});
    rig.run();
    EXPECT_EQ(sent(), Texts{"2"}) << "at once: its time begins there";
    rig.advance(100ms);
    EXPECT_EQ(sent(), Texts{"3"});
    EXPECT_EQ(sender.position(), 3'400);
}

TEST_F(RTPSenderTest, LeavesTheTimesOfWhatGoesOnAsTheyAre) {
    clock.begin(3'000, rig.now());
    feed();
    rig.advance(150ms);
    rig.feed(sender.go, RTPGo{.from = 3'200, .goes_on = true});
    rig.run();
    EXPECT_EQ(sent(), Texts{});
    rig.advance(49ms);
    EXPECT_EQ(sent(), Texts{});
    rig.advance(1ms);
    EXPECT_EQ(sent(), Texts{"2"});
}

TEST_F(RTPSenderTest, SendsEachPayloadWhenItIsDueAndNeverBefore) {
    feed();
    rig.advance(10s);
    rig.feed(sender.go, RTPGo{});
    rig.run();
    EXPECT_EQ(sent(), Texts{"0"});
    rig.advance(99ms);
    EXPECT_EQ(sent(), Texts{});
    rig.advance(1ms);
    EXPECT_EQ(sent(), Texts{"1"});
    EXPECT_EQ(sender.position(), 3'200);
    rig.advance(250ms);
    EXPECT_EQ(sent(), (Texts{"2", "3"}));
    rig.advance(149ms);
    EXPECT_EQ(sent(), Texts{"4"});
    EXPECT_FALSE(rig.ended(sender)) << "the last one lasts";
    rig.advance(1ms);
    EXPECT_TRUE(rig.ended(sender));
}

TEST_F(RTPSenderTest, SendsWhatIsLateAtOnce) {
    rig.feed(sender.inbox, Payload{Bytes{"0"}, 0, 100, false});
    rig.feed(sender.go, RTPGo{});
    rig.advance(1s); // nothing more has come
    EXPECT_EQ(sent(), Texts{"0"});
    for (int i = 1; i < 20; ++i) rig.feed(sender.inbox, Payload{Bytes{"x"}, i * 100, 100, false});
    rig.run();
    EXPECT_EQ(sent().size(), 10U) << "all that is due";
    rig.advance(100ms);
    EXPECT_EQ(sent().size(), 1U);
}

TEST_F(RTPSenderTest, PutsAnRtpHeaderBesideThePayload) {
    feed();
    rig.feed(sender.go, RTPGo{});
    rig.advance(100ms);
    const auto packets = rig.sent(sender.outbox);
    ASSERT_EQ(packets.size(), 2U);
    const auto packet = kamaelia::rtp::parse_packet(std::string{packets[1].header.view()} +
                                                    std::string{packets[1].data.view()});
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->header,
              (kamaelia::rtp::Header{.payload_type = 96, .sequence = 41, .timestamp = 5'100, .ssrc = 7}));
}

TEST_F(RTPSenderTest, LeavesOnWholeMillisecondsAtMostOneBeforeItsTime) {
    rig.advance(500us);
    for (int i = 0; i < 3; ++i) rig.feed(sender.inbox, Payload{Bytes{"x"}, i * 100, 100, false});
    rig.feed(sender.go, RTPGo{});
    rig.run();
    EXPECT_EQ(sent().size(), 1U);
    rig.advance(99ms);
    EXPECT_EQ(sent().size(), 0U);
    rig.advance(500us);
    EXPECT_EQ(sent().size(), 1U) << "half a millisecond before it is due";
}

TEST_F(RTPSenderTest, GivesAllTheSamePacketsWhoeverJoinsAndLeaves) {
    class Listener final : public axon::Component {
    public:
        axon::Inbox<Datagram> inbox{*this, "inbox"};
        std::string heard;

    private:
        axon::Task<> main() override {
            while (const auto packet = co_await inbox.receive()) {
                const auto parsed = kamaelia::rtp::parse_packet(packet->header.view());
                heard +=
                    std::to_string(parsed->header.sequence) + "=" + std::string{packet->data.view()} + " ";
            }
        }
    };
    const kamaelia::RTPValues totals{rig.system().cat()};
    auto& listener = rig.add<Listener>();
    feed();
    rig.feed(sender.go, RTPGo{});
    rig.advance(100ms); // two have left
    const auto late = sender.receivers().add(axon::Sender<Datagram>{listener.inbox});
    const auto other = sender.receivers().add(Address::ip("192.0.2.8", 7000).value());
    rig.advance(100ms);
    sender.receivers().remove(other);
    rig.advance(100ms);
    sender.receivers().remove(late);
    rig.advance(1s);
    EXPECT_EQ(listener.heard, "42=2 43=3 ");
    std::string by_udp;
    const char* shared = nullptr;
    for (const auto& packet : rig.sent(sender.outbox)) {
        by_udp += std::to_string(packet.peer.port()) + "=" + std::string{packet.data.view()} + " ";
        if (packet.data.view() != "2") continue;
        if (shared) EXPECT_EQ(packet.data.data(), shared) << "all share one buffer";
        shared = packet.data.data();
    }
    EXPECT_EQ(rig.system().cat().values().read("kamaelia_rtp_packets_total"),
              axon::Reading{std::uint64_t{8}});
    EXPECT_EQ(by_udp, "5000=0 5000=1 5000=2 7000=2 5000=3 5000=4 ");
}

TEST_F(RTPSenderTest, EndsWithoutAWordWhereThereIsNothingToPlay) {
    rig.end(sender.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(sender));
    EXPECT_TRUE(rig.sent(sender.begun).empty());
}

} // namespace
