// Whole dialogues with the server, and what comes by RTP, on the Rig.
#include "kamaelia/protocol/rtsp/range.hpp"
#include "kamaelia/protocol/sdp/parse.hpp"
#include "tests/kamaelia/protocol/rtsp/server_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using kamaelia::testing::MemoryPeer;
using ::testing::HasSubstr;
using RTSPServerTest = kamaelia::testing::ServerDialogue;

TEST_F(RTSPServerTest, SaysWhatItCan) {
    const auto reply = ask("OPTIONS", "/media/a.ogg");
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.field("Public"),
              "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER");
    for (const auto* method : {"ANNOUNCE", "RECORD", "REDIRECT", "BREW"}) {
        const auto refusal = ask(method, "/media/a.ogg");
        EXPECT_EQ(refusal.status, 501U) << method;
        EXPECT_EQ(refusal.field("Public"), reply.field("Public")) << method;
    }
}

TEST_F(RTSPServerTest, DescribesAFile) {
    const auto reply = ask("DESCRIBE", "/media/a.ogg", "Accept: application/sdp\r\n");
    ASSERT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.field("Content-Type"), "application/sdp");
    EXPECT_EQ(reply.field("Content-Base"), "rtsp://192.0.2.1/media/a.ogg/");
    const auto description = kamaelia::sdp::parse_description(reply.body);
    ASSERT_TRUE(description);
    EXPECT_EQ(description->range, "npt=0-" + kamaelia::rtsp::format_npt(vorbis.granules.back() * 125us));
    ASSERT_EQ(description->media.size(), 1U);
    const auto& media = description->media[0];
    EXPECT_EQ(media.encoding, "vorbis");
    EXPECT_EQ(media.clock_rate, 8'000U);
    EXPECT_EQ(media.channels, 1U);
    EXPECT_EQ(media.control, "rtsp://192.0.2.1/media/a.ogg/trackID=0");
    const auto configuration = kamaelia::rtp::parse_vorbis_fmtp(media.parameters);
    ASSERT_TRUE(configuration);
    EXPECT_EQ(configuration->setup, vorbis.headers[2]);
}

TEST_F(RTSPServerTest, RefusesWithTheStatusThatSaysWhy) {
    const struct {
        const char* what;
        const char* method;
        const char* url;
        const char* fields;
        unsigned status;
    } cases[] = {
        {"no such file", "DESCRIBE", "/media/b.ogg", "", 404},
        {"no file at all", "DESCRIBE", "/", "", 404},
        {"not below media", "DESCRIBE", "/a.ogg", "", 404},
        {"out of the root", "DESCRIBE", "/media/../a.ogg", "", 400},
        {"no Ogg", "DESCRIBE", "/media/no.ogg", "", 415},
        {"another type", "DESCRIBE", "/media/a.ogg", "Accept: text/html\r\n", 406},
        {"an option", "DESCRIBE", "/media/a.ogg", "Require: teapot\r\n", 551},
        {"the whole instead of its track", "SETUP", "/media/a.ogg",
         "Transport: RTP/AVP;unicast;client_port=5000-5001\r\n", 459},
        {"another track", "SETUP", "/media/a.ogg/trackID=1",
         "Transport: RTP/AVP;unicast;client_port=5000-5001\r\n", 404},
        {"multicast", "SETUP", "/media/a.ogg/trackID=0", "Transport: RTP/AVP;multicast\r\n", 461},
        {"no transport", "SETUP", "/media/a.ogg/trackID=0", "", 461},
        {"to somebody else", "SETUP", "/media/a.ogg/trackID=0",
         "Transport: RTP/AVP;unicast;destination=192.0.2.9;client_port=5000-5001\r\n", 461},
        {"PLAY without a session", "PLAY", "/media/a.ogg/", "", 454},
        {"a session that there is not", "PLAY", "/media/a.ogg/", "Session: 1\r\n", 454},
        {"that to keep alive", "GET_PARAMETER", "/media/a.ogg/", "Session: 1\r\n", 454},
        {"a parameter", "GET_PARAMETER", "/media/a.ogg", "Content-Length: 3\r\n\r\nabc", 451},
    };
    for (const auto& each : cases) {
        const auto reply = ask(each.method, each.url, each.fields);
        EXPECT_EQ(reply.status, each.status) << each.what;
    }
}

