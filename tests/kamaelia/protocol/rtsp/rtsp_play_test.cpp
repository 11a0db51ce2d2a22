// What PLAY changes of what a session plays, and what it leaves as it is.
#include "kamaelia/protocol/rtsp/range.hpp"
#include "tests/kamaelia/protocol/rtsp/server_dialogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using kamaelia::rtsp::format_npt;

class RTSPPlay : public kamaelia::testing::ServerDialogue {
protected:
    static constexpr std::ptrdiff_t of_page = 12; // packets
    static constexpr std::ptrdiff_t first_lost = 8 * of_page;
    static constexpr std::ptrdiff_t end_of_lost = 10 * of_page;

    RTSPPlay() {
        auto file = kamaelia::testing::ogg_file(vorbis);
        const auto begin = page(file, 2 + first_lost / of_page);
        directory.write("gap.ogg", file.erase(begin, page(file, 2 + end_of_lost / of_page) - begin));
        left.erase(left.begin() + first_lost, left.begin() + end_of_lost);
    }
    // Bytes: where it begins.
    static std::size_t page(const std::string& file, std::ptrdiff_t index) {
        std::size_t at = 0;
        for (; index > 0; --index) at = file.find("OggS", at + 1);
        return at;
    }
    std::string in_the_gap() const {
        const auto middle = (vorbis.granules[first_lost - 1] + vorbis.granules[end_of_lost - 13]) / 2 * 125us;
        return format_npt(middle) + "-" + format_npt(middle + 10ms);
    }
    // Those that there are not while it plays what comes 3 s after the beginning.
    void ask_for_ranges_that_there_are_not(const std::string& session) {
        for (const auto& range : {std::string{"-2"}, std::string{"now-2"}, std::string{"5-5"},
                                  std::string{"9999-"}, in_the_gap()}) {
            EXPECT_EQ(play(session, range).status, 457U) << range;
            rig.advance(20ms);
        }
    }
    kamaelia::testing::ServerReply play(const std::string& session, const std::string& range = "0-") {
        return ask("PLAY", "/media/gap.ogg", session + "Range: npt=" + range + "\r\n");
    }
    std::string set_up_gap() { return set_up("RTP/AVP/TCP;unicast;interleaved=0-1", "gap.ogg"); }
    bool nothing_is_missing() const {
        return std::ranges::adjacent_find(sequences, [](std::uint16_t one, std::uint16_t next) {
                   return next != static_cast<std::uint16_t>(one + 1);
               }) == sequences.end();
    }

    std::vector<std::string> left = vorbis.packets;
};

TEST_F(RTSPPlay, WhatIsRefusedChangesNothingOfWhatPlays) {
    const auto session = set_up_gap();
    EXPECT_EQ(play(session).status, 200U);
    rig.advance(3s);
    ask_for_ranges_that_there_are_not(session);
    hear();
    EXPECT_EQ(goodbyes(), 0U);
    rig.advance(20s);
    hear();
    EXPECT_EQ(goodbyes(), 1U);
    EXPECT_EQ(packets(), left);
    EXPECT_TRUE(nothing_is_missing());
}

TEST_F(RTSPPlay, WhatIsRefusedChangesNothingOfWhatRests) {
    const auto session = set_up_gap();
    EXPECT_EQ(play(session).status, 200U);
    rig.advance(3s);
    EXPECT_EQ(ask("PAUSE", "/media/gap.ogg", session).status, 200U);
    auto heard = packets();
    ask_for_ranges_that_there_are_not(session);
    hear();
    EXPECT_TRUE(frames.empty()) << "no goodbye";
    EXPECT_EQ(ask("PLAY", "/media/gap.ogg", session).status, 200U);
    rig.advance(20s);
    const auto rest = packets();
    heard.insert(heard.end(), rest.begin(), rest.end());
    EXPECT_EQ(heard, left);
    EXPECT_TRUE(nothing_is_missing());
}

