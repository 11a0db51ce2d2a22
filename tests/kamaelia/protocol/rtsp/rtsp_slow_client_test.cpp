// A client that hears interleaved and does not take what comes.
#include "axon/linkages.hpp"
#include "axon/testing/rig.hpp"
#include "axon/values.hpp"
#include "kamaelia/protocol/rtp/rtp_values.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::RTSPServer;

// Takes a message when it is told to, and no more.
class Player final : public axon::Component {
public:
    axon::Inbox<Bytes> inbox{*this, "inbox", {.capacity = 1}};
    axon::Inbox<int> orders{*this, "orders"};
    std::string taken;

private:
    axon::Task<> main() override {
        while (co_await orders.receive()) {
            const auto message = co_await inbox.receive();
            if (message) taken = message->view();
        }
    }
};

class RTSPSlowClient : public ::testing::Test {
protected:
    explicit RTSPSlowClient(RTSPServer::Params params = {.latency = 50ms, .patience = 1s, .max_lag = 3s},
                            int seconds = 10)
        : server{rig.add<RTSPServer>(with_media(std::move(params)))} {
        const auto vorbis = kamaelia::testing::vorbis_with_cut_end(22'050, 1, 0.9F, seconds * 22'050);
        directory.write("a.ogg", kamaelia::testing::ogg_file(vorbis));
        axon::link(server.outbox, player.inbox);
    }
    RTSPServer::Params with_media(RTSPServer::Params params) const {
        params.media = {directory.path()};
        return params;
    }
    std::string ask(const std::string& request) {
        rig.feed(server.inbox, Bytes{request});
        rig.run();
        take();
        return player.taken;
    }
    void take() {
        rig.feed(player.orders, 1);
        rig.run();
    }
    // Takes the report that comes at once, and then nothing more.
    void play() {
        const auto reply = ask("SETUP rtsp://h/media/a.ogg/trackID=0 RTSP/1.0\r\nCSeq: 1\r\n"
                               "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n");
        const auto at = reply.find("Session: ");
        ASSERT_NE(at, std::string::npos);
        session = reply.substr(at, reply.find(';', at) - at) + "\r\n";
        EXPECT_TRUE(ask("PLAY rtsp://h/media/a.ogg RTSP/1.0\r\nCSeq: 2\r\n" + session + "\r\n")
                        .starts_with("RTSP/1.0 200"));
    }

    kamaelia::testing::TemporaryDirectory directory;
    Rig rig;
    RTSPServer& server;
    Player& player = rig.add<Player>();
    std::string session;
};

TEST_F(RTSPSlowClient, IsDoneWithOnceItHasTakenNothingForTooLong) {
    play();
    rig.advance(2900ms);
    EXPECT_FALSE(rig.ended(server));
    rig.advance(300ms);
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(RTSPSlowClient, IsKeptWhileItTakesSomething) {
    play();
    for (int i = 0; i < 4; ++i) {
        rig.advance(2s);
        take();
    }
    EXPECT_FALSE(rig.ended(server));
    rig.advance(3s);
    EXPECT_TRUE(rig.ended(server));
}

TEST_F(RTSPSlowClient, IsDoneWithThoughItTakesNoAnswer) {
    play();
    rig.advance(1s); // it has not taken what was played
    rig.feed(server.inbox, Bytes{"OPTIONS * RTSP/1.0\r\nCSeq: 3\r\n\r\n"});
    rig.advance(2900ms);
    EXPECT_FALSE(rig.ended(server));
    rig.advance(200ms);
    EXPECT_TRUE(rig.ended(server));
}

// What leaves ahead of its time waits whole for a client that takes its time.
class RTSPAhead : public RTSPSlowClient {
protected:
    explicit RTSPAhead(RTSPServer::Params params) : RTSPSlowClient(std::move(params), 40) {}
    void loses_nothing() {
        const kamaelia::RTPValues totals{rig.system().cat()};
        const auto count = [&](const char* name) {
            return std::get<std::uint64_t>(rig.system().cat().values().read(name));
        };
        play();
        rig.advance(1s);
        for (int i = 0; i < 50; ++i) take();
        rig.advance(4s); // longer than the patience
        for (int i = 0; i < 1'000; ++i) take();
        EXPECT_GT(count("kamaelia_rtp_packets_total"), 100U);
        EXPECT_EQ(count("kamaelia_rtp_dropped_packets_total"), 0U);
    }
};

class RTSPBurst : public RTSPAhead {
protected:
    RTSPBurst() : RTSPAhead(RTSPServer::Params{.burst = 60s}) {}
};

TEST_F(RTSPBurst, LosesNothing) { loses_nothing(); }

class RTSPLead : public RTSPAhead {
protected:
    RTSPLead() : RTSPAhead(RTSPServer::Params{.lead = 60s}) {}
};

TEST_F(RTSPLead, LosesNothing) { loses_nothing(); }

} // namespace
