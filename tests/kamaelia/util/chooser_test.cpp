#include "kamaelia/util/chooser.hpp"

#include "axon/carousel.hpp"
#include "kamaelia/util/one_shot.hpp"
#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using axon::testing::RigOptions;
using kamaelia::AtEnd;
using kamaelia::Chooser;
using Strings = std::vector<std::string>;

const Strings fruit{"apple", "banana", "cherry"};

struct Asked {
    Strings answers;
    bool ended;
};

// What it sends when it is asked for this, one request after the other.
Asked ask(const Strings& items, AtEnd at_end, const Strings& requests) {
    Rig rig;
    auto& chooser = rig.add<Chooser<std::string>>(items, at_end);
    for (const auto& request : requests) rig.feed(chooser.inbox, Bytes{request});
    rig.run();
    return {rig.sent(chooser.outbox), rig.ended(chooser)};
}

TEST(Chooser, SendsTheFirstAtItsStart) { EXPECT_EQ(ask(fruit, AtEnd::stay, {}).answers, Strings{"apple"}); }

TEST(Chooser, GoesWhereItIsAskedTo) {
    EXPECT_EQ(ask(fruit, AtEnd::stay, {"NEXT", "NEXT", "PREV", "LAST", "SAME", "FIRST"}).answers,
              (Strings{"apple", "banana", "cherry", "banana", "cherry", "cherry", "apple"}));
    EXPECT_EQ(ask(fruit, AtEnd::stay, {"GOTO 3", "GOTO 1", "GOTO 2", "NEXT"}).answers,
              (Strings{"apple", "cherry", "apple", "banana", "cherry"}));
}

TEST(Chooser, DoesNotAnswerWhatLeadsNowhere) {
    EXPECT_EQ(ask(fruit, AtEnd::stay, {"PREV", "LAST", "NEXT", "NEXT"}).answers,
              (Strings{"apple", "cherry"}));
    EXPECT_EQ(ask(fruit, AtEnd::stay,
                  {"GOTO 0", "GOTO 4", "GOTO", "GOTO -1", "GOTO 2x", "GOTO 99999999999999999999", "next", "",
                   "SAME"})
                  .answers,
              (Strings{"apple", "apple"}));
}

TEST(Chooser, LoopsWhereItIsToldTo) {
    const auto asked = ask(fruit, AtEnd::loop, {"PREV", "NEXT", "NEXT", "NEXT", "NEXT"});
    EXPECT_EQ(asked.answers, (Strings{"apple", "cherry", "apple", "banana", "cherry", "apple"}));
    EXPECT_FALSE(asked.ended);
    EXPECT_EQ(ask({"one"}, AtEnd::loop, {"NEXT", "PREV"}).answers, (Strings{"one", "one", "one"}));
}

TEST(Chooser, EndsAfterTheLastWhereItIsToldTo) {
    const auto asked = ask(fruit, AtEnd::end, {"PREV", "LAST", "NEXT", "FIRST"});
    EXPECT_EQ(asked.answers, (Strings{"apple", "cherry"}));
    EXPECT_TRUE(asked.ended);
    EXPECT_FALSE(ask(fruit, AtEnd::end, {"LAST"}).ended) << "not before it is asked for one more";
}

TEST(Chooser, AnEmptyListHasNothingToSend) {
    for (const auto at_end : {AtEnd::stay, AtEnd::loop, AtEnd::end}) {
        const auto asked = ask({}, at_end, {"NEXT", "PREV", "FIRST", "LAST", "SAME", "GOTO 1"});
        EXPECT_TRUE(asked.answers.empty());
        EXPECT_EQ(asked.ended, at_end == AtEnd::end);
    }
}

TEST(Chooser, EndsWithItsInputAndWhenItIsShutDown) {
    Rig rig;
    auto& chooser = rig.add<Chooser<int>>(std::vector{1, 2});
    auto& asked = rig.add<Chooser<int>>(std::vector{1, 2});
    rig.run();
    rig.feed(chooser.inbox, Bytes{"NEXT"});
    rig.feed(asked.inbox, Bytes{"NEXT"});
    rig.end(chooser.inbox);
    rig.shut_down(asked);
    rig.run();
    EXPECT_EQ(rig.sent(chooser.outbox), (std::vector{1, 2}));
    EXPECT_EQ(rig.sent(asked.outbox), (std::vector{1, 2})) << "what was asked for before";
    EXPECT_TRUE(rig.ended(chooser));
    EXPECT_TRUE(rig.ended(asked));
}

TEST(Chooser, AFullReaderHoldsItUpAndStoppingDoesNotWaitForThat) {
    Rig rig;
    auto& chooser = rig.add<Chooser<int>>(std::vector{1, 2, 3});
    auto& reader = rig.add<parts::Idle<int>>(axon::InboxOptions{.capacity = 1});
    link(chooser.outbox, reader.inbox);
    for (int i = 0; i < 10; ++i) rig.feed(chooser.inbox, Bytes{"SAME"});
    rig.run();
    EXPECT_EQ(chooser.inbox.size(), 9U);
    rig.stop(chooser);
    EXPECT_TRUE(rig.ended(chooser));
}

// The original's way to play one thing after the other.
struct Playlist final : axon::Composite {
    using Player = axon::Carousel<int, Bytes, int>;
    axon::Outbox<int> outbox{*this, "outbox"};
    explicit Playlist(AtEnd at_end) {
        auto& chooser = child<Chooser<int>>(std::vector{1, 2, 3}, at_end);
        auto& player = child<Player>([](int song) { return std::make_unique<kamaelia::OneShot<int>>(song); });
        link(chooser.outbox, player.next);
        link(player.request_next, chooser.inbox);
        link(player.outbox, outbox);
    }
};

TEST(Chooser, WithACarouselIsAPlaylist) {
    parts::in_every_order(200, [](const RigOptions& options) {
        Rig rig{options};
        auto& once = rig.add<Playlist>(AtEnd::end);
        rig.run();
        EXPECT_EQ(rig.sent(once.outbox), (std::vector{1, 2, 3}));
        EXPECT_TRUE(rig.ended(once));
        EXPECT_TRUE(rig.closed(once.outbox));

        auto& loop = rig.add<Playlist>(AtEnd::loop);
        for (int i = 0; i < 300; ++i) (void)rig.step();
        const auto heard = rig.sent(loop.outbox);
        ASSERT_GE(heard.size(), 6U);
        for (std::size_t i = 0; i < heard.size(); ++i) EXPECT_EQ(heard[i], static_cast<int>(i % 3) + 1);
        rig.shut_down(loop);
        rig.run();
        EXPECT_TRUE(rig.ended(loop));
    });
}

} // namespace