TEST_F(RTSPPlay, AnotherEndLeavesOutNothingAndRepeatsNothing) {
    const auto session = set_up_tcp();
    EXPECT_EQ(play(session, "0-4").status, 404U) << "another file's";
    EXPECT_EQ(ask("PLAY", "/media/a.ogg", session).status, 200U);
    rig.advance(3s);
    auto heard = packets();
    const auto next = vorbis.granules[heard.size() - 1] * 125us;
    const auto next_sequence = static_cast<std::uint16_t>(sequences.back() + 1);
    const auto reply = ask("PLAY", "/media/a.ogg", session + "Range: npt=-5\r\n");
    EXPECT_EQ(reply.field("Range"), "npt=" + format_npt(next) + "-5");
    EXPECT_THAT(reply.field("RTP-Info"), ::testing::HasSubstr(";seq=" + std::to_string(next_sequence) + ";"));
    rig.advance(20s);
    hear();
    EXPECT_EQ(goodbyes(), 1U);
    const auto rest = packets();
    heard.insert(heard.end(), rest.begin(), rest.end());
    const auto size = static_cast<std::ptrdiff_t>(heard.size());
    EXPECT_EQ(heard, (std::vector<std::string>{vorbis.packets.begin(), vorbis.packets.begin() + size}));
    EXPECT_GE(vorbis.granules[heard.size() - 1], 5 * 8'000);
    EXPECT_LT(vorbis.granules[heard.size() - 2], 5 * 8'000);
    EXPECT_TRUE(nothing_is_missing());
}

TEST_F(RTSPPlay, APauseInAGapIsReachedWhereTheGapBegins) {
    const auto session = set_up_gap();
    EXPECT_EQ(play(session).status, 200U);
    rig.advance(vorbis.granules[first_lost - 1] * 125us + 10ms);
    const auto heard = packets();
    EXPECT_EQ(heard, (std::vector<std::string>{left.begin(), left.begin() + first_lost}));
    const auto point = in_the_gap().substr(0, in_the_gap().find('-'));
    EXPECT_EQ(ask("PAUSE", "/media/gap.ogg", session + "Range: npt=" + point + "\r\n").status, 200U);
    rig.advance(20s);
    EXPECT_TRUE(packets().empty());
    EXPECT_EQ(play(session, "now-").status, 200U);
    rig.advance(20s);
    EXPECT_EQ(packets(), (std::vector<std::string>{left.begin() + first_lost, left.end()}));
    EXPECT_TRUE(nothing_is_missing());
}

TEST_F(RTSPPlay, AFileThatIsAnotherByNowIsNotPlayed) {
    const auto other = kamaelia::testing::vorbis_with_cut_end(8000, 1, 0.3F, 40'000);
    const auto replace = [&](const std::string& name) {
        directory.write("new.ogg", kamaelia::testing::ogg_file(other));
        std::filesystem::rename(directory.path() / "new.ogg", directory.path() / name);
    };
    directory.write("b.ogg", kamaelia::testing::ogg_file(vorbis));
    const auto session = set_up_tcp();
    const auto of_b = set_up("RTP/AVP/TCP;unicast;interleaved=2-3", "b.ogg");
    EXPECT_EQ(ask("PLAY", "/media/a.ogg", session).status, 200U);
    rig.advance(1s);
    replace("a.ogg");
    EXPECT_EQ(ask("PLAY", "/media/a.ogg", session + "Range: npt=0-\r\n").status, 410U);
    EXPECT_EQ(ask("PAUSE", "/media/a.ogg", session + "Range: npt=9\r\n").status, 410U);
    EXPECT_EQ(ask("PLAY", "/media/b.ogg", of_b).status, 200U) << "which is as it was";
    EXPECT_EQ(ask("TEARDOWN", "/media/b.ogg", of_b).status, 200U);
    rig.advance(1s);
    EXPECT_EQ(ask("PAUSE", "/media/a.ogg", session).status, 200U);
    EXPECT_EQ(ask("PLAY", "/media/a.ogg", session).status, 410U);
    rig.advance(1s);
    hear();
    EXPECT_EQ(goodbyes(), 0U);
    const auto heard = packets();
    const auto size = static_cast<std::ptrdiff_t>(heard.size());
    EXPECT_EQ(heard, (std::vector<std::string>{vorbis.packets.begin(), vorbis.packets.begin() + size}));
    EXPECT_GT(vorbis.granules[heard.size() - 1], 8'000) << "what is open is played on";
}

} // namespace
