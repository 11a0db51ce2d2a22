// What the parameters of RTSPServer do to what is sent.
#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtp/packet.hpp"
#include "kamaelia/protocol/rtsp/message_reader.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::RTSPServer;

struct Heard {
    std::uint32_t span = 0;  // samples, from the first packet's timestamp to the last one's
    std::size_t packets = 0; // of RTP
    std::size_t largest = 0; // bytes
    std::string session;
};

// What a client has heard so long after its PLAY of ten seconds at 8 kHz.
Heard play(RTSPServer::Params params, axon::Duration time) {
    const kamaelia::testing::TemporaryDirectory directory;
    directory.write(
        "a.ogg", kamaelia::testing::ogg_file(kamaelia::testing::vorbis_with_cut_end(8000, 1, 0.9F, 80'000)));
    params.media = {directory.path()};
    Rig rig;
    auto& server = rig.add<RTSPServer>(params);
    kamaelia::rtsp::MessageReader reader;
    Heard heard;
    std::uint32_t first = 0;
    const auto hear = [&] {
        for (const auto& bytes : rig.sent(server.outbox)) {
            std::string_view rest = bytes.view();
            while (const auto message = reader.next(rest)) {
                if (const auto* const reply = std::get_if<kamaelia::rtsp::Reply>(&*message)) {
                    if (const auto field = reply->field("Session"); field && heard.session.empty())
                        heard.session = *field;
                } else if (const auto* const frame = std::get_if<kamaelia::rtsp::Frame>(&*message)) {
                    const auto packet = kamaelia::rtp::parse_packet(frame->payload);
                    if (frame->channel != 0 || !packet) continue;
                    if (heard.packets++ == 0) first = packet->header.timestamp;
                    heard.span = packet->header.timestamp - first;
                    heard.largest = std::max(heard.largest, frame->payload.size());
                }
            }
        }
    };
    rig.feed(server.inbox, Bytes{"SETUP rtsp://h/media/a.ogg/trackID=0 RTSP/1.0\r\nCSeq: 1\r\n"
                                 "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"});
    rig.run();
    hear();
    const auto id = heard.session.substr(0, heard.session.find(';'));
    rig.feed(server.inbox,
             Bytes{"PLAY rtsp://h/media/a.ogg RTSP/1.0\r\nCSeq: 2\r\nSession: " + id + "\r\n\r\n"});
    rig.run();
    rig.advance(time);
    hear();
    return heard;
}

TEST(RTSPSettings, NothingComesBeforeItsTimeByItself) {
    const auto heard = play({}, 3s);
    EXPECT_LE(heard.span, 24'000U);
    EXPECT_GE(heard.span, 21'000U);
    EXPECT_LE(heard.largest, 1400U);
    EXPECT_GE(heard.largest, 300U) << "several packets of the codec share one";
    EXPECT_TRUE(heard.session.ends_with(";timeout=60")) << heard.session;
}

TEST(RTSPSettings, ABurstLeavesAtOnceAndThenItRests) {
    const auto at_once = play({.burst = 2s}, 0s);
    EXPECT_LE(at_once.span, 16'000U);
    EXPECT_GE(at_once.span, 13'000U);
    EXPECT_EQ(play({.burst = 2s}, 1900ms).packets, at_once.packets);
    EXPECT_GT(play({.burst = 2s}, 3s).packets, at_once.packets);
}

TEST(RTSPSettings, ALeadStays) {
    EXPECT_GE(play({.lead = 2s}, 0s).span, 13'000U);
    const auto later = play({.lead = 2s}, 3s);
    EXPECT_LE(later.span, 40'000U);
    EXPECT_GE(later.span, 37'000U);
}

TEST(RTSPSettings, PacketsAreAsLargeAndAsLongAsTheyMayBe) {
    const auto usual = play({}, 5s);
    EXPECT_LE(play({.packet_size = {200}}, 5s).largest, 200U);
    EXPECT_GT(play({.packet_size = {200}}, 5s).packets, usual.packets);
    EXPECT_GT(play({.latency = 0s}, 5s).packets, 2 * usual.packets) << "each packet of the codec alone";
}

TEST(RTSPSettings, ASessionIsToldItsTimeout) {
    EXPECT_TRUE(play({.session_timeout = 7s}, 0s).session.ends_with(";timeout=7"));
}

} // namespace
