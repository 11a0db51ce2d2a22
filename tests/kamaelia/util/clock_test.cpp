#include "kamaelia/util/clock.hpp"

#include "axon/bytes.hpp"
#include "kamaelia/util/ticks.hpp"
#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Duration;
using axon::Task;
using axon::Time;
using axon::testing::Rig;
using axon::testing::RigOptions;
using kamaelia::Clock;
using kamaelia::Ticks;
using Params = Clock<int>::Params;

// Notes when a message comes, and then is busy for a while.
class Notes final : public axon::Sink<int> {
public:
    explicit Notes(Duration busy = {}, std::uint32_t capacity = 64) : busy_{busy} {
        inbox.set_options({.capacity = capacity});
    }
    std::vector<Duration> after; ///< since the start

private:
    Task<> main() override {
        const auto start = now();
        while (co_await inbox.receive()) {
            after.push_back(now() - start);
            co_await sleep_for(busy_);
        }
    }
    Duration busy_;
};

TEST(Clock, IsExactOverAnHour) {
    Rig rig;
    auto& clock = rig.add<Clock<int>>(Params{.period = 700ms, .message = 1});
    auto& notes = rig.add<Notes>();
    link(clock.outbox, notes.inbox);
    rig.advance(1h);
    ASSERT_EQ(notes.after.size(), 1h / 700ms);
    for (std::size_t i = 0; i < notes.after.size(); ++i) EXPECT_EQ(notes.after[i], (i + 1) * 700ms);
}

TEST(Clock, SendsTheFirstWhenItIsTold) {
    Rig rig;
    auto& at_once = rig.add<Clock<int>>(Params{.period = 10s, .first = 0s, .message = 1});
    auto& later = rig.add<Clock<int>>(Params{.period = 10s, .first = 3s, .message = 1});
    auto& notes = rig.add<Notes>();
    auto& late_notes = rig.add<Notes>();
    link(at_once.outbox, notes.inbox);
    link(later.outbox, late_notes.inbox);
    rig.advance(25s);
    EXPECT_EQ(notes.after, (std::vector<Duration>{0s, 10s, 20s}));
    EXPECT_EQ(late_notes.after, (std::vector<Duration>{3s, 13s, 23s}));
}

TEST(Clock, LeavesOutWhatThereWasNoRoomForAndKeepsItsBeat) {
    parts::in_every_order(50, [](const RigOptions& options) {
        Rig rig{options};
        auto& clock = rig.add<Clock<int>>(Params{.period = 1s, .message = 1});
        auto& notes = rig.add<Notes>(3500ms, 1);
        link(clock.outbox, notes.inbox);
        rig.advance(5min);
        const auto sent = clock.outbox.sent();
        EXPECT_NEAR(static_cast<double>(sent), 5min / 3500ms, 3);
        notes.inbox.set_options({});
        rig.advance(30s);
        EXPECT_NEAR(static_cast<double>(clock.outbox.sent() - sent), 30, 2) << "nothing is made up for";
    });
}

TEST(Clock, EndsWhenItIsShutDownOrStoppedInEitherOfItsWaits) {
    for (const bool full : {true, false}) {
        for (const bool stop : {true, false}) {
            Rig rig;
            auto& clock = rig.add<Clock<int>>(Params{.period = 1s, .message = 1});
            auto& reader = rig.add<parts::Idle<int>>(axon::InboxOptions{.capacity = 1});
            if (full) rig.feed(reader.inbox, 0);
            link(clock.outbox, reader.inbox);
            rig.advance(1500ms);
            EXPECT_FALSE(rig.ended(clock));
            if (stop) {
                rig.stop(clock);
            } else {
                rig.shut_down(clock);
                rig.run();
            }
            EXPECT_TRUE(rig.ended(clock));
        }
    }
}

TEST(Ticks, GoOnByPeriodsAndOverWhatHasPassed) {
    const Time start{100s};
    Ticks ticks{start, 10s};
    EXPECT_EQ(ticks.next(), start);
    ticks.pass(start);
    EXPECT_EQ(ticks.next(), start + 10s);
    ticks.pass(start + 20s);
    EXPECT_EQ(ticks.next(), start + 20s) << "due just now is not missed";
    ticks.pass(start + 50s + 1ns);
    EXPECT_EQ(ticks.next(), start + 60s);
    ticks.pass(start);
    EXPECT_EQ(ticks.next(), start + 70s);
}

} // namespace