TEST_F(RTSPServerTest, PlaysAFileInItsTimeAndSaysGoodbye) {
    const auto session = set_up_tcp();
    const auto reply = ask("PLAY", "/media/a.ogg/", session + "Range: npt=0.000-\r\n");
    ASSERT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.field("Range"), "npt=0-" + kamaelia::rtsp::format_npt(vorbis.granules.back() * 125us));
    EXPECT_THAT(reply.field("RTP-Info"), HasSubstr("url=rtsp://192.0.2.1/media/a.ogg/trackID=0;seq="));
    rig.advance(1s);
    auto heard = packets();
    const auto by_now = heard.size();
    EXPECT_GT(by_now, 8U);
    EXPECT_LT(by_now, vorbis.packets.size() / 4);
    EXPECT_EQ(goodbyes(), 0U);
    rig.advance(20s);
    hear();
    EXPECT_EQ(goodbyes(), 1U);
    const auto rest = packets();
    heard.insert(heard.end(), rest.begin(), rest.end());
    EXPECT_EQ(heard, vorbis.packets);
    const auto info = reply.field("RTP-Info");
    EXPECT_THAT(info, HasSubstr(";seq=" + std::to_string(sequences.front()) + ";"));
    EXPECT_THAT(info, HasSubstr(";rtptime=" + std::to_string(timestamps.front())));
}

TEST_F(RTSPServerTest, PlaysAChainAsOneAndEndsWhereTheHeadersAreOthers) {
    using kamaelia::testing::ogg_file;
    const auto other = kamaelia::testing::vorbis_with_cut_end(16'000, 1, 0.3F, 16'000);
    directory.write("chain.ogg",
                    ogg_file(vorbis) + ogg_file(vorbis, {.serial = 2}) + ogg_file(other, {.serial = 3}));
    const auto session = set_up("RTP/AVP/TCP;unicast;interleaved=0-1", "chain.ogg");
    EXPECT_EQ(ask("PLAY", "/media/chain.ogg", session).status, 200U);
    rig.advance(40s);
    hear();
    EXPECT_EQ(goodbyes(), 1U);
    auto twice = vorbis.packets;
    twice.insert(twice.end(), vorbis.packets.begin(), vorbis.packets.end());
    EXPECT_EQ(packets(), twice);
    EXPECT_EQ(sequences.back() - sequences.front() + 1, static_cast<int>(sequences.size()));
    EXPECT_EQ(ask("PLAY", "/media/chain.ogg", session + "Range: npt=19-\r\n").status, 200U)
        << "the session is still there";
}

TEST_F(RTSPServerTest, TheAnswerToPlayComesBeforeWhatIsPlayed) {
    const auto session = set_up_tcp();
    rig.feed(wire.inbox,
             Bytes{"PLAY rtsp://192.0.2.1/media/a.ogg/ RTSP/1.0\r\nCSeq: 9\r\n" + session + "\r\n"});
    rig.advance(1s);
    const auto sent = rig.sent(wire.outbox);
    ASSERT_GT(sent.size(), 2U);
    EXPECT_TRUE(sent[0].view().starts_with("RTSP/1.0 200 OK\r\n"));
    EXPECT_TRUE(sent[1].view().starts_with("$"));
}

TEST_F(RTSPServerTest, OfWhatIsInterleavedTheConnectionHoldsASecond) {
    (void)set_up("RTP/AVP;unicast;client_port=5000-5001");
    EXPECT_FALSE(wire.backlog);
    const auto session = set_up_tcp();
    ASSERT_TRUE(wire.backlog) << "late packets are dropped before it takes them";
    const auto one = *wire.backlog;
    const auto other = set_up("RTP/AVP/TCP;unicast;interleaved=2-3");
    EXPECT_NEAR(static_cast<double>(wire.backlog->bytes), static_cast<double>(2 * one.bytes), 1);
    EXPECT_NEAR(static_cast<double>(wire.backlog->messages), static_cast<double>(2 * one.messages), 1);
    (void)ask("TEARDOWN", "/media/a.ogg", other);
    EXPECT_EQ(wire.backlog->bytes, one.bytes);
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(20s);
    std::size_t bytes = 0;
    std::size_t messages = 0;
    for (const auto& data : rig.sent(wire.outbox)) {
        bytes += data.view().size();
        ++messages;
    }
    EXPECT_NEAR(static_cast<double>(one.bytes), static_cast<double>(bytes) / 10, 500)
        << "ten seconds of audio";
    EXPECT_NEAR(static_cast<double>(one.messages), static_cast<double>(messages) / 10, 3);
}

