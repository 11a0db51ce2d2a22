#include "kamaelia/protocol/rtp/rtp_stream.hpp"

#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::RTPGo;
using kamaelia::RTPStream;
using kamaelia::rtp::Payload;
using kamaelia::rtp::StreamClock;

class RTPStreamTest : public ::testing::Test {
protected:
    // Five payloads of 100 ms each.
    void feed() {
        for (std::int64_t i = 0; i < 5; ++i)
            rig.feed(stream.inbox, Payload{Bytes{std::to_string(i)}, 3'000 + i * 100, 100, false});
        rig.end(stream.inbox);
    }
    std::vector<std::string> sent() {
        std::vector<std::string> all;
        for (const auto& packet : rig.sent(stream.outbox)) all.emplace_back(packet.payload.view()); // NOLINT
        return all;
    }
    using Texts = std::vector<std::string>;

    StreamClock clock{{.ssrc = 7, .sequence = 40, .timestamp = 5'000, .rate = 1'000}};
    Rig rig;
    RTPStream& stream = rig.add<RTPStream>(clock);
};

TEST_F(RTPStreamTest, SaysWhatItBeginsWithAndWaitsForAGo) {
    feed();
    rig.advance(10s);
    const auto begun = rig.sent(stream.begun);
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun[0].timestamp, 3'000);
    EXPECT_EQ(begun[0].sequence, 40);
    EXPECT_EQ(begun[0].rtp_time, 5'000U);
    EXPECT_EQ(sent(), Texts{});
    EXPECT_EQ(stream.position(), 3'000);
}

TEST_F(RTPStreamTest, SendsEachPayloadWhenItIsDueAndNeverBefore) {
    feed();
    rig.advance(10s);
    rig.feed(stream.go, RTPGo{});
    rig.run();
    EXPECT_EQ(sent(), Texts{"0"});
    rig.advance(99ms);
    EXPECT_EQ(sent(), Texts{});
    rig.advance(1ms);
    EXPECT_EQ(sent(), Texts{"1"});
    EXPECT_EQ(stream.position(), 3'200);
    rig.advance(250ms);
    EXPECT_EQ(sent(), (Texts{"2", "3"}));
    rig.advance(149ms);
    EXPECT_EQ(sent(), Texts{"4"});
    EXPECT_FALSE(rig.ended(stream)) << "the last one lasts";
    rig.advance(1ms);
    EXPECT_TRUE(rig.ended(stream));
}

TEST_F(RTPStreamTest, SendsWhatIsLateAtOnce) {
    rig.feed(stream.inbox, Payload{Bytes{"0"}, 0, 100, false});
    rig.feed(stream.go, RTPGo{});
    rig.advance(1s); // nothing more has come
    EXPECT_EQ(sent(), Texts{"0"});
    for (int i = 1; i < 20; ++i) rig.feed(stream.inbox, Payload{Bytes{"x"}, i * 100, 100, false});
    rig.run();
    EXPECT_EQ(sent().size(), 10U) << "all that is due";
    rig.advance(100ms);
    EXPECT_EQ(sent().size(), 1U);
}

TEST_F(RTPStreamTest, PutsAnRtpHeaderBesideThePayload) {
    feed();
    rig.feed(stream.go, RTPGo{});
    rig.advance(100ms);
    const auto packets = rig.sent(stream.outbox);
    ASSERT_EQ(packets.size(), 2U);
    const auto packet = kamaelia::rtp::parse_packet(std::string{packets[1].header.view()} +
                                                    std::string{packets[1].payload.view()});
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->header,
              (kamaelia::rtp::Header{.payload_type = 96, .sequence = 41, .timestamp = 5'100, .ssrc = 7}));
}

TEST_F(RTPStreamTest, EndsWithoutAWordWhereThereIsNothingToPlay) {
    rig.end(stream.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(stream));
    EXPECT_TRUE(rig.sent(stream.begun).empty());
}

} // namespace
