// What a client may say to an RTSPServer, and what it hears from it.
#pragma once

#include "axon/composite.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/chassis/connection_ends.hpp"
#include "kamaelia/protocol/rtp/rtcp.hpp"
#include "kamaelia/protocol/rtp/vorbis_configuration.hpp"
#include "kamaelia/protocol/rtp/vorbis_depacketiser.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kamaelia::testing {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using ::testing::HasSubstr;

/// A connection between two addresses.
class Wire final : public axon::Composite, public HasEnds {
public:
    explicit Wire(const RTSPServer::Params& params) {
        auto& server = child<RTSPServer>(params);
        link(inbox, server.inbox);
        link(server.outbox, outbox);
    }
    axon::Inbox<Bytes> inbox{*this, "inbox"};
    axon::Outbox<Bytes> outbox{*this, "outbox"};
    ConnectionEnds ends() const override {
        return {Address::ip("192.0.2.1", 554).value(), Address::ip("192.0.2.7", 40'000).value()};
    }
    void limit_backlog(const kamaelia::Backlog& most) noexcept override { backlog = most; }
    void count_sent(std::uint64_t bytes) noexcept override { sent_beside += bytes; }
    std::optional<kamaelia::Backlog> backlog;
    std::uint64_t sent_beside = 0;
};

struct ServerReply {
    unsigned status = 0;
    std::string text;
    std::string body;
    std::string field(const std::string& name) const {
        const auto at = text.find("\r\n" + name + ": ");
        if (at == std::string::npos) return "";
        const auto from = at + name.size() + 4;
        return text.substr(from, text.find('\r', from) - from);
    }
};

/// A server for a.ogg, ten seconds of Vorbis at 8 kHz, and no.ogg, and its client.
class ServerDialogue : public ::testing::Test {
protected:
    ServerDialogue() {
        directory.write("a.ogg", ogg_file(vorbis));
        directory.write("no.ogg", "no Ogg");
    }
    Wire& connect() { return rig.add<Wire>(RTSPServer::Params{.media = {directory.path()}}); }

    // What has come since; frames apart from messages.
    void hear() {
        for (const auto& bytes : rig.sent(wire.outbox)) unread += bytes.view();
        std::string_view rest = unread;
        while (auto message = reader.next(rest)) {
            if (const auto* const frame = std::get_if<rtsp::Frame>(&*message)) {
                frames.emplace_back(frame->channel, frame->payload);
            } else if (auto* const reply = std::get_if<rtsp::Reply>(&*message)) {
                std::string text;
                for (const auto& field : reply->fields) text += "\r\n" + field.name + ": " + field.value;
                replies.push_back({reply->status, text + "\r\n", std::move(reply->body)});
            }
        }
        unread.clear();
    }
    ServerReply ask(const std::string& method, const std::string& url, const std::string& fields = "") {
        rig.feed(wire.inbox, Bytes{method + " rtsp://192.0.2.1" + url + " RTSP/1.0\r\nCSeq: " +
                                   std::to_string(++cseq) + "\r\n" + fields + "\r\n"});
        rig.run();
        hear();
        if (replies.empty()) {
            ADD_FAILURE() << "no answer to " << method;
            return {};
        }
        auto reply = std::move(replies.front());
        replies.erase(replies.begin());
        EXPECT_EQ(reply.field("CSeq"), std::to_string(cseq));
        return reply;
    }
    std::string set_up(const std::string& transport, const std::string& file = "a.ogg") {
        const auto reply = ask("SETUP", "/media/" + file + "/trackID=0", "Transport: " + transport + "\r\n");
        EXPECT_EQ(reply.status, 200U) << reply.text;
        const auto session = reply.field("Session");
        EXPECT_THAT(session, HasSubstr(";timeout=60"));
        return "Session: " + session.substr(0, session.find(';')) + "\r\n";
    }
    std::string set_up_tcp() { return set_up("RTP/AVP/TCP;unicast;interleaved=0-1"); }

    // The packets of Vorbis in the frames that have come.
    std::vector<std::string> packets() {
        hear();
        std::vector<std::string> all;
        rtp::VorbisDepacketiser depacketiser{rtp::vorbis_ident(vorbis.headers[0], vorbis.headers[2])};
        for (const auto& [channel, payload] : frames) {
            const auto packet = rtp::parse_packet(payload);
            if (channel != 0 || !packet) continue;
            timestamps.push_back(packet->header.timestamp);
            sequences.push_back(packet->header.sequence);
            const auto taken = depacketiser.add(*packet);
            EXPECT_TRUE(taken);
            if (taken) all.insert(all.end(), taken->begin(), taken->end());
        }
        frames.clear();
        return all;
    }
    std::size_t goodbyes() {
        std::size_t count = 0;
        for (const auto& [channel, payload] : frames) {
            const auto compound = channel == 1 ? rtp::parse_rtcp(payload) : std::nullopt;
            if (compound) count += compound->goodbyes.size();
        }
        return count;
    }

    TemporaryDirectory directory;
    EncodedVorbis vorbis = vorbis_with_cut_end(8000, 1, 0.3F, 80'000);
    MemoryNetwork network;
    Rig rig{{.network = &network}};
    Wire& wire = connect();
    rtsp::MessageReader reader;
    std::string unread;
    std::vector<ServerReply> replies;
    std::vector<std::pair<int, std::string>> frames;
    std::vector<std::uint32_t> timestamps;
    std::vector<std::uint16_t> sequences;
    int cseq = 0;
};

} // namespace kamaelia::testing
