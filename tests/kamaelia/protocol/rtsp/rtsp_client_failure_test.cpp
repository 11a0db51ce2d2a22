// How a client fails, and what is left of it then.
#include "kamaelia/protocol/rtsp/rtsp_client.hpp"

#include "axon/composite.hpp"
#include "axon/sleep.hpp"
#include "tests/kamaelia/protocol/rtsp/client_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <exception>
#include <string>

namespace {

using namespace kamaelia::testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RTSPClientFailure : public ::testing::Test, public Dialogue {};

TEST_F(RTSPClientFailure, ARefusalNamesStatusAndUrl) {
    const struct {
        Method method;
        std::string status;
        std::string fields;
        std::string why;
    } cases[] = {
        {Method::options, "401 Unauthorized", "", "OPTIONS rtsp://h/a.opus: 401 Unauthorized"},
        {Method::describe, "404 Not Found", "", "DESCRIBE rtsp://h/a.opus: 404 Not Found"},
        {Method::describe, "302 Moved", "Location: rtsp://g/b\r\n",
         "DESCRIBE rtsp://h/a.opus: 302 Moved, it is at rtsp://g/b, which is not followed"},
        {Method::describe, "301 Moved", "Location: rtsp://me:secret@g/b\r\n",
         "DESCRIBE rtsp://h/a.opus: 301 Moved, it is at ...@g/b, which is not followed"},
        {Method::setup, "461 Unsupported transport", "",
         "SETUP rtsp://h/a.opus/stream=0: 461 Unsupported transport"},
        {Method::play, "457", "", "PLAY rtsp://h/a.opus/: 457"},
    };
    for (const auto& each : cases) {
        Dialogue dialogue;
        dialogue.answer(dialogue.lead_to(each.method), each.status, each.fields);
        EXPECT_EQ(dialogue.failure(), each.why);
        dialogue.listen();
        EXPECT_EQ(dialogue.requests.size(), each.method == Method::play ? 1U : 0U)
            << each.why << ": a session that there is is torn down";
    }
}

TEST_F(RTSPClientFailure, ItsParentLearnsOfTheStatus) {
    struct Parent final : axon::Composite {
        Parent() {
            auto& failing = child<kamaelia::RTSPClient>(kamaelia::RTSPClient::Params{.url = "rtsp://h/"});
            link(inbox, failing.inbox);
        }
        axon::Inbox<Bytes> inbox{*this, "inbox"};
        unsigned status = 0;

    private:
        void failed_below(const axon::Failure& failure) override {
            try {
                std::rethrow_exception(failure.error);
            } catch (const kamaelia::RTSPError& error) {
                status = error.status;
            }
        }
    };
    Rig other;
    auto& parent = other.add<Parent>();
    other.feed(parent.inbox, Bytes{"RTSP/1.0 403 Forbidden\r\nCSeq: 1\r\n\r\n"});
    other.run();
    EXPECT_EQ(parent.status, 403U);
}

TEST_F(RTSPClientFailure, AnAnswerThatCannotBeUsed) {
    const struct {
        Method method;
        std::string fields;
        std::string body;
        std::string why;
    } cases[] = {
        {Method::describe, "", "v=1\r\n",
         "DESCRIBE rtsp://h/a.opus: line 1 of the description is a version other than 0"},
        {Method::describe, "", "v=0\r\n", "DESCRIBE rtsp://h/a.opus: it has no audio of Vorbis or Opus"},
        {Method::describe, "", "", "DESCRIBE rtsp://h/a.opus: it has no audio of Vorbis or Opus"},
        {Method::setup, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n", "",
         "SETUP rtsp://h/a.opus/stream=0: the answer names no session"},
        {Method::setup, "Session: a\r\nTransport: RTP/AVP;unicast;client_port=5000-5001\r\n", "",
         "SETUP rtsp://h/a.opus/stream=0: the server has chosen another protocol"},
        {Method::setup, "Session: a\r\n", "",
         "SETUP rtsp://h/a.opus/stream=0: the server has chosen no transport"},
    };
    for (const auto& each : cases) {
        Dialogue dialogue;
        dialogue.answer(dialogue.lead_to(each.method), "200 OK", each.fields, each.body);
        EXPECT_EQ(dialogue.failure(), each.why);
        dialogue.listen();
        EXPECT_EQ(dialogue.requests.size(), each.fields.contains("Session") ? 1U : 0U) << each.why;
    }
}

TEST_F(RTSPClientFailure, WhatIsNoUrlIsNotAskedFor) {
    for (const auto* wrong : {"", "*", "http://h/a", "rtsp:///a", "rtsp://h/../a"}) {
        Dialogue dialogue{{.url = wrong}};
        EXPECT_EQ(dialogue.failure(), '"' + std::string{wrong} + "\" is no URL of RTSP");
        dialogue.listen();
        EXPECT_TRUE(dialogue.requests.empty());
    }
}

TEST_F(RTSPClientFailure, APasswordInAUrlIsNotTakenAndNotRepeated) {
    for (const std::string wrong : {"rtsp://me:secret@h/a", "rtsp://secret@h/a", "rtsp://me:se@cret/@h/a",
                                    "rtsp://me:secret/@h/a", "me:secret@h/a"}) {
        Dialogue dialogue{{.url = wrong}};
        EXPECT_EQ(dialogue.failure(), "\"...@h/a\" is no URL of RTSP, which has no user and no password");
        dialogue.listen();
        EXPECT_TRUE(dialogue.requests.empty());
    }
    Dialogue dialogue{{.url = "rtsp://h/a@b.opus"}};
    dialogue.answer(dialogue.heard(), "404 Not Found");
    EXPECT_EQ(dialogue.failure(), "OPTIONS rtsp://h/a@b.opus: 404 Not Found");
}

TEST_F(RTSPClientFailure, AControlUrlsPasswordIsNotRepeated) {
    Dialogue dialogue;
    dialogue.answer(dialogue.lead_to(Method::describe), "200 OK", "Content-Base: rtsp://me:secret@g/b/\r\n",
                    sdp);
    dialogue.answer(dialogue.heard(), "404 Not Found");
    EXPECT_EQ(dialogue.failure(), "SETUP ...@g/b/stream=0: 404 Not Found");
}

TEST_F(RTSPClientFailure, AServerThatDoesNotAnswer) {
    (void)lead_to(Method::describe);
    for (int i = 0; i < 9; ++i) { // whatever else it says
        rig.advance(1s);
        say("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n");
    }
    EXPECT_FALSE(rig.ended(client));
    rig.advance(1s);
    EXPECT_EQ(failure(), "DESCRIBE rtsp://h/a.opus: there was no answer within 10 s");
}

TEST_F(RTSPClientFailure, AServerThatHasGoneWithoutAWord) {
    play();
    rig.advance(10s);
    EXPECT_EQ(heard().method, Method::get_parameter);
    rig.advance(9s);
    send_rtp(7, 1'000);
    rig.advance(9'900ms);
    EXPECT_FALSE(rig.ended(client)) << "there was a word of it";
    rig.advance(200ms);
    EXPECT_EQ(failure(), "GET_PARAMETER rtsp://h/a.opus/: there was no word for 10 s");
    listen();
    EXPECT_TRUE(requests.empty()) << "there is nobody to say TEARDOWN to";
    EXPECT_EQ(timestamps().size(), 1U);
}

TEST_F(RTSPClientFailure, ASessionThatHasGone) {
    play();
    rig.advance(10s);
    answer(heard(), "451 Parameter Not Understood");
    EXPECT_FALSE(rig.ended(client)) << "that is an answer, too";
    rig.advance(10s);
    answer(heard(), "454 Session Not Found");
    EXPECT_TRUE(rig.ended(client)) << "there is none to tear down";
    EXPECT_EQ(failure(), "GET_PARAMETER rtsp://h/a.opus/: 454 Session Not Found");
    listen();
    EXPECT_TRUE(requests.empty());
}

TEST_F(RTSPClientFailure, AConnectionThatEndsBeforeTheAnswer) {
    (void)lead_to(Method::setup);
    rig.end(client.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(client));
    EXPECT_EQ(failure(), "SETUP rtsp://h/a.opus/stream=0: the connection ended before the answer");
}

TEST_F(RTSPClientFailure, AConnectionThatEndsBeforeTheStream) {
    play();
    feed_rtp(7, 1'000);
    feed_rtp(8, 1'960);
    rig.end(client.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(client));
    EXPECT_EQ(failure(), "PLAY rtsp://h/a.opus/: the connection ended before the stream");
    EXPECT_EQ(timestamps().size(), 2U) << "what has come is heard";
}

TEST_F(RTSPClientFailure, WhatHasComeBeforeIsHeardHoweverSlowly) {
    class Slow final : public axon::Component {
    public:
        axon::Inbox<kamaelia::MediaPacket> inbox{*this, "inbox", {.capacity = 1}};
        int heard = 0;

    private:
        axon::Task<> main() override {
            for (; co_await inbox.receive(); ++heard) co_await sleep_for(1min);
        }
    };
    auto& slow = rig.add<Slow>();
    axon::link(client.media, slow.inbox);
    play();
    for (std::uint16_t i = 0; i < 10; ++i) feed_rtp(i, 960U * i);
    rig.end(client.inbox);
    rig.advance(1h);
    EXPECT_TRUE(rig.ended(client));
    EXPECT_EQ(slow.heard, 10);
}

TEST_F(RTSPClientFailure, WhatIsNoRtsp) {
    for (const auto* junk : {"HTTP/1.0 400 Bad Request\r\n\r\n", "RTSP/2.0 200 OK\r\nCSeq: 1\r\n\r\n",
                             "RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n"}) {
        Dialogue dialogue;
        (void)dialogue.lead_to(Method::options);
        dialogue.say(junk);
        EXPECT_TRUE(dialogue.rig.ended(dialogue.client)) << junk;
        EXPECT_THAT(dialogue.failure(),
                    HasSubstr("OPTIONS rtsp://h/a.opus: the server says what is no RTSP: "));
    }
}

TEST_F(RTSPClientFailure, ATeardownIsNotWaitedForForEver) {
    play();
    send_goodbye();
    EXPECT_EQ(heard().method, Method::teardown);
    send_rtp(7, 1'000);
    say("no RTSP\r\n\r\n");
    EXPECT_TRUE(rig.ended(client));
    EXPECT_EQ(client.ending(), axon::Ending::finished);
    EXPECT_TRUE(timestamps().empty()) << "what comes behind the end is not heard";
    EXPECT_TRUE(rig.log().empty()) << "and nobody minds";

    Dialogue silent;
    silent.play();
    silent.send_goodbye();
    EXPECT_FALSE(silent.rig.ended(silent.client));
    silent.rig.advance(5s);
    EXPECT_TRUE(silent.rig.ended(silent.client));
}

TEST_F(RTSPClientFailure, AShutdownTearsTheSessionDown) {
    play();
    rig.shut_down(client);
    const auto request = heard();
    EXPECT_EQ(request.method, Method::teardown);
    answer(request, "200 OK");
    EXPECT_TRUE(rig.ended(client));

    Dialogue early;
    (void)early.lead_to(Method::describe);
    early.rig.shut_down(early.client);
    early.rig.run();
    EXPECT_TRUE(early.rig.ended(early.client)) << "there is nothing to tear down";
}

} // namespace