TEST_F(RTSPServerTest, JumpsWhilePlaying) {
    const auto session = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(1s);
    const auto before = packets();
    const auto reply = ask("PLAY", "/media/a.ogg/", session + "Range: npt=5-\r\n");
    ASSERT_EQ(reply.status, 200U);
    rig.advance(20s);
    const auto after = packets();
    ASSERT_FALSE(after.empty());
    const auto begun = vorbis.packets.size() - after.size();
    EXPECT_EQ(after, (std::vector<std::string>{vorbis.packets.begin() + static_cast<std::ptrdiff_t>(begun),
                                               vorbis.packets.end()}));
    EXPECT_THAT(
        reply.field("Range"),
        ::testing::StartsWith("npt=" + kamaelia::rtsp::format_npt(vorbis.granules[begun - 1] * 125us) + "-"));
    EXPECT_LE(vorbis.granules[begun], 40'000) << "the packet before the one with the sample is there";
    EXPECT_GT(vorbis.granules[begun + 1], 40'000);
    for (std::size_t i = 1; i < sequences.size(); ++i)
        ASSERT_EQ(sequences[i], static_cast<std::uint16_t>(sequences[i - 1] + 1));
}

TEST_F(RTSPServerTest, PausesAndGoesOnWithoutLoss) {
    const auto session = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(3s);
    EXPECT_EQ(ask("PAUSE", "/media/a.ogg/", session).status, 200U);
    auto heard = packets();
    rig.advance(2min);
    EXPECT_TRUE(packets().empty());
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session).status, 200U);
    rig.advance(20s);
    const auto rest = packets();
    heard.insert(heard.end(), rest.begin(), rest.end());
    EXPECT_EQ(heard, vorbis.packets);
}

TEST_F(RTSPServerTest, WhatAsksForNothingElseChangesNothing) {
    const auto session = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(3s);
    const auto again = ask("PLAY", "/media/a.ogg/", session); // a sign of life
    EXPECT_EQ(again.status, 200U);
    EXPECT_EQ(again.field("RTP-Info"), "");
    rig.advance(1s);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session + "Range: npt=9999-\r\n").status, 457U);
    rig.advance(20s);
    EXPECT_EQ(packets(), vorbis.packets);
}

TEST_F(RTSPServerTest, SaysWhichScaleAndSpeedItKeeps) {
    const auto session = set_up_tcp();
    const auto reply = ask("PLAY", "/media/a.ogg/", session + "Scale: 2\r\nSpeed: 1.5\r\n");
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.field("Scale"), "1");
    EXPECT_EQ(reply.field("Speed"), "1");
}

TEST_F(RTSPServerTest, DescribesAFileAsItIsNow) {
    const auto before = ask("DESCRIBE", "/media/a.ogg");
    directory.write("a.ogg", kamaelia::testing::ogg_file(
                                 kamaelia::testing::vorbis_with_cut_end(16'000, 1, 0.3F, 16'000)));
    EXPECT_THAT(before.body, HasSubstr("/8000"));
    EXPECT_THAT(ask("DESCRIBE", "/media/a.ogg").body, HasSubstr("/16000"));
}

TEST_F(RTSPServerTest, PlaysAPart) {
    const auto session = set_up_tcp();
    const auto reply = ask("PLAY", "/media/a.ogg/", session + "Range: npt=2-4\r\n");
    EXPECT_THAT(reply.field("Range"), ::testing::EndsWith("-4"));
    rig.advance(20s);
    const auto heard = packets();
    EXPECT_GT(heard.size(), vorbis.packets.size() / 6);
    EXPECT_LT(heard.size(), vorbis.packets.size() / 4);
}

