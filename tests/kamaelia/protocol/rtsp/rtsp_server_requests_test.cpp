// What requests say beside what they ask for, and where a request is out of place.
#include "axon/values.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/util/digest.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"
#include "tests/kamaelia/protocol/rtsp/server_dialogue.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using kamaelia::testing::MemoryPeer;
using ::testing::EndsWith;
using ::testing::MatchesRegex;

class RTSPServerRequests : public kamaelia::testing::ServerDialogue {
protected:
    // RTCP of the client, with a report on the stream `ssrc`.
    void report(int channel, std::uint32_t ssrc) {
        const auto packet = kamaelia::rtp::format_rtcp({.ssrc = 5, .blocks = {{.ssrc = ssrc}}}, "us");
        std::string frame{'$', static_cast<char>(channel), '\0', static_cast<char>(packet.size())};
        rig.feed(wire.inbox, Bytes{frame.append(packet.view())});
        rig.run();
    }
    std::vector<std::string> session_lines() {
        std::vector<std::string> all;
        for (const auto& line : rig.log())
            if (line.text.starts_with("session ended")) all.push_back(line.text); // NOLINT(performance-*)
        return all;
    }
    std::uint64_t reports() {
        return std::get<std::uint64_t>(
            rig.system().cat().values().read("kamaelia_rtp_receiver_reports_total"));
    }
};

TEST_F(RTSPServerRequests, InterleavedReportsReachTheirSession) {
    const auto set_up_at = [&](const std::string& channels) {
        const auto reply = ask("SETUP", "/media/a.ogg/trackID=0",
                               "Transport: RTP/AVP/TCP;unicast;interleaved=" + channels + "\r\n");
        const auto transport = reply.field("Transport");
        const auto ssrc = transport.find("ssrc=");
        EXPECT_NE(ssrc, transport.npos) << transport;
        return static_cast<std::uint32_t>(std::stoul(transport.substr(ssrc + 5, 8), nullptr, 16));
    };
    const auto first = set_up_at("0-1");
    const auto second = set_up_at("4-5");
    report(1, first);
    EXPECT_EQ(reports(), 1U);
    report(5, second);
    EXPECT_EQ(reports(), 2U);
    report(1, second); // the other one's channel
    report(0, first);  // for RTP
    report(9, first);  // nobody's
    EXPECT_EQ(reports(), 2U);
    EXPECT_EQ(ask("OPTIONS", "/media/a.ogg").status, 200U) << "and the connection goes on";
}

TEST_F(RTSPServerRequests, SetParameterIsLifeAndSetsNothing) {
    const auto session = set_up("RTP/AVP;unicast;client_port=5000-5001");
    for (int i = 0; i < 3; ++i) {
        rig.advance(100s);
        const auto reply = ask("SET_PARAMETER", "/media/a.ogg/", session);
        EXPECT_EQ(reply.status, 200U);
        EXPECT_EQ(reply.field("Session") + "\r\n", session.substr(session.find(' ') + 1));
    }
    EXPECT_EQ(ask("SET_PARAMETER", "/media/a.ogg/", session + "Content-Length: 6\r\n\r\na: b\r\n").status,
              451U);
    EXPECT_EQ(ask("SET_PARAMETER", "/media/a.ogg/", "Session: 1\r\n").status, 454U);
}

