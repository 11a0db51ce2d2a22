#include "kamaelia/protocol/rtsp/transport.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace kamaelia::rtsp;

Request setup(std::vector<kamaelia::Field> fields) {
    return {.method = Method::setup, .fields = std::move(fields)};
}

// What is chosen for a requester at 192.0.2.7: "udp 5000-5001", "tcp 0-1", "tcp", or "461".
std::string choose(const std::string& list, bool udp = true, bool tcp = true) {
    const Request request = setup({{"Transport", list}});
    const auto chosen = choose_transport(request, {.udp = udp, .tcp = tcp, .peer = "192.0.2.7"});
    if (!chosen) return "461";
    std::string text = chosen->carrier == Carrier::udp ? "udp" : "tcp";
    const auto add = [&](const auto& pair) {
        if (pair) text += ' ' + std::to_string(pair->rtp) + '-' + std::to_string(pair->rtcp);
    };
    if (chosen->carrier == Carrier::udp)
        add(chosen->client_port);
    else
        add(chosen->interleaved);
    return text;
}

TEST(RtspTransport, TakesWhatPlayersAskFor) {
    EXPECT_EQ(choose("RTP/AVP/UDP;unicast;client_port=15394-15395"), "udp 15394-15395"); // ffmpeg
    EXPECT_EQ(choose("RTP/AVP;unicast;client_port=5000-5001"), "udp 5000-5001");         // GStreamer, VLC
    EXPECT_EQ(choose("RTP/AVP/TCP;unicast;interleaved=0-1"), "tcp 0-1");                 // mpv, openRTSP -t
    EXPECT_EQ(choose("RTP/AVP;multicast"), "461"); // GStreamer, after a 461
    EXPECT_EQ(choose("RTP/AVP/TCP;unicast;interleaved=2-3;mode=play"), "tcp 2-3");
    EXPECT_EQ(choose("rtp/avp/tcp; Unicast; Interleaved=4-5; mode=\"play\""), "tcp 4-5");
}

TEST(RtspTransport, GoesByTheClientsOrder) {
    const std::string both = "RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;unicast;interleaved=0-1";
    EXPECT_EQ(choose(both), "udp 5000-5001");
    EXPECT_EQ(choose(both, false, true), "tcp 0-1");
    EXPECT_EQ(choose(both, false, false), "461");
    EXPECT_EQ(choose("RTP/AVP/TCP;interleaved=0-1,RTP/AVP;client_port=5000-5001"), "tcp 0-1");
    EXPECT_EQ(choose("RTP/AVP/TCP;interleaved=0-1,RTP/AVP;client_port=5000-5001", true, false),
              "udp 5000-5001");
    EXPECT_EQ(choose("RTP/SAVP;unicast;client_port=5000-5001, RTP/AVPF;unicast;client_port=5000-5001,"
                     "MP2T/H2221/UDP;unicast;client_port=5000-5001 ,, RTP/AVP/TCP;unicast;interleaved=6-7"),
              "tcp 6-7");
    EXPECT_EQ(choose("RTP/AVP;unicast;mode=\"RECORD,PLAY\";client_port=5000-5001,x"), "udp 5000-5001");
}

TEST(RtspTransport, FillsInWhatIsNotSaid) {
    EXPECT_EQ(choose("RTP/AVP;unicast;client_port=5000"), "udp 5000-5001");
    EXPECT_EQ(choose("RTP/AVP;client_port=5000-5003"), "udp 5000-5003");
    EXPECT_EQ(choose("RTP/AVP;unicast;client_port=5001-5002"), "udp 5001-5002");
    EXPECT_EQ(choose("RTP/AVP/TCP;unicast;interleaved=8"), "tcp 8-9");
    EXPECT_EQ(choose("RTP/AVP/TCP;unicast"), "tcp");
    EXPECT_EQ(choose("RTP/AVP/TCP"), "tcp");
    EXPECT_EQ(choose("RTP/AVP;unicast;interleaved=0-1"), "tcp 0-1");
    EXPECT_EQ(choose("RTP/AVP;unicast;layers=1;append;x;y=z;=;client_port=5000-5001"), "udp 5000-5001");
    EXPECT_EQ(choose("RTP/AVP/TCP;interleaved=254-255;ssrc=DEADBEEF;ttl=16"), "tcp 254-255");
}

