#include "kamaelia/protocol/rtp/rtcp_reporter.hpp"

#include "axon/testing/rig.hpp"
#include "axon/values.hpp"
#include "kamaelia/protocol/rtp/ntp_time.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::RTCPNews;
using kamaelia::RTCPReporter;
using kamaelia::rtp::StreamClock;

class RTCPReporterTest : public ::testing::Test {
protected:
    StreamClock clock{{.ssrc = 77, .sequence = 1, .timestamp = 1'000, .rate = 44'100}};
    Rig rig;
    RTCPReporter& reporter =
        rig.add<RTCPReporter>(clock, RTCPReporter::Settings{.cname = "us", .rate = 44'100, .bandwidth = 800});

    // How often, and how much in all.
    std::pair<std::uint64_t, double> measured(const std::string& what) {
        const auto all =
            std::get<axon::Distribution>(rig.system().cat().values().read("kamaelia_rtp_" + what));
        return {all.at_most.back(), all.sum};
    }
};

TEST_F(RTCPReporterTest, ReportsAtOnceWhenSomethingPlaysAndThenNowAndThen) {
    reporter.send_to(kamaelia::Address::ip("192.0.2.7", 5001).value());
    rig.run();
    EXPECT_TRUE(rig.sent(reporter.outbox).empty());
    clock.begin(0, rig.now());
    (void)clock.next_header({Bytes{"12345"}, 0, 44'100, false});
    rig.feed(reporter.news, RTCPNews::playing);
    rig.advance(1s);
    auto sent = rig.sent(reporter.outbox);
    ASSERT_EQ(sent.size(), 1U);
    const auto first = kamaelia::rtp::parse_rtcp(sent[0].data.view());
    ASSERT_TRUE(first);
    EXPECT_EQ(first->reports.at(0).ssrc, 77U);
    ASSERT_TRUE(first->reports[0].sender);
    EXPECT_EQ(first->reports[0].sender->rtp_timestamp, 1'000U);
    EXPECT_EQ(first->reports[0].sender->packets, 1U);
    EXPECT_EQ(first->reports[0].sender->octets, 5U);
    EXPECT_EQ(first->names.at(0).name, "us");
    EXPECT_TRUE(first->goodbyes.empty());
    EXPECT_EQ(sent[0].peer.text(), "192.0.2.7:5001");
    rig.advance(60s);
    sent = rig.sent(reporter.outbox);
    EXPECT_GE(sent.size(), 6U) << "every 5 s, and half of that to one and a half";
    EXPECT_LE(sent.size(), 30U);
    const auto last = kamaelia::rtp::parse_rtcp(sent.back().data.view());
    const auto ticks = last->reports[0].sender->rtp_timestamp - first->reports[0].sender->rtp_timestamp;
    const auto ntp = last->reports[0].sender->ntp - first->reports[0].sender->ntp;
    EXPECT_NEAR(static_cast<double>(ticks) / 44'100, static_cast<double>(ntp) / 4'294'967'296.0, 0.001)
        << "both clocks of a report tell the same instant";
}

TEST_F(RTCPReporterTest, IsSilentWhileNothingPlays) {
    rig.feed(reporter.news, RTCPNews::playing);
    rig.feed(reporter.news, RTCPNews::resting);
    rig.advance(1min);
    EXPECT_EQ(rig.sent(reporter.outbox).size(), 1U);
}

TEST_F(RTCPReporterTest, SaysGoodbyeWhenItIsOverAndCanBeginAgain) {
    rig.feed(reporter.news, RTCPNews::playing);
    rig.feed(reporter.news, RTCPNews::over);
    rig.advance(1min);
    auto sent = rig.sent(reporter.outbox);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(kamaelia::rtp::parse_rtcp(sent[1].data.view())->goodbyes.at(0).ssrcs, std::vector{77U});
    rig.feed(reporter.news, RTCPNews::playing);
    rig.run();
    EXPECT_EQ(rig.sent(reporter.outbox).size(), 1U);
}

TEST_F(RTCPReporterTest, HearsOfItsReceiver) {
    rig.advance(10s);
    const auto report =
        kamaelia::rtp::format_rtcp({.ssrc = 5,
                                    .blocks = {{.ssrc = 76, .lost = 1'000},
                                               {.ssrc = 77, .fraction_lost = 64, .lost = 9, .jitter = 441}}},
                                   "them");
    for (int i = 0; i < 20; ++i) (void)clock.next_header({Bytes{"x"}, i, 1, false});
    rig.feed(reporter.inbox, report);
    rig.run();
    const auto& values = rig.system().cat().values();
    EXPECT_EQ(values.read("kamaelia_rtp_receiver_reports_total"), axon::Reading{std::uint64_t{1}});
    EXPECT_EQ(values.read("kamaelia_rtp_lost_packets_total"), axon::Reading{std::uint64_t{9}});
    EXPECT_EQ(reporter.heard(), rig.now());
    EXPECT_EQ(measured("loss_ratio"), std::pair(std::uint64_t{1}, 0.25));
    EXPECT_EQ(measured("jitter_seconds"), std::pair(std::uint64_t{1}, 0.01));
    EXPECT_EQ(measured("round_trip_seconds"), std::pair(std::uint64_t{0}, 0.0))
        << "it has seen no report of ours";
    for (const auto lost : {8'000'000, -5}) { // more than were sent, and less than before
        rig.advance(1s);
        rig.feed(reporter.inbox,
                 kamaelia::rtp::format_rtcp({.ssrc = 5, .blocks = {{.ssrc = 77, .lost = lost}}}, "them"));
        rig.run();
        EXPECT_EQ(values.read("kamaelia_rtp_lost_packets_total"), axon::Reading{std::uint64_t{20}});
    }
}

TEST_F(RTCPReporterTest, MeasuresTheRoundTripFromItsReportToTheReceivers) {
    rig.feed(reporter.news, RTCPNews::playing);
    rig.run();
    const auto ours = kamaelia::rtp::parse_rtcp(rig.sent(reporter.outbox).at(0).data.view());
    const auto seen = kamaelia::rtp::middle_of(ours->reports.at(0).sender->ntp);
    rig.advance(500ms);
    const auto tell = [&](kamaelia::rtp::ReportBlock block) {
        rig.advance(1s);
        block.ssrc = 77;
        rig.feed(reporter.inbox, kamaelia::rtp::format_rtcp({.ssrc = 5, .blocks = {block}}, "them"));
        rig.run();
    };
    tell({.last_report = seen, .since_last_report = 0x0001'0000}); // it has held it for a second
    EXPECT_EQ(measured("round_trip_seconds").first, 1U);
    EXPECT_NEAR(measured("round_trip_seconds").second, 0.5, 0.001);
    const auto jitter = measured("jitter_seconds");
    tell({.jitter = 0xFFFF'FFFF, .last_report = seen + 0x0010'0000}); // from the future
    tell({.jitter = 0xFFFF'FFFF, .last_report = seen, .since_last_report = 0xFFFF'FFFF});
    EXPECT_EQ(measured("round_trip_seconds").first, 1U);
    EXPECT_EQ(measured("jitter_seconds"), jitter);
    EXPECT_EQ(measured("loss_ratio").first, 3U) << "there is nothing wrong with that";
}

TEST_F(RTCPReporterTest, CountsOneReportOfADatagramAndOfASecond) {
    rig.run();
    kamaelia::rtp::Report many{.ssrc = 5, .blocks = {}};
    many.blocks.assign(31, {.ssrc = 77, .fraction_lost = 64});
    const auto packet = kamaelia::rtp::format_rtcp(many, "them");
    for (int i = 0; i < 20; ++i) {
        rig.feed(reporter.inbox, Bytes{std::string{packet.view()} + std::string{packet.view()}});
        rig.advance(100ms);
        EXPECT_EQ(reporter.heard(), rig.now() - 100ms) << "each is life";
    }
    EXPECT_EQ(rig.system().cat().values().read("kamaelia_rtp_receiver_reports_total"),
              axon::Reading{std::uint64_t{2}});
    EXPECT_EQ(measured("loss_ratio"), std::pair(std::uint64_t{2}, 0.5));
}

TEST_F(RTCPReporterTest, WhatBearsOurOwnSSRCIsNoSignOfLife) {
    rig.run();
    const auto before = reporter.heard();
    rig.advance(10s);
    using kamaelia::rtp::format_rtcp;
    const auto text = [](const Bytes& bytes) { return std::string{bytes.view()}; };
    const auto them = text(format_rtcp({.ssrc = 5, .blocks = {{.ssrc = 77}}}, "them"));
    for (const auto& ours : {text(format_rtcp({.ssrc = 77, .blocks = {{.ssrc = 77}}}, "us")),
                             them + text(format_rtcp({.ssrc = 77}, "us")),
                             them + "\x81\xca\0\2\0\0\0\x4d\1\0\0\0"s, // a name
                             them + "\x81\xcb\0\1\0\0\0\x4d"s}) {      // a goodbye
        ASSERT_TRUE(kamaelia::rtp::parse_rtcp(ours));
        rig.feed(reporter.inbox, Bytes{ours});
        rig.run();
        EXPECT_EQ(reporter.heard(), before);
    }
    EXPECT_EQ(rig.system().cat().values().read("kamaelia_rtp_receiver_reports_total"),
              axon::Reading{std::uint64_t{0}});
    rig.feed(reporter.inbox, Bytes{them});
    rig.run();
    EXPECT_EQ(reporter.heard(), rig.now());
}

TEST_F(RTCPReporterTest, JunkDoesNotMakeItReportMoreSeldom) {
    rig.feed(reporter.news, RTCPNews::playing);
    for (int i = 0; i < 60; ++i) {
        rig.feed(reporter.inbox, Bytes{std::string(65'000, 'x')});
        rig.advance(1s);
    }
    EXPECT_GE(rig.sent(reporter.outbox).size(), 6U);
}

TEST_F(RTCPReporterTest, JunkIsNoSignOfLife) {
    rig.run();
    const auto before = reporter.heard();
    rig.advance(10s);
    for (const auto* junk : {"", "x", "\xce\xfa\xed\xfe", "GET / HTTP/1.1\r\n\r\n"})
        rig.feed(reporter.inbox, Bytes{std::string_view{junk}});
    rig.run();
    EXPECT_EQ(reporter.heard(), before);
    EXPECT_EQ(rig.system().cat().values().read("kamaelia_rtp_receiver_reports_total"),
              axon::Reading{std::uint64_t{0}});
}

} // namespace
