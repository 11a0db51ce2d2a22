// What a server may say to an RTSPClient, written by hand, and what the client says.
#pragma once

#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtsp/interleaved_delivery.hpp"
#include "kamaelia/protocol/rtsp/rtsp_client.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace kamaelia::testing {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using rtsp::Method;
using rtsp::Request;

inline constexpr auto url = "rtsp://h/a.opus";
inline constexpr std::uint32_t ssrc = 0xA;
inline const std::string twenty_ms = "\xFC"
                                     "abc"; // of Opus: 960 samples

inline const std::string sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=a\r\nt=0 0\r\na=control:*\r\n"
                               "m=audio 0 RTP/AVP 96\r\na=rtpmap:96 opus/48000/2\r\n"
                               "a=fmtp:96 sprop-stereo=1\r\na=control:stream=0\r\n";

/// An RTSPClient on the Rig, and what a server says to it.
class Dialogue {
public:
    explicit Dialogue(const RTSPClient::Params& params = {.url = url})
        : client{rig.add<RTSPClient>(params)} {}

    // What it has said since; reports and the like apart.
    void listen() {
        for (const auto& bytes : rig.sent(client.outbox)) {
            std::string_view rest = bytes.view();
            while (auto message = reader.next(rest)) {
                if (auto* const request = std::get_if<Request>(&*message))
                    requests.push_back(std::move(*request));
                else if (const auto* const reply = std::get_if<kamaelia::rtsp::Reply>(&*message))
                    replies.push_back(reply->status);
                else if (const auto* const frame = std::get_if<kamaelia::rtsp::Frame>(&*message))
                    frames.emplace_back(frame->channel, frame->payload);
            }
        }
    }
    Request heard() {
        rig.run();
        listen();
        if (requests.empty()) {
            ADD_FAILURE() << "it asks for nothing";
            return {};
        }
        auto request = std::move(requests.front());
        requests.pop_front();
        return request;
    }
    void say(const std::string& text) {
        rig.feed(client.inbox, Bytes{text});
        rig.run();
    }
    void answer(const Request& request, const std::string& status, const std::string& fields = "",
                const std::string& body = "") {
        const auto length = body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
        say("RTSP/1.0 " + status + "\r\nCSeq: " + std::to_string(request.cseq) + "\r\n" + fields + length +
            "\r\n" + body);
    }
    // Up to the request for `method`, which is not answered yet.
    Request lead_to(Method method) {
        const std::vector<std::pair<std::string, std::string>> answers{
            {offered, ""},
            {"Content-Base: rtsp://h/a.opus/\r\nContent-Type: application/sdp\r\n", description},
            {"Session: abc;timeout=20\r\nTransport: " + transport + "\r\n", ""},
            {"Session: abc\r\nRange: npt=1-30\r\nRTP-Info: "
             "url=rtsp://h/a.opus/stream=0;seq=7;rtptime=1000\r\n",
             ""}};
        auto request = heard();
        for (const auto& [fields, body] : answers) {
            if (request.method == method) break;
            answer(request, "200 OK", fields, body);
            if (request.method == Method::play) break;
            request = heard();
        }
        return request;
    }
    void play() { (void)lead_to(Method::unknown); }
    void send_rtp(std::uint16_t sequence, std::uint32_t timestamp, std::uint8_t channel = 0) {
        feed_rtp(sequence, timestamp, channel);
        rig.run();
    }
    void feed_rtp(std::uint16_t sequence, std::uint32_t timestamp, std::uint8_t channel = 0) {
        std::array<char, kamaelia::rtp::header_size> header;
        kamaelia::rtp::write_header(
            {.payload_type = 96, .sequence = sequence, .timestamp = timestamp, .ssrc = ssrc}, header);
        rig.feed(client.inbox, kamaelia::interleaved(channel, {header.data(), header.size()}, twenty_ms));
    }
    void send_goodbye() {
        const auto goodbye = kamaelia::rtp::format_rtcp({.ssrc = ssrc}, "them", "");
        rig.feed(client.inbox, kamaelia::interleaved(1, {}, goodbye.view()));
        rig.run();
    }
    std::vector<std::int64_t> timestamps() {
        std::vector<std::int64_t> all;
        for (const auto& packet : rig.sent(client.media)) all.push_back(packet.timestamp);
        return all;
    }
    // Why it has failed.
    std::string failure() {
        rig.advance(6s); // where it says TEARDOWN and nobody answers
        EXPECT_TRUE(rig.ended(client));
        EXPECT_EQ(client.ending(), axon::Ending::failed);
        EXPECT_EQ(rig.scheduler().live(), 0U);
        return rig.log().empty() ? "" : rig.log().front().text;
    }

    std::string offered = "Public: OPTIONS, GET_PARAMETER\r\n";
    std::string description = sdp;
    std::string transport = "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=0000000A";
    Rig rig;
    RTSPClient& client;
    kamaelia::rtsp::MessageReader reader;
    std::deque<Request> requests;
    std::vector<unsigned> replies;
    std::vector<std::pair<int, std::string>> frames;
};

} // namespace kamaelia::testing