TEST(RtspTransport, PassesOverWhatNoPacketCouldTravelBy) {
    for (const std::string list : {
             "",
             ",,",
             "RTP",
             "RTP/AVP",
             "RTP/AVP;unicast",
             "RTP/AVP/SCTP;unicast;client_port=5000-5001",
             "RTP/AVP;unicast;client_port=0-0",
             "RTP/AVP;unicast;client_port=0-1",
             "RTP/AVP;unicast;client_port=65535-65536",
             "RTP/AVP;unicast;client_port=65535",
             "RTP/AVP;unicast;client_port=65536-65537",
             "RTP/AVP;unicast;client_port=5-4",
             "RTP/AVP;unicast;client_port=6-4",
             "RTP/AVP;unicast;client_port=4-4",
             "RTP/AVP;unicast;client_port=",
             "RTP/AVP;unicast;client_port=-",
             "RTP/AVP;unicast;client_port=-5000",
             "RTP/AVP;unicast;client_port=5000-",
             "RTP/AVP;unicast;client_port=5000-5001-5002",
             "RTP/AVP;unicast;client_port=a-b",
             "RTP/AVP;unicast;client_port=5000-5001;client_port=6000-6001",
             "RTP/AVP/TCP;unicast;interleaved=255-256",
             "RTP/AVP/TCP;unicast;interleaved=255",
             "RTP/AVP/TCP;unicast;interleaved=1-0",
             "RTP/AVP/TCP;unicast;interleaved=0-0",
             "RTP/AVP/TCP;unicast;interleaved=",
             "RTP/AVP/TCP;unicast;interleaved=0-1;interleaved=2-3",
             "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=",
             "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=123456789",
             "RTP/AVP/TCP;unicast;interleaved=0-1;ttl=256",
             "RTP/AVP;multicast;port=5000-5001;ttl=16",
             "RTP/AVP;unicast;multicast;client_port=5000-5001",
             "RTP/AVP/TCP;multicast;interleaved=0-1",
             "RTP/AVP/TCP;unicast;interleaved=0-1;mode=RECORD",
             "RTP/AVP/TCP;unicast;interleaved=0-1;mode=\"\"",
         }) {
        EXPECT_EQ(choose(list), "461") << list;
        EXPECT_EQ(choose(list + ",RTP/AVP/TCP;unicast;interleaved=10-11"), "tcp 10-11") << list;
    }
}

// RFC 2326 12.39 warns of packets that are sent to those who did not ask.
TEST(RtspTransport, SendsToTheRequesterAlone) {
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=192.0.2.7;client_port=5000-5001"), "udp 5000-5001");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=\"192.0.2.7\";client_port=5000-5001"), "udp 5000-5001");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination;client_port=5000-5001"), "udp 5000-5001");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=192.0.2.8;client_port=5000-5001"), "461");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=192.0.2.70;client_port=5000-5001"), "461");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=example.org;client_port=5000-5001"), "461");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=;client_port=5000-5001"), "461");
    EXPECT_EQ(choose("RTP/AVP;unicast;destination=192.0.2.8;destination=192.0.2.7;client_port=5000-5001"),
              "461");
    EXPECT_EQ(choose("RTP/AVP/TCP;unicast;destination=192.0.2.8;interleaved=0-1"), "461");
    EXPECT_EQ(choose("RTP/AVP;unicast;source=192.0.2.8;client_port=5000-5001"), "udp 5000-5001");
}

TEST(RtspTransport, ReadsEveryFieldAndHundredsOfAlternatives) {
    const Request request = setup({{"Transport", "RTP/AVP;multicast"},
                                   {"Session", "x"},
                                   {"transport", "RTP/AVP/TCP;unicast;interleaved=0-1"}});
    const auto chosen = choose_transport(request, {});
    ASSERT_TRUE(chosen.has_value());
    EXPECT_EQ(chosen->interleaved, (ChannelPair{0, 1}));
    EXPECT_FALSE(choose_transport(setup({{"Session", "x"}}), {}).has_value());

    std::string list;
    for (int i = 0; i < 200; ++i) list += "RTP/AVP;multicast;port=5000-5001,";
    EXPECT_EQ(choose(list + "RTP/AVP/TCP;interleaved=0-1"), "tcp 0-1");
    EXPECT_EQ(choose(list), "461");
}

