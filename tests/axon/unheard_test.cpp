// Whom nobody hears any more: an end goes up a pipeline, and ends who would send for ever.
#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <memory>
#include <variant>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

// Reads one message, how far to begin, and sends for ever.
class CountFrom final : public axon::Filter<int, int> {
    Task<> main() override {
        for (int i = (co_await inbox.receive()).value();; ++i) co_await outbox.send(i);
    }
};

TEST(Unheard, AStageThatNeverReadsAgainEndsWhenNobodyHearsIt) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(axon::pipeline(std::make_unique<CountForEver>(), std::make_unique<CountFrom>(),
                                            std::make_unique<Take>(5)));
        rig.run();
        EXPECT_TRUE(rig.ended(pipe));
    });
}

TEST(Unheard, AStageThatNeverReadsAgainEndsAlsoInsideAPipelineThatNobodyHears) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& pipe = rig.add(
            axon::pipeline(std::make_unique<CountForEver>(),
                           axon::pipeline(std::make_unique<CountFrom>(), std::make_unique<CountFrom>()),
                           std::make_unique<Take>(5)));
        rig.run();
        EXPECT_TRUE(rig.ended(pipe));
    });
}

TEST(Unheard, AStageThatNeverReadsAgainEndsAlsoInACompositeLinkedByDataOnly) {
    struct Wraps final : axon::Composite {
        Echo& first = child<Echo>();
        CountFrom& last = child<CountFrom>();
        axon::Inbox<int> inbox{*this, "inbox"};
        axon::Outbox<int> outbox{*this, "outbox"};
        Wraps() {
            link(inbox, first.inbox);
            link(first.outbox, last.inbox);
            link(last.outbox, outbox);
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<CountForEver>();
        auto& wraps = rig.add<Wraps>();
        auto& take = rig.add<Take>(5);
        rig.leave_unlinked(wraps.outbox);
        from | wraps;
        wraps | take;
        rig.run();
        EXPECT_TRUE(rig.ended(wraps));
        EXPECT_TRUE(rig.ended(from));
    });
}

TEST(Unheard, AStageThatHasSaidAllMayTakeItsTimeToEnd) {
    in_every_order([](const RigOptions& options) {
        struct TidiesUp final : axon::Filter<int, int> {
            axon::Outbox<int> spare{*this, "spare"};
            Task<> main() override {
                outbox.close();
                co_await sleep_for(2s);
                for (int i = 0; i < 10; ++i) co_await spare.send(i);
                tidy = true;
            }
            bool tidy = false;
        };
        Rig rig{options};
        auto& tidies = rig.add<TidiesUp>();
        auto& to = rig.add<Collect>();
        rig.leave_unlinked(tidies.spare);
        tidies | to;
        rig.feed(tidies.inbox, 1);
        rig.advance(2s);
        EXPECT_TRUE(rig.ended(to));
        EXPECT_TRUE(tidies.tidy);
    });
}

// Sends what it hears by two ways, one message a second.
class Tee final : public axon::Filter<int, int> {
public:
    axon::Outbox<int> copy{*this, "copy"};
    int seconds = 0;

private:
    Task<> main() override {
        while (auto number = co_await inbox.receive()) {
            co_await sleep_for(1s);
            ++seconds;
            co_await outbox.send(*number);
            co_await copy.send(*number);
        }
    }
};

TEST(Unheard, AStageThatIsHeardBesidesDoesFirstWhatCameBeforeTheEndOfTheNext) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 50);
        auto& tee = rig.add<Tee>();
        auto& to = rig.add<Idle<int>>();
        auto& heard = rig.add<Collect>();
        from | tee;
        tee | to;
        link(tee.copy, heard.inbox);
        while (from.outbox.sent() < 50) rig.step();
        rig.stop(to);
        rig.advance(1min);
        EXPECT_EQ(heard.heard, counting(0, 50));
        EXPECT_TRUE(rig.ended(tee));
    });
}

TEST(Unheard, AStageEndsWithTheLastWhoHearsIt) {
    struct TwoWays final : axon::Filter<int, int> {
        axon::Outbox<int> copy{*this, "copy"};
        Task<> main() override {
            for (int i = (co_await inbox.receive()).value();; ++i) {
                co_await outbox.send(i);
                co_await copy.send(i);
            }
        }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<CountForEver>();
        auto& ways = rig.add<TwoWays>();
        auto& first = rig.add<Take>(5);
        auto& second = rig.add<Take>(50);
        rig.leave_unlinked(ways.outbox);
        rig.leave_unlinked(ways.copy);
        from | ways;
        ways | first;
        link(ways.copy, second.inbox);
        rig.run();
        EXPECT_EQ(rig.sent(second.outbox).size(), 50U) << "it was heard as long as it was";
        EXPECT_TRUE(rig.ended(ways));
        EXPECT_TRUE(rig.ended(from));
    });
}

TEST(Unheard, AStageThatNobodyHearsEndsAtItsNextSend) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 50);
        auto& tee = rig.add<Tee>();
        auto& to = rig.add<Idle<int>>();
        rig.leave_unlinked(tee.copy);
        from | tee;
        tee | to;
        while (from.outbox.sent() < 50) rig.step();
        rig.leave_unlinked(tee.outbox);
        rig.stop(to);
        rig.advance(1s);
        EXPECT_EQ(tee.inbox.taken(), 1U);
        EXPECT_EQ(tee.seconds, 1) << "it ends where it sends that, not before";
        EXPECT_TRUE(rig.ended(tee));
    });
}

TEST(Unheard, WhoIsHeardAgainDoesAllThatCameBefore) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& from = rig.add<Count>(0, 50);
        auto& tee = rig.add<Tee>();
        auto& first = rig.add<Idle<int>>();
        auto& second = rig.add<Collect>();
        rig.leave_unlinked(tee.copy);
        from | tee;
        tee | first;
        while (from.outbox.sent() < 50) rig.step();
        rig.leave_unlinked(tee.outbox);
        rig.stop(first);
        link(tee.outbox, second.inbox);
        rig.advance(10s);
        EXPECT_EQ(second.heard, counting(0, 10));
        axon::unlink(tee.outbox);
        rig.advance(1min);
        EXPECT_EQ(tee.seconds, 50);
        EXPECT_TRUE(rig.ended(tee));
    });
}

TEST(Unheard, AHandlerOfControlInsideACompositeIsToldOnce) {
    struct Listens final : axon::Source<int> {
        Listens() : Source{axon::handles_control} {}
        Task<> main() override {
            while (true) {
                if (std::holds_alternative<axon::Shutdown>(co_await control.receive())) ++shutdowns;
            }
        }
        int shutdowns = 0;
    };
    struct Wraps final : axon::Composite {
        Listens& listens = child<Listens>();
        axon::Outbox<int> outbox{*this, "outbox"};
        Wraps() { link(listens.outbox, outbox); }
    };
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& wraps = rig.add<Wraps>();
        auto& to = rig.add<Collect>();
        rig.leave_unlinked(wraps.outbox);
        wraps | to;
        rig.run();
        rig.stop(to);
        rig.run();
        EXPECT_EQ(wraps.listens.shutdowns, 1);
        rig.stop(wraps);
    });
}

} // namespace
