// first_of and within.
#include "axon/combine.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::TimedOut;
using axon::testing::Rig;
using axon::testing::RigOptions;

struct Chooser final : axon::Component {
    axon::Inbox<int> left{*this, "left"};
    axon::Inbox<int> right{*this, "right"};
    Task<> main() override {
        while (true) {
            switch (co_await axon::first_of(left.receive(), right.receive(), sleep_for(5s))) {
            case 0: note('l', left.try_receive()); break;
            case 1: note('r', right.try_receive()); break;
            default: heard += 't';
            }
            if (left.ended() && right.ended()) co_return;
        }
    }
    void note(char side, std::optional<int> number) {
        heard += side;
        heard += number ? std::to_string(*number) : "-";
    }
    std::string heard;
};

TEST(FirstOf, SaysWhichIsReadyAndConsumesNothing) {
    Rig rig;
    auto& chooser = rig.add<Chooser>();
    rig.run();
    EXPECT_EQ(chooser.heard, "");
    rig.feed(chooser.right, 1);
    rig.run();
    rig.feed(chooser.left, 2);
    rig.run();
    EXPECT_EQ(chooser.heard, "r1l2");
    rig.advance(4999ms);
    EXPECT_EQ(chooser.heard, "r1l2");
    rig.advance(1ms);
    EXPECT_EQ(chooser.heard, "r1l2t");
}

TEST(FirstOf, TakesTheFirstInTheOrderOfTheArgumentsWhereSeveralAreReady) {
    Rig rig;
    auto& chooser = rig.add<Chooser>();
    rig.feed(chooser.right, 1);
    rig.feed(chooser.left, 2);
    rig.run();
    EXPECT_EQ(chooser.heard, "l2r1");
}

TEST(FirstOf, AnInboxThatHasEndedIsReady) {
    Rig rig;
    auto& chooser = rig.add<Chooser>();
    rig.run();
    rig.end(chooser.right);
    rig.step();
    EXPECT_EQ(chooser.heard.substr(0, 2), "r-");
    rig.stop(chooser);
}

TEST(FirstOf, APauseIsEndedOnceByTheEndOfAnInbox) {
    struct Looks final : axon::Component {
        axon::Inbox<int> a{*this, "a"};
        axon::Inbox<int> b{*this, "b"};
        int pauses = 0;
        bool nested;
        explicit Looks(bool in_another) : nested{in_another} {}
        Task<> main() override {
            while (true) {
                const auto first =
                    nested ? co_await axon::first_of(axon::first_of(pause(), sleep_for(1h)), sleep_for(1s))
                           : co_await axon::first_of(pause(), sleep_for(1s));
                if (first == 0) ++pauses;
            }
        }
    };
    for (const bool nested : {false, true}) {
        Rig rig;
        auto& looks = rig.add<Looks>(nested);
        auto& open = rig.add<Echo>();
        link(open.outbox, looks.b);
        rig.run();
        rig.end(looks.a);
        rig.advance(10s);
        EXPECT_EQ(looks.pauses, 1);
        rig.stop(looks);
    }
}

TEST(FirstOf, LeavesNoTimerOfTheLosersBehind) {
    struct Once final : axon::Sink<int> {
        Task<> main() override {
            (void)co_await axon::first_of(inbox.receive(), sleep_for(5s));
            (void)co_await inbox.receive();
            (void)co_await inbox.receive();
        }
    };
    Rig rig;
    auto& once = rig.add<Once>();
    rig.run();
    EXPECT_TRUE(rig.scheduler().next_timer().has_value());
    rig.feed(once.inbox, 1);
    rig.run();
    EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
    EXPECT_FALSE(rig.ended(once));
}

// Tries to hear something for a second, and says what came of it.
struct Impatient final : axon::Filter<int, std::string> {
    Task<> main() override {
        while (true) {
            auto number = co_await axon::within(1s, inbox.receive());
            if (!number) {
                co_await outbox.send("timeout");
            } else if (*number) {
                co_await outbox.send(std::to_string(**number));
            } else {
                co_return;
            }
        }
    }
};

TEST(FirstOf, AndWithinMayStandInOneAnother) {
    struct Both final : axon::Sink<int> {
        Task<> main() override {
            const auto which = co_await axon::within(1s, axon::first_of(inbox.receive(), sleep_for(1h)));
            timed_out = !which.has_value();
            first = co_await axon::first_of(axon::within(2s, inbox.receive()), yield());
        }
        bool timed_out = false;
        std::size_t first = 0;
    };
    Rig rig;
    auto& both = rig.add<Both>();
    rig.advance(5s);
    EXPECT_TRUE(both.timed_out);
    EXPECT_EQ(both.first, 1U);
    EXPECT_TRUE(rig.ended(both));
}

TEST(FirstOf, WaitsForTheEndOfTime) {
    struct ForEver final : axon::Sink<int> {
        Task<> main() override {
            (void)co_await axon::within(axon::Duration::max(), inbox.receive());
            woken = true;
            co_await sleep_for(axon::Duration::max());
            came_through = true;
        }
        bool woken = false;
        bool came_through = false;
    };
    Rig rig;
    auto& forever = rig.add<ForEver>();
    rig.advance(1h);
    EXPECT_FALSE(forever.woken);
    rig.feed(forever.inbox, 1);
    rig.advance(1h);
    EXPECT_TRUE(forever.woken);
    EXPECT_FALSE(forever.came_through);
    rig.stop(forever);
}