TEST(RtspTransport, QuotesHideCommasAndSemicolons) {
    std::string_view list = "RTP/AVP;x=\"a,b;c\";client_port=5000-5001, \"RTP/AVP,";
    const auto first = next_transport(list);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->client_port, (PortPair{5000, 5001}));
    const auto second = next_transport(list);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->carrier, Carrier::other);
    EXPECT_FALSE(next_transport(list).has_value());
}

TEST(RtspTransport, IsFormattedAsServersDo) {
    EXPECT_EQ(format_transport({.carrier = Carrier::udp,
                                .client_port = PortPair{15394, 15395},
                                .server_port = PortPair{54582, 54583},
                                .ssrc = 0xC4224E82}),
              "RTP/AVP;unicast;client_port=15394-15395;server_port=54582-54583;ssrc=C4224E82;mode=\"PLAY\"");
    EXPECT_EQ(format_transport({.carrier = Carrier::tcp, .interleaved = ChannelPair{0, 1}, .ssrc = 0xA}),
              "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=0000000A;mode=\"PLAY\"");
}

TEST(RtspTransport, AClientReadsTheAnswer) {
    std::string_view answer =
        "RTP/AVP;unicast;client_port=15394-15395;server_port=54582-54583;ssrc=C4224E82;mode=\"PLAY\"";
    const std::string_view written = answer;
    const auto transport = next_transport(answer);
    ASSERT_TRUE(transport.has_value());
    EXPECT_EQ(transport->fault, "");
    EXPECT_EQ(transport->server_port, (PortPair{54582, 54583}));
    EXPECT_EQ(transport->ssrc, 0xC4224E82U);
    EXPECT_EQ(format_transport(*transport), written);
}

TEST(RtspTransport, AnAnswerMustBeWhatWasAskedFor) {
    const Transport asked{.carrier = Carrier::tcp, .interleaved = ChannelPair{0, 1}};
    const auto answer = answered_transport("RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=0000000A", asked);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->interleaved, (ChannelPair{4, 5})) << "a server may choose others";
    EXPECT_EQ(answer->ssrc, 10U);
    EXPECT_EQ(answered_transport("RTP/AVP/TCP;unicast", asked)->interleaved, (ChannelPair{0, 1}));
    EXPECT_EQ(answered_transport("RTP/AVP;interleaved=0-1", asked)->carrier, Carrier::tcp);
    const auto fault = [&](std::string_view value) {
        const auto wrong = answered_transport(value, asked);
        return wrong ? "" : std::string{wrong.error()};
    };
    EXPECT_EQ(fault(""), "the server has chosen no transport");
    EXPECT_EQ(fault("RTP/AVP;unicast;client_port=5000-5001"), "the server has chosen another protocol");
    EXPECT_EQ(fault("RTP/SAVP/TCP;unicast;interleaved=0-1"), "the server has chosen another protocol");
    EXPECT_EQ(fault("RTP/AVP/TCP;multicast"), "the server has chosen multicast");
    EXPECT_EQ(fault("RTP/AVP/TCP;interleaved=1-0"), "channels that are no pair, or said twice");
}

TEST(RtspTransport, ChannelsThatAreTakenAreNumberedAnew) {
    EXPECT_EQ(free_channels({0, 1}, {}), (ChannelPair{0, 1}));
    EXPECT_EQ(free_channels({7, 200}, {}), (ChannelPair{7, 200}));
    const std::vector<ChannelPair> taken{{0, 1}, {3, 4}, {254, 255}};
    EXPECT_EQ(free_channels({8, 9}, taken), (ChannelPair{8, 9}));
    EXPECT_EQ(free_channels({0, 1}, taken), (ChannelPair{6, 7})) << "2-3 and 4-5 are not free either";
    EXPECT_EQ(free_channels({1, 2}, taken), (ChannelPair{6, 7}));
    EXPECT_EQ(free_channels({253, 254}, taken), (ChannelPair{6, 7}));
}

} // namespace
