#include "kamaelia/protocol/rtp/rtp_depacketiser.hpp"

#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtp/ntp_time.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::RTCPData;
using kamaelia::RTPData;
using kamaelia::RTPDepacketiser;
using kamaelia::RTPNews;
using ::testing::ElementsAre;

class RTPDepacketiserTest : public ::testing::Test {
protected:
    static RTPDepacketiser::Settings settings() {
        return {.depacketiser = kamaelia::rtp::MediaDepacketiser::of_opus(),
                .rate = 48'000,
                .payload_type = 96,
                .ssrc = 77,
                .own_ssrc = 5,
                .cname = "us",
                .bandwidth = 800};
    }
    void feed(RTPNews news) { rig.feed(depacketiser->inbox, std::move(news)); }
    void send(kamaelia::rtp::Header header) {
        std::array<char, kamaelia::rtp::header_size> room;
        kamaelia::rtp::write_header(header, room);
        feed(RTPData{Bytes{std::string{room.data(), room.size()} + "\xFC"}}); // 20 ms of Opus
        rig.run();
    }
    void send(std::uint16_t sequence) {
        send({.payload_type = 96, .sequence = sequence, .timestamp = 960U * sequence, .ssrc = 77});
    }
    void control(const kamaelia::rtp::Report& report, bool goodbye = false) {
        feed(RTCPData{kamaelia::rtp::format_rtcp(
            report, "them", goodbye ? std::optional<std::string_view>{""} : std::nullopt)});
        rig.run();
    }
    std::vector<std::int64_t> timestamps() {
        std::vector<std::int64_t> all;
        for (const auto& packet : rig.sent(depacketiser->outbox)) all.push_back(packet.timestamp);
        return all;
    }

    Rig rig;
    RTPDepacketiser* depacketiser = &rig.add<RTPDepacketiser>(settings());
};

TEST_F(RTPDepacketiserTest, SendsWhatTheSourceSends) {
    feed(kamaelia::rtp::MediaBeginning{.rtp_time = 960, .timestamp = 48'000});
    send(1);
    send(2);
    send({.payload_type = 96, .sequence = 3, .timestamp = 0, .ssrc = 78});
    send({.payload_type = 97, .sequence = 3, .timestamp = 0, .ssrc = 77});
    feed(RTPData{Bytes{"junk"}});
    feed(RTCPData{Bytes{"junk"}});
    send(3);
    EXPECT_THAT(timestamps(), ElementsAre(48'000, 48'960, 49'920));
}

TEST_F(RTPDepacketiserTest, WithoutWordOfItTheSourceIsWhoeverSendsFirst) {
    auto open = settings();
    open.ssrc.reset();
    depacketiser = &rig.add<RTPDepacketiser>(std::move(open));
    send({.payload_type = 97, .sequence = 8, .timestamp = 960, .ssrc = 1});
    send({.payload_type = 96, .sequence = 8, .timestamp = 960, .ssrc = 2});
    send({.payload_type = 96, .sequence = 9, .timestamp = 960, .ssrc = 3});
    EXPECT_EQ(timestamps().size(), 1U);
    control({.ssrc = 3}, true);
    EXPECT_FALSE(rig.ended(*depacketiser));
    control({.ssrc = 2}, true);
    EXPECT_TRUE(rig.ended(*depacketiser));
}

TEST_F(RTPDepacketiserTest, ReportsNowAndThen) {
    for (std::uint16_t i = 1; i <= 10; ++i)
        if (i != 7) send(i);
    const auto ntp = kamaelia::rtp::ntp_time(rig.system().clock().wall());
    control({.ssrc = 77, .sender = kamaelia::rtp::SenderInfo{.ntp = ntp}});
    control({.ssrc = 78, .sender = kamaelia::rtp::SenderInfo{.ntp = ntp + (1ULL << 40)}});
    rig.advance(4s);
    const auto sent = rig.sent(depacketiser->reports);
    ASSERT_GE(sent.size(), 1U) << "the first one after half of 5 s, more or less";
    const auto compound = kamaelia::rtp::parse_rtcp(sent[0].view());
    ASSERT_TRUE(compound);
    EXPECT_EQ(compound->names.at(0).name, "us");
    EXPECT_TRUE(compound->goodbyes.empty());
    const auto& report = compound->reports.at(0);
    EXPECT_EQ(report.ssrc, 5U);
    EXPECT_FALSE(report.sender);
    ASSERT_EQ(report.blocks.size(), 1U);
    EXPECT_EQ(report.blocks[0].ssrc, 77U);
    EXPECT_EQ(report.blocks[0].highest_sequence, 10U);
    EXPECT_EQ(report.blocks[0].lost, 1);
    EXPECT_EQ(report.blocks[0].last_report, kamaelia::rtp::middle_of(ntp));
    EXPECT_GT(report.blocks[0].since_last_report, 65'536U);
    rig.advance(1min);
    const auto more = rig.sent(depacketiser->reports).size();
    EXPECT_GE(more, 6U) << "every 5 s, and half of that to one and a half";
    EXPECT_LE(more, 30U);
}

TEST_F(RTPDepacketiserTest, IsSilentWhereNoReportsAreWanted) {
    auto silent = settings();
    silent.bandwidth = 0;
    depacketiser = &rig.add<RTPDepacketiser>(std::move(silent));
    send(1);
    rig.advance(1h);
    EXPECT_TRUE(rig.sent(depacketiser->reports).empty());
}

TEST_F(RTPDepacketiserTest, EndsAtTheGoodbyeBehindWhatCameBefore) {
    send(1);
    feed(RTPData{Bytes{"junk"}});
    send(2);
    control({.ssrc = 78}, true);
    EXPECT_FALSE(rig.ended(*depacketiser));
    control({.ssrc = 77}, true);
    EXPECT_TRUE(rig.ended(*depacketiser));
    EXPECT_EQ(timestamps().size(), 2U);
    EXPECT_TRUE(rig.sent(depacketiser->reports).empty()) << "who has never reported says no goodbye";
}

TEST_F(RTPDepacketiserTest, SaysGoodbyeWhenItHasReported) {
    rig.advance(10s);
    auto sent = rig.sent(depacketiser->reports);
    ASSERT_GE(sent.size(), 1U);
    EXPECT_TRUE(kamaelia::rtp::parse_rtcp(sent[0].view())->reports.at(0).blocks.empty()) << "nothing came";
    rig.end(depacketiser->inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(*depacketiser));
    sent = rig.sent(depacketiser->reports);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(kamaelia::rtp::parse_rtcp(sent[0].view())->goodbyes.at(0).ssrcs, std::vector{5U});
}

} // namespace