TEST_F(RTSPServerRequests, WhatGoesByUdpCountsAsSentByTheConnection) {
    MemoryPeer rtp{network, "192.0.2.7", 5000};
    MemoryPeer rtcp{network, "192.0.2.7", 5001};
    std::uint64_t heard = 0;
    const auto hear_all = [&] {
        for (auto* const peer : {&rtp, &rtcp})
            for (const auto& [from, datagram] : peer->hear()) heard += datagram.size();
    };
    const auto session = set_up("RTP/AVP;unicast;client_port=5000-5001");
    (void)ask("PLAY", "/media/a.ogg/", session);
    rig.advance(1s);
    (void)ask("TEARDOWN", "/media/a.ogg/", session);
    rig.run();
    hear_all();
    EXPECT_GT(heard, 1'000U);
    EXPECT_EQ(wire.sent_beside, heard) << "up to the end of the session";

    (void)ask("PLAY", "/media/a.ogg/", set_up("RTP/AVP;unicast;client_port=5000-5001"));
    const auto before = wire.sent_beside;
    rig.advance(9s);
    EXPECT_GT(wire.sent_beside, before + 1'000U) << "while it lasts, too";
    rig.advance(3s);
    hear_all();
    EXPECT_EQ(wire.sent_beside, heard) << "and the goodbye";

    (void)ask("PLAY", "/media/a.ogg/", set_up_tcp());
    rig.advance(11s);
    EXPECT_EQ(wire.sent_beside, heard) << "what is interleaved is the connection's already";
}

TEST_F(RTSPServerRequests, ASessionIsOneLineOfTheLogWhenItEnds) {
    const auto sessions = [this] {
        return std::get<std::int64_t>(rig.system().cat().values().read("kamaelia_rtsp_sessions"));
    };
    const auto none = kamaelia::rtsp_sessions(rig.system().cat());
    const auto first = set_up_tcp();
    (void)ask("PLAY", "/media/a.ogg/", first);
    (void)set_up("RTP/AVP;unicast;client_port=5000-5001");
    EXPECT_EQ(sessions(), 2);
    rig.advance(1500ms);
    EXPECT_TRUE(session_lines().empty());
    (void)ask("TEARDOWN", "/media/a.ogg/", first);
    rig.run();
    ASSERT_EQ(session_lines().size(), 1U);
    EXPECT_THAT(session_lines()[0], MatchesRegex("session ended file=a\\.ogg transport=tcp "
                                                 "packets=[1-9][0-9]* seconds=1\\.500"));
    EXPECT_EQ(rig.log().back().level, axon::LogLevel::info);
    EXPECT_EQ(sessions(), 1);
    rig.end(wire.inbox);
    rig.run();
    ASSERT_EQ(session_lines().size(), 2U);
    EXPECT_EQ(session_lines()[1], "session ended file=a.ogg transport=udp packets=0 seconds=1.500");
    EXPECT_EQ(sessions(), 0);
}

TEST_F(RTSPServerRequests, TheLineOfASessionNamesItsUser) {
    const auto users =
        directory.write("users", "al ice:media:" + kamaelia::hex_digest(kamaelia::DigestAlgorithm::md5,
                                                                        "al ice:media:secret"));
    auto& guarded = rig.add<kamaelia::testing::Wire>(kamaelia::RTSPServer::Params{
        .media = {directory.path()}, .users = kamaelia::UsersFile{.path = users}});
    rig.feed(guarded.inbox,
             Bytes{"SETUP rtsp://h/media/a.ogg/trackID=0 RTSP/1.0\r\nCSeq: 1\r\nTransport: "
                   "RTP/AVP/TCP;unicast\r\nAuthorization: Basic YWwgaWNlOnNlY3JldA==\r\n\r\n"});
    rig.run();
    EXPECT_TRUE(rig.sent(guarded.outbox).at(0).view().starts_with("RTSP/1.0 200 "));
    rig.end(guarded.inbox);
    rig.run();
    ASSERT_EQ(session_lines().size(), 1U);
    EXPECT_THAT(session_lines()[0], EndsWith(" user=\"al ice\""));
}

TEST_F(RTSPServerRequests, ASessionThatHasItsTrackTakesNoOther) {
    const auto session = set_up_tcp();
    const std::string transport = "Transport: RTP/AVP/TCP;unicast;interleaved=2-3\r\n";
    EXPECT_EQ(ask("SETUP", "/media/a.ogg/trackID=0", session + transport).status, 455U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", session).status, 200U);
    EXPECT_EQ(ask("SETUP", "/media/a.ogg/trackID=0", session + transport).status, 455U);
    rig.advance(20s);
    EXPECT_EQ(packets(), vorbis.packets) << "what plays goes on, where it was";
}

TEST_F(RTSPServerRequests, PlaysNoOpusOfMoreThanTwoChannels) {
    using kamaelia::testing::little_endian;
    kamaelia::testing::OggBuilder stream;
    auto head = kamaelia::testing::opus_head(312, 1, 6);
    head.back() = 1;
    head += std::string{"\4\2\0\4\1\2\3\5", 8};
    directory.write(
        "a.opus", stream.page({head}, 0) + stream.page({"OpusTags" + little_endian(0, 8)}, 0) +
                      stream.page(std::vector<std::string>(50, "\xFC" + std::string(50, 'a')), 48'000, true));
    EXPECT_EQ(ask("DESCRIBE", "/media/a.opus").status, 415U);
    EXPECT_EQ(ask("SETUP", "/media/a.opus/trackID=0", "Transport: RTP/AVP;unicast;client_port=5000-5001\r\n")
                  .status,
              415U);
}

TEST_F(RTSPServerRequests, DescribesToThoseWhoAcceptIt) {
    for (const auto* accept : {"APPLICATION/SDP", "application/*", "*/*", "", "text/html, application/sdp"})
        EXPECT_EQ(ask("DESCRIBE", "/media/a.ogg", std::string{"Accept: "} + accept + "\r\n").status, 200U)
            << accept;
    for (const auto* accept : {"application/sdpx", "text/*", "application/sdp;q=0"})
        EXPECT_EQ(ask("DESCRIBE", "/media/a.ogg", std::string{"Accept: "} + accept + "\r\n").status, 406U)
            << accept;
}

TEST_F(RTSPServerRequests, ARequestForTwoSessionsIsForNone) {
    const auto first = set_up_tcp();
    const auto second = set_up("RTP/AVP/TCP;unicast;interleaved=2-3");
    const std::string transport = "Transport: RTP/AVP/TCP;unicast;interleaved=4-5\r\n";
    for (const auto* method : {"GET_PARAMETER", "PLAY", "PAUSE", "TEARDOWN", "OPTIONS"})
        EXPECT_EQ(ask(method, "/media/a.ogg/", first + second).status, 454U) << method;
    EXPECT_EQ(ask("SETUP", "/media/a.ogg/trackID=0", first + second + transport).status, 454U);
    EXPECT_EQ(ask("GET_PARAMETER", "/media/a.ogg/", "Session: \r\n").status, 454U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", first + first).status, 200U) << "that is one";
    EXPECT_EQ(ask("PLAY", "/media/a.ogg/", second).status, 200U) << "neither has ended";
}

TEST_F(RTSPServerRequests, ATimestampComesBack) {
    EXPECT_EQ(ask("OPTIONS", "/media/a.ogg", "Timestamp: 12.2500\r\n").field("Timestamp"), "12.2500");
    const auto refusal = ask("PLAY", "/media/a.ogg", "Timestamp: 13\r\n");
    EXPECT_EQ(refusal.status, 454U);
    EXPECT_EQ(refusal.field("Timestamp"), "13");
    EXPECT_EQ(ask("OPTIONS", "/media/a.ogg").field("Timestamp"), "");
}

TEST_F(RTSPServerRequests, WhatAProxyMustHaveWeMustHave) {
    const auto reply = ask("DESCRIBE", "/media/a.ogg", "Proxy-Require: funky\r\n");
    EXPECT_EQ(reply.status, 551U);
    EXPECT_EQ(reply.field("Unsupported"), "funky");
}

TEST_F(RTSPServerRequests, ASessionIsNamedByItsFileOrItsTrack) {
    const auto session = set_up_tcp();
    for (const auto* method : {"PLAY", "PAUSE", "TEARDOWN"}) {
        for (const auto* url : {"/media/a.ogg/trackID=1", "/media/b.ogg", "/media/", "/"})
            EXPECT_EQ(ask(method, url, session).status, 404U) << method << url;
        const std::string line = method + std::string{" * RTSP/1.0\r\nCSeq: 9\r\n"};
        rig.feed(wire.inbox, Bytes{line + session + "\r\n"});
        rig.run();
        hear();
        ASSERT_EQ(replies.size(), 1U);
        EXPECT_EQ(replies[0].status, 404U) << method << ": `*` has no URL to name its track by";
        replies.clear();
    }
    for (const auto* url :
         {"/media/a.ogg", "/media/a.ogg/", "/media/a.ogg/trackID=0", "/media/a.ogg/trackID=0/"}) {
        const auto reply = ask("PLAY", url, session + "Range: npt=0-\r\n");
        EXPECT_EQ(reply.status, 200U) << url;
        EXPECT_TRUE(reply.field("RTP-Info").starts_with("url=rtsp://192.0.2.1/media/a.ogg/trackID=0;"))
            << url;
    }
}

} // namespace
