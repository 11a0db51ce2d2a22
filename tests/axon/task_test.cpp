// Tasks: nested functions of a component that wait.
#include "axon/task.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <optional>
#include <stdexcept>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;

struct Reader final : axon::Filter<int, int> {
    Task<int> pair() {
        const auto first = co_await inbox.receive();
        const auto second = co_await inbox.receive();
        if (!first || !second) throw std::out_of_range{"half a pair"};
        co_return *first + *second;
    }
    Task<std::optional<int>> maybe(bool something) {
        if (something) co_return co_await pair();
        co_return {};
    }
    Task<> main() override {
        co_await outbox.send(co_await pair());
        co_await outbox.send((co_await maybe(false)).value_or(-1));
        co_await outbox.send((co_await maybe(true)).value_or(-1));
        bool caught = false;
        try {
            (void)co_await pair();
        } catch (const std::out_of_range&) {
            caught = true;
        }
        co_await outbox.send(caught ? 99 : 0);
        (void)co_await pair();
    }
};

TEST(Task, GivesItsResultToWhoAwaitsItAndItsExceptionToo) {
    Rig rig;
    auto& reader = rig.add<Reader>();
    for (int i = 1; i <= 5; ++i) rig.feed(reader.inbox, i);
    rig.end(reader.inbox);
    rig.run();
    EXPECT_EQ(rig.sent(reader.outbox), (Ints{3, -1, 7, 99}));
    EXPECT_TRUE(rig.ended(reader));
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log()[0].text, "half a pair") << "from a nested task to the component's boundary";
}

TEST(Task, DoesNotBeginBeforeItIsAwaited) {
    struct Lazy final : axon::Component {
        Task<> begins() {
            begun = true;
            co_return;
        }
        Task<> main() override {
            auto task = begins();
            before = begun;
            co_await task;
        }
        bool begun = false, before = true;
    };
    Rig rig;
    auto& lazy = rig.add<Lazy>();
    rig.run();
    EXPECT_FALSE(lazy.before);
    EXPECT_TRUE(lazy.begun);
}

TEST(Task, FramesGoInnermostFirstWhenTheComponentIsStopped) {
    struct Nested final : axon::Component {
        explicit Nested(Ints& order) : gone{order} {}
        struct Note {
            Ints& order;
            int depth;
            ~Note() { order.push_back(depth); }
        };
        Task<> descend(int depth) {
            const Note note{gone, depth};
            if (depth < 3) {
                co_await descend(depth + 1);
            } else {
                co_await sleep_for(1h);
            }
        }
        Task<> main() override { co_await descend(0); }
        Ints& gone;
    };
    Rig rig;
    Ints gone;
    auto& nested = rig.add<Nested>(gone);
    rig.run();
    rig.stop(nested);
    EXPECT_EQ(gone, (Ints{3, 2, 1, 0}));
}

TEST(Task, TenThousandInARowAndAThousandDeepNeedNoStack) {
    struct Deep final : axon::Component {
        Task<int> down(int depth) { // NOLINT: recursion is the point
            if (depth == 0) co_return 0;
            co_return 1 + co_await down(depth - 1);
        }
        Task<> main() override {
            for (int i = 0; i < 10'000; ++i) sum += co_await down(1);
            sum += co_await down(1000);
        }
        int sum = 0;
    };
    Rig rig;
    auto& deep = rig.add<Deep>();
    rig.run();
    EXPECT_EQ(deep.sum, 11'000);
}

} // namespace
