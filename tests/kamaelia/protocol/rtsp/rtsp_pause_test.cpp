// PAUSE, and the time at which it is to be (RFC 2326 10.6).
#include "kamaelia/protocol/rtsp/range.hpp"
#include "tests/kamaelia/protocol/rtsp/server_dialogue.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using kamaelia::rtsp::format_npt;
using kamaelia::testing::ServerReply;

class RTSPPause : public kamaelia::testing::ServerDialogue {
protected:
    ServerReply play(const std::string& range = "") { return say("PLAY", range); }
    ServerReply pause(const std::string& range = "") { return say("PAUSE", range); }
    ServerReply say(const std::string& method, const std::string& range) {
        return ask(method, "/media/a.ogg", session + (range.empty() ? range : "Range: " + range + "\r\n"));
    }
    // Adds what has come to `heard`, and says how much that was.
    std::size_t listen(std::chrono::nanoseconds time = {}) {
        rig.advance(time);
        hear();
        byes += goodbyes();
        const auto come = packets();
        heard.insert(heard.end(), come.begin(), come.end());
        return come.size();
    }
    std::vector<std::string> first(std::size_t count) const {
        return {vorbis.packets.begin(), vorbis.packets.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    // What was heard is all up to there: no packet begins at that sample or behind it.
    void expect_heard_up_to(std::int64_t sample) {
        ASSERT_GT(heard.size(), 2U);
        EXPECT_EQ(heard, first(heard.size()));
        EXPECT_GE(vorbis.granules[heard.size() - 1], sample);
        EXPECT_LT(vorbis.granules[heard.size() - 2], sample);
    }
    void expect_all_without_a_gap() {
        EXPECT_EQ(heard, vorbis.packets);
        for (std::size_t i = 1; i < sequences.size(); ++i)
            ASSERT_EQ(sequences[i], static_cast<std::uint16_t>(sequences[i - 1] + 1));
        EXPECT_EQ(byes, 1U);
    }

    std::string session = set_up_tcp();
    std::vector<std::string> heard;
    std::size_t byes = 0;
};

TEST_F(RTSPPause, IsAtTheTimeThatIsNamedWhenThatComes) {
    EXPECT_EQ(play().status, 200U);
    listen(3s);
    EXPECT_EQ(pause("npt=5").status, 200U);
    EXPECT_EQ(listen(), 0U) << "nothing comes before its time";
    EXPECT_GT(listen(1s), 0U);
    listen(2min);
    expect_heard_up_to(5 * 8'000);
    EXPECT_EQ(byes, 0U) << "players stop there";
    const auto reply = play();
    EXPECT_EQ(reply.field("Range"), "npt=" + format_npt(vorbis.granules[heard.size() - 1] * 125us) + "-" +
                                        format_npt(vorbis.granules.back() * 125us));
    listen(20s);
    expect_all_without_a_gap();
}

TEST_F(RTSPPause, AtATimeThatHasPassedIsAtOnceAndGoesOnFromThere) {
    EXPECT_EQ(play().status, 200U);
    listen(3s);
    EXPECT_EQ(pause("npt=1.5-").status, 200U);
    EXPECT_EQ(listen(1min), 0U);
    heard.clear();
    const auto reply = play();
    listen(20s);
    ASSERT_FALSE(heard.empty());
    const auto begun = vorbis.packets.size() - heard.size();
    EXPECT_EQ(heard, (std::vector<std::string>{vorbis.packets.begin() + static_cast<std::ptrdiff_t>(begun),
                                               vorbis.packets.end()}));
    EXPECT_LE(vorbis.granules[begun], 12'000) << "the packet before the one with the sample is there";
    EXPECT_GT(vorbis.granules[begun + 1], 12'000);
    EXPECT_TRUE(
        reply.field("Range").starts_with("npt=" + format_npt(vorbis.granules[begun - 1] * 125us) + "-"));
}

TEST_F(RTSPPause, OutsideOfWhatPlaysIsRefusedAndChangesNothing) {
    EXPECT_EQ(pause("npt=1").status, 457U) << "nothing plays";
    EXPECT_EQ(pause("npt=now-").status, 200U);
    EXPECT_EQ(play("npt=2-6").status, 200U);
    listen(1s);
    for (const auto* range : {"npt=1", "npt=6", "npt=7-", "npt=9999", "npt=3-5", "npt=-5", "npt=3,npt=4"})
        EXPECT_EQ(pause(range).status, 457U) << range;
    for (const auto* range : {"npt=nan", "npt=", "5"}) EXPECT_EQ(pause(range).status, 400U) << range;
    for (const auto* range : {"smpte=0:00:03-", "clock=19961108T142300Z-", "bytes=5-"})
        EXPECT_EQ(pause(range).status, 501U) << range;
    listen(20s);
    EXPECT_GE(heard.size(), vorbis.packets.size() * 3 / 8) << "four seconds of ten";
    EXPECT_EQ(byes, 1U);
    EXPECT_EQ(pause("npt=5").status, 457U) << "that PLAY is over";
    EXPECT_EQ(play("npt=7-").status, 200U);
    listen(1s);
    EXPECT_EQ(pause("npt=9.5").status, 200U) << "and this one has its own end";
}

TEST_F(RTSPPause, OfNowIsAtOnce) {
    for (const auto* range : {"", "npt=now-", "npt=now"}) {
        EXPECT_EQ(play().status, 200U);
        listen(1s);
        EXPECT_EQ(pause(range).status, 200U) << range;
        EXPECT_EQ(listen(1min), 0U) << range;
    }
    EXPECT_EQ(byes, 0U);
    EXPECT_EQ(play().status, 200U);
    listen(20s);
    expect_all_without_a_gap();
}

TEST_F(RTSPPause, TheTimeOfAPauseIsTheLastOneThatWasNamed) {
    EXPECT_EQ(play().status, 200U);
    listen(1s);
    EXPECT_EQ(pause("npt=3").status, 200U);
    EXPECT_EQ(pause("npt=2.5").status, 200U);
    EXPECT_EQ(pause("npt=4").status, 200U) << "which its PLAY has";
    EXPECT_EQ(pause("npt=9999").status, 457U);
    EXPECT_EQ(play().status, 200U) << "a sign of life";
    listen(1min);
    expect_heard_up_to(4 * 8'000);
    EXPECT_EQ(play().status, 200U);
    listen(1s);
    EXPECT_EQ(pause("npt=6").status, 200U);
    EXPECT_EQ(pause().status, 200U);
    EXPECT_EQ(listen(1min), 0U) << "at once after all";
    EXPECT_EQ(byes, 0U);
    EXPECT_EQ(play().status, 200U);
    listen(20s);
    expect_all_without_a_gap();
}

TEST_F(RTSPPause, APlayWithARangeUndoesIt) {
    EXPECT_EQ(play().status, 200U);
    listen(1s);
    EXPECT_EQ(pause("npt=3").status, 200U);
    EXPECT_EQ(play("npt=now-").status, 200U);
    listen(20s);
    expect_all_without_a_gap();
}

} // namespace