TEST_F(RTSPServerTest, RefusesRangesThatThereAreNot) {
    const auto session = set_up_tcp();
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session + "Range: npt=9999-\r\n").status, 457U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session + "Range: npt=5-1\r\n").status, 457U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session + "Range: smpte=0-\r\n").status, 501U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session + "Range: npt=nan-\r\n").status, 400U);
    EXPECT_EQ(ask("PLAY", "/media/b.ogg/", session).status, 404U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session).status, 200U) << "and lives on";
}

TEST_F(RTSPServerTest, AnEndedSessionIsGone) {
    const auto before = rig.scheduler().live();
    const auto session = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(1s);
    EXPECT_EQ(ask("TEARDOWN", "/media/a.ogg/", session).status, 200U);
    rig.run();
    EXPECT_EQ(rig.scheduler().live(), before);
    (void)packets();
    rig.advance(10s);
    EXPECT_TRUE(packets().empty());
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session).status, 454U);
}

TEST_F(RTSPServerTest, AnotherConnectionCannotUseASession) {
    const auto session = set_up_tcp();
    auto& other = connect();
    rig.feed(other.inbox, Bytes{"TEARDOWN rtsp://h/media/a.ogg RTSP/1.0\r\nCSeq: 1\r\n" + session + "\r\n"});
    rig.run();
    EXPECT_TRUE(rig.sent(other.outbox).at(0).view().starts_with("RTSP/1.0 454 "));
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session).status, 200U);
}

TEST_F(RTSPServerTest, SendsByUdpAndHearsReports) {
    MemoryPeer rtp{network, "192.0.2.7", 5000};
    MemoryPeer rtcp{network, "192.0.2.7", 5001};
    const auto reply =
        ask("SETUP", "/media/a.ogg/trackID=0", "Transport: RTP/AVP/UDP;unicast;client_port=5000-5001\r\n");
    ASSERT_EQ(reply.status, 200U);
    EXPECT_THAT(reply.field("Transport"),
                HasSubstr("RTP/AVP;unicast;client_port=5000-5001;server_port=6970-6971;ssrc="));
    const auto id = reply.field("Session");
    const auto session = "Session: " + id.substr(0, id.find(';')) + "\r\n";
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(1s);
    const auto heard = rtp.hear();
    EXPECT_GT(heard.size(), 3U);
    EXPECT_EQ(heard[0].first.text(), "192.0.2.1:6970");
    const auto reports = rtcp.hear();
    ASSERT_GE(reports.size(), 1U) << "at once after PLAY";
    const auto ssrc = kamaelia::rtp::parse_rtcp(reports[0].second)->reports.at(0).ssrc;
    EXPECT_EQ(kamaelia::rtp::parse_packet(heard[0].second)->header.ssrc, ssrc);

    // It lives as long as there is any word of the client, and a while longer.
    for (int i = 0; i < 5; ++i) {
        rig.advance(100s);
        (void)rtcp.say(reports[0].first,
                       kamaelia::rtp::format_rtcp({.ssrc = 5, .blocks = {{.ssrc = ssrc}}}, "us").view());
        rig.run();
    }
    rig.advance(100s);
    EXPECT_EQ(ask("GET_PARAMETER", "/media/a.ogg/", session).status, 200U);
    rig.advance(119s);
    EXPECT_EQ(ask("OPTIONS", "/media/a.ogg/", session).status, 200U);
    const auto with_session = rig.scheduler().live();
    rig.advance(121s);
    EXPECT_LT(rig.scheduler().live(), with_session);
    EXPECT_TRUE(rig.ended(wire)) << "there has been no word for long enough";
}