TEST(Within, GivesTheMessageOrTheTimeout) {
    Rig rig;
    auto& impatient = rig.add<Impatient>();
    rig.feed(impatient.inbox, 1);
    rig.advance(1s);
    EXPECT_EQ(rig.sent(impatient.outbox), (Strings{"1", "timeout"}));
    rig.advance(500ms);
    rig.feed(impatient.inbox, 2);
    rig.advance(999ms);
    EXPECT_EQ(rig.sent(impatient.outbox), (Strings{"2"}));
    rig.advance(1ms);
    EXPECT_EQ(rig.sent(impatient.outbox), (Strings{"timeout"}));
    rig.end(impatient.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(impatient)) << "the end of input comes in time, too";
}

TEST(Within, AMessageThatIsThereWhenItsReceiverComesIsInTimeAlsoWhenTheTimeIsUp) {
    Rig rig;
    auto& impatient = rig.add<Impatient>();
    rig.run();
    auto& from = rig.add<Echo>();
    link(from.outbox, impatient.inbox);
    rig.feed(from.inbox, 7);
    rig.step(); // the message is on its way in the same tick as the timeout
    rig.advance(1s);
    EXPECT_EQ(rig.sent(impatient.outbox).front(), "7");
}

struct GivesUp final : axon::Source<int> {
    explicit GivesUp(int what) : number{what} {}
    Task<> main() override {
        const auto sent = co_await axon::within(1s, outbox.send(number));
        timed_out = !sent;
        co_await sleep_for(1h);
    }
    int number;
    std::optional<bool> timed_out;
};

TEST(Within, ASendThatTimesOutTakesItsMessageBackAndItsPlaceInTheQueue) {
    Rig rig;
    auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    rig.feed(full.inbox, 0);
    auto& gives_up = rig.add<GivesUp>(1);
    auto& waits = rig.add<Count>(2, 1);
    link(gives_up.outbox, full.inbox);
    link(waits.outbox, full.inbox);
    rig.advance(1s);
    EXPECT_EQ(gives_up.timed_out, true);
    EXPECT_EQ(full.inbox.try_receive(), 0);
    rig.run();
    EXPECT_EQ(full.inbox.try_receive(), 2);
    EXPECT_EQ(full.inbox.try_receive(), std::nullopt);
    EXPECT_EQ(gives_up.outbox.sent(), 0U);
}

TEST(Within, ASendThatFindsRoomInTimeIsSentOnce) {
    in_every_order(20, [](const RigOptions& options) {
        Rig rig{options};
        auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
        rig.feed(full.inbox, 0);
        auto& gives_up = rig.add<GivesUp>(1);
        link(gives_up.outbox, full.inbox);
        rig.advance(999ms);
        EXPECT_EQ(full.inbox.try_receive(), 0);
        rig.advance(2s);
        EXPECT_EQ(gives_up.timed_out, false);
        EXPECT_EQ(full.inbox.try_receive(), 1);
        EXPECT_EQ(full.inbox.try_receive(), std::nullopt);
    });
}

// A handshake of three parts with one time limit.
struct Handshake final : axon::Filter<int, std::string> {
    struct Gone {
        int& count;
        ~Gone() { ++count; }
    };
    Task<int> part() {
        const Gone gone{parts_gone};
        const auto number = co_await inbox.receive();
        if (number == 13) throw std::runtime_error{"unlucky"};
        co_return number.value_or(-1);
    }
    Task<int> parts() {
        int sum = 0;
        for (int i = 0; i < 3; ++i) sum += co_await part();
        co_return sum;
    }
    Task<> main() override {
        while (true) {
            std::string news;
            try {
                const auto sum = co_await axon::within(*this, 10s, parts());
                news = sum ? std::to_string(*sum) : "timeout";
            } catch (const std::runtime_error& error) {
                news = error.what();
            }
            co_await outbox.send(news);
            if (inbox.ended()) co_return;
        }
    }
    int parts_gone = 0;
};

TEST(Within, ATaskHasOneLimitForAllThatItAwaits) {
    Rig rig;
    auto& handshake = rig.add<Handshake>();
    for (int i = 1; i <= 3; ++i) {
        rig.advance(3s);
        rig.feed(handshake.inbox, i);
    }
    rig.run();
    EXPECT_EQ(rig.sent(handshake.outbox), (Strings{"6"}));
    rig.advance(9s);
    rig.feed(handshake.inbox, 1);
    rig.run();
    EXPECT_EQ(handshake.parts_gone, 4);
    rig.advance(1s);
    EXPECT_EQ(rig.sent(handshake.outbox), (Strings{"timeout"}));
    EXPECT_EQ(handshake.parts_gone, 5) << "the task is destroyed where it waited";
    rig.feed(handshake.inbox, 13);
    rig.run();
    EXPECT_EQ(rig.sent(handshake.outbox), (Strings{"unlucky"}));
    rig.end(handshake.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(handshake));
    EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
}

TEST(Within, LimitsNestAndTheOuterOneTakesTheInnerWithIt) {
    struct Nested final : axon::Component {
        Nested(axon::Duration first, axon::Duration second) : outer{first}, inner{second} {}
        Task<> hang() { co_await sleep_for(1h); }
        Task<int> middle() {
            const auto result = co_await axon::within(*this, inner, hang());
            co_return result ? 0 : 1;
        }
        Task<> main() override {
            const auto result = co_await axon::within(*this, outer, middle());
            heard = result ? "inner" : "outer";
        }
        axon::Duration outer, inner;
        std::string heard;
    };
    const auto heard = [](axon::Duration outer, axon::Duration inner) {
        Rig rig;
        auto& nested = rig.add<Nested>(outer, inner);
        rig.advance(5s);
        EXPECT_TRUE(rig.ended(nested));
        EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
        return nested.heard;
    };
    EXPECT_EQ(heard(2s, 1s), "inner");
    EXPECT_EQ(heard(1s, 2s), "outer");
    EXPECT_NE(heard(1s, 1s), "");
}

} // namespace
