// The client's part of a dialogue.
#include "kamaelia/protocol/rtsp/rtsp_client.hpp"

#include "axon/sleep.hpp"
#include "tests/kamaelia/protocol/rtsp/client_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

namespace {

using namespace kamaelia::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RTSPClientTest : public ::testing::Test, public Dialogue {};

TEST_F(RTSPClientTest, AsksForOneThingAfterTheOther) {
    auto request = heard();
    EXPECT_EQ(request.method, Method::options);
    EXPECT_EQ(request.url, url);
    rig.advance(5s);
    listen();
    EXPECT_TRUE(requests.empty()) << "before there is an answer";
    answer(request, "200 OK", "Public: OPTIONS\r\n");
    request = heard();
    EXPECT_EQ(request.method, Method::describe);
    EXPECT_EQ(request.url, url);
    EXPECT_EQ(request.field("Accept"), "application/sdp");
    EXPECT_FALSE(request.has("Session"));
    answer(request, "200 OK", "Content-Base: rtsp://g/b/\r\n", description);
    request = heard();
    EXPECT_EQ(request.method, Method::setup);
    EXPECT_EQ(request.url, "rtsp://g/b/stream=0");
    EXPECT_THAT(std::string{*request.field("Transport")}, HasSubstr("RTP/AVP/TCP;unicast;interleaved=0-1"));
    EXPECT_TRUE(rig.sent(client.format).empty());
    answer(request, "200 OK", "Session: abc;timeout=20\r\nTransport: " + transport + "\r\n");
    request = heard();
    EXPECT_EQ(request.method, Method::play);
    EXPECT_EQ(request.url, "rtsp://g/b/");
    EXPECT_EQ(request.field("Session"), "abc");
    EXPECT_EQ(request.field("Range"), "npt=0-");
    ASSERT_EQ(rig.sent(client.format).size(), 1U) << "before anything can come";
    answer(request, "200 OK");
    rig.run();
    send_goodbye();
    request = heard();
    EXPECT_EQ(request.method, Method::teardown);
    EXPECT_EQ(request.url, "rtsp://g/b/");
    EXPECT_EQ(request.field("Session"), "abc");
    EXPECT_FALSE(rig.ended(client)) << "before there is an answer";
    answer(request, "200 OK");
    EXPECT_TRUE(rig.ended(client));
    EXPECT_EQ(client.ending(), axon::Ending::finished);
}

TEST_F(RTSPClientTest, TheBaseOfControlsIsWhatTheAnswerSaysOrWhatWasAsked) {
    for (const auto& [fields, control] : {std::pair{"Content-Location: rtsp://l/\r\n", "rtsp://l/stream=0"},
                                          std::pair{"", "rtsp://h/a.opus/stream=0"}}) {
        Dialogue dialogue;
        dialogue.answer(dialogue.lead_to(Method::describe), "200 OK", fields, sdp);
        EXPECT_EQ(dialogue.heard().url, control);
    }
}

TEST_F(RTSPClientTest, AsksForAPart) {
    Dialogue dialogue{{.url = url, .start = 1500ms, .end = 1min}};
    EXPECT_EQ(dialogue.lead_to(Method::play).field("Range"), "npt=1.5-60");
}

TEST_F(RTSPClientTest, SaysWhenEachPacketIs) {
    play();
    send_rtp(8, 1'960);
    send_rtp(9, 4'840);
    EXPECT_THAT(timestamps(), ElementsAre(48'960, 51'840)) << "though the first one is lost";
}

TEST_F(RTSPClientTest, WithoutWordOfItTheFirstPacketIsWhereItAskedToBegin) {
    answer(lead_to(Method::play), "200 OK", "Session: abc\r\n");
    send_rtp(7, 123'456);
    send_rtp(8, 124'416);
    EXPECT_THAT(timestamps(), ElementsAre(0, 960));
}

TEST_F(RTSPClientTest, KeepsWhatComesBeforeTheAnswerToPlay) {
    const auto request = lead_to(Method::play);
    send_rtp(7, 1'000);
    send_rtp(8, 1'960);
    EXPECT_TRUE(timestamps().empty()) << "it is not known when that is";
    answer(request, "200 OK", "Range: npt=2-\r\nRTP-Info: url=a;seq=7;rtptime=1000\r\n");
    send_rtp(9, 2'920);
    EXPECT_THAT(timestamps(), ElementsAre(96'000, 96'960, 97'920));
}

TEST_F(RTSPClientTest, HearsTheChannelsThatTheServerHasChosen) {
    transport = "RTP/AVP/TCP;unicast;interleaved=4-7";
    play();
    send_rtp(7, 1'000, 0);
    send_rtp(7, 1'000, 4);
    send_rtp(8, 1'960, 5);
    EXPECT_THAT(timestamps(), ElementsAre(48'000));
    rig.advance(9s);
    listen();
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames[0].first, 7);
}

TEST_F(RTSPClientTest, ReportsWhatItHears) {
    play();
    for (std::uint16_t i = 0; i < 5; ++i) send_rtp(static_cast<std::uint16_t>(7 + i), 1'000 + 960U * i);
    rig.advance(9s);
    listen();
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames[0].first, 1);
    const auto compound = kamaelia::rtp::parse_rtcp(frames[0].second);
    ASSERT_TRUE(compound);
    ASSERT_EQ(compound->reports.at(0).blocks.size(), 1U);
    EXPECT_EQ(compound->reports[0].blocks[0].ssrc, ssrc);
    EXPECT_EQ(compound->reports[0].blocks[0].highest_sequence, 11U);
    send_goodbye();
    listen();
    const auto last = kamaelia::rtp::parse_rtcp(frames.back().second);
    EXPECT_EQ(last->goodbyes.size(), 1U) << "it has reported, so it says goodbye";
}

TEST_F(RTSPClientTest, KeepsTheSessionAlive) {
    play();
    rig.advance(9'900ms);
    listen();
    EXPECT_TRUE(requests.empty());
    for (int i = 0; i < 3; ++i) {
        rig.advance(200ms);
        const auto request = heard();
        EXPECT_EQ(request.method, Method::get_parameter);
        EXPECT_EQ(request.url, "rtsp://h/a.opus/");
        EXPECT_EQ(request.field("Session"), "abc");
        EXPECT_TRUE(request.body.empty());
        answer(request, "200 OK");
        rig.advance(9'800ms);
    }
    EXPECT_FALSE(rig.ended(client));
}

TEST_F(RTSPClientTest, KeepsItAliveByWhatTheServerOffers) {
    offered = "Public: OPTIONS, DESCRIBE\r\nPublic: SETUP, PLAY, TEARDOWN\r\n";
    play();
    rig.advance(11s);
    EXPECT_EQ(heard().method, Method::options);

    Dialogue other;
    other.offered = "Public: OPTIONS, DESCRIBE\r\npublic: SETUP, PLAY,GET_PARAMETER\r\n";
    other.play();
    other.rig.advance(11s);
    EXPECT_EQ(other.heard().method, Method::get_parameter);
}

TEST_F(RTSPClientTest, KeepsItAliveWhileNobodyTakesTheMedia) {
    // One packet a minute.
    class Slow final : public axon::Component {
    public:
        axon::Inbox<kamaelia::MediaPacket> inbox{*this, "inbox", {.capacity = 1}};

    private:
        axon::Task<> main() override {
            while (co_await inbox.receive()) co_await sleep_for(1min);
        }
    };
    auto& slow = rig.add<Slow>();
    axon::link(client.media, slow.inbox);
    play();
    for (std::uint16_t i = 0; i < 500; ++i) send_rtp(i, 960U * i);
    EXPECT_GT(rig.refused(client.inbox), 0U) << "it does not read on";
    rig.advance(11s);
    EXPECT_EQ(heard().method, Method::get_parameter);
    rig.advance(10min);
    listen();
    EXPECT_TRUE(requests.empty()) << "what it cannot hear the answer to it does not ask again";
    EXPECT_FALSE(rig.ended(client)) << "and the server is not to blame";
    rig.stop(client);
    answer(heard(), "200 OK");
    EXPECT_TRUE(rig.ended(client)) << "what is queued holds nothing up";
}

TEST_F(RTSPClientTest, AServersRequestsAreAnswered) {
    play();
    say("GET_PARAMETER rtsp://h/a.opus RTSP/1.0\r\nCSeq: 1\r\n\r\n");
    say("REDIRECT rtsp://h/a.opus RTSP/1.0\r\nCSeq: 2\r\n\r\nSET_PARAMETER * RTSP/1.0\r\nCSeq: 3\r\n\r\n");
    say("GET_PARAMETER * RTSP/1.0\r\nCSeq: 4\r\nContent-Length: 1\r\n\r\nx");
    listen();
    EXPECT_THAT(replies, ElementsAre(200U, 501U, 501U, 501U));
    send_rtp(7, 1'000);
    EXPECT_EQ(timestamps().size(), 1U) << "and it plays on";
}

TEST_F(RTSPClientTest, WhatIsNoAnswerToItsQuestionIsNone) {
    const auto request = heard();
    answer(request, "100 Continue");
    say("RTSP/1.0 404 Not Found\r\nCSeq: 77\r\n\r\n");
    say("RTSP/1.0 404 Not Found\r\nCSeq: 0\r\n\r\n");
    say("RTSP/1.0 404 Not Found\r\n\r\n");
    listen();
    EXPECT_TRUE(requests.empty());
    answer(request, "200 OK");
    EXPECT_EQ(heard().method, Method::describe);
}

TEST_F(RTSPClientTest, ADescriptionMayHoldLargeHeaders) {
    description = sdp + "a=x:" + std::string(200'000, 'x') + "\r\n";
    EXPECT_EQ(lead_to(Method::setup).method, Method::setup);
}

} // namespace