TEST_F(RTSPServerTest, SessionsOfAConnectionHaveChannelsOfTheirOwn) {
    std::vector<std::string> sessions;
    const auto channels = [&](const std::string& fields) {
        const auto answer =
            ask("SETUP", "/media/a.ogg/trackID=0", "Transport: RTP/AVP/TCP;unicast" + fields + "\r\n");
        const auto id = answer.field("Session");
        sessions.push_back("Session: " + id.substr(0, id.find(';')) + "\r\n");
        return answer.field("Transport");
    };
    EXPECT_THAT(channels(";interleaved=0-1"), HasSubstr(";interleaved=0-1;"));
    EXPECT_THAT(channels(";interleaved=0-1"), HasSubstr(";interleaved=2-3;"));
    EXPECT_THAT(channels(""), HasSubstr(";interleaved=4-5;"));
    EXPECT_THAT(channels(";interleaved=8-9"), HasSubstr(";interleaved=8-9;"));
    for (const auto& session : sessions) EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session).status, 200U);
    rig.advance(1s);
    hear();
    std::map<int, std::set<std::uint32_t>> streams;
    for (const auto& [channel, payload] : frames)
        if (channel % 2 == 0) streams[channel].insert(kamaelia::rtp::parse_packet(payload)->header.ssrc);
    EXPECT_EQ(streams.size(), 4U);
    for (const auto& [channel, ssrcs] : streams) EXPECT_EQ(ssrcs.size(), 1U) << channel;
    EXPECT_EQ(ask("TEARDOWN", "/media/a.ogg/", sessions[1]).status, 200U);
    EXPECT_THAT(channels(";interleaved=2-3"), HasSubstr(";interleaved=2-3;")) << "which are free again";
}

TEST_F(RTSPServerTest, AnyRequestOfItsConnectionIsLifeForASession) {
    const auto session = set_up("RTP/AVP;unicast;client_port=5000-5001");
    (void)ask("PLAY", "/media/a.ogg/", session);
    for (int i = 0; i < 5; ++i) {
        rig.advance(100s);
        EXPECT_EQ(ask("OPTIONS", "/media/a.ogg").status, 200U);
    }
    EXPECT_EQ(ask("GET_PARAMETER", "/media/a.ogg/", session).status, 200U);
    rig.advance(119s);
    EXPECT_FALSE(rig.ended(wire));
    rig.advance(2s);
    EXPECT_TRUE(rig.ended(wire));
}

TEST_F(RTSPServerTest, AnOpenInterleavedConnectionIsLifeEnough) {
    const auto session = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(std::chrono::hours{1});
    EXPECT_EQ(ask("GET_PARAMETER", "/media/a.ogg/", session).status, 200U);
}

TEST_F(RTSPServerTest, TheEndOfTheConnectionEndsAll) {
    (void)ask("PLAY", "/media/a.ogg/", set_up_tcp());
    rig.advance(1s);
    rig.end(wire.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(wire));
    EXPECT_LE(rig.scheduler().live(), 1U);
}

TEST_F(RTSPServerTest, AnIdleConnectionWithoutASessionEnds) {
    (void)ask("OPTIONS", "/media/a.ogg");
    rig.advance(74s);
    EXPECT_FALSE(rig.ended(wire));
    rig.advance(2s);
    EXPECT_TRUE(rig.ended(wire));
}

TEST_F(RTSPServerTest, AShutdownLetsWhatPlaysGoOn) {
    const auto session = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.shut_down(wire);
    rig.advance(1s);
    EXPECT_FALSE(rig.ended(wire));
    EXPECT_EQ(ask("TEARDOWN", "/media/a.ogg/", session).status, 200U);
    EXPECT_TRUE(rig.ended(wire));
}

TEST_F(RTSPServerTest, ManySessionsInTurnLeaveNothing) {
    const auto before = rig.scheduler().live();
    for (int i = 0; i < 200; ++i) {
        const auto session = set_up_tcp();
        (void)ask("PLAY", "/media/a.ogg/", session);
        (void)ask("TEARDOWN", "/media/a.ogg/", session);
    }
    EXPECT_EQ(rig.scheduler().live(), before);
}

TEST_F(RTSPServerTest, TakesRequestsThatComeByteByByteAndAllAtOnce) {
    const std::string two = "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\nOPTIONS * RTSP/1.0\r\nCSeq: 2\r\n\r\n";
    rig.feed(wire.inbox, Bytes{two});
    for (const char c : two) rig.feed(wire.inbox, Bytes{std::string_view{&c, 1}});
    rig.run();
    hear();
    EXPECT_EQ(replies.size(), 4U);
}

} // namespace
