// What an await tells of itself: what it waits for, and the line where it stands.
#include "axon/awaited.hpp"
#include "axon/combine.hpp"
#include "axon/offload.hpp"
#include "axon/type_name.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <source_location>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Awaited;
using axon::Task;
using axon::testing::Rig;
using What = axon::Awaited::What;

// A component that does one await, given as a function of its boxes, and the line before it.
struct Asker : axon::Filter<int, int> {
    Asker() = default;
    explicit Asker(axon::HandlesControl control) : Filter{control} {}
    std::uint_least32_t line_before = 0;
    void mark(std::source_location here = std::source_location::current()) { line_before = here.line(); }
};

std::vector<Awaited> asked(Rig& rig, const Asker& asker) {
    rig.run();
    std::vector<Awaited> list;
    if (asker.wait()) asker.wait()->describe(list);
    EXPECT_NE(asker.wait(), nullptr);
    if (asker.wait()) {
        EXPECT_EQ(asker.wait()->where.line(), asker.line_before + 1);
        EXPECT_TRUE(
            std::string_view{asker.wait()->where.file_name()}.ends_with("tests/axon/awaited_test.cpp"));
    }
    return list;
}

std::vector<What> kinds(const std::vector<Awaited>& list) {
    std::vector<What> all;
    std::ranges::transform(list, std::back_inserter(all), &Awaited::what);
    return all;
}

TEST(Awaited, AReceiveTellsItsInbox) {
    struct Receives final : Asker {
        Task<> main() override {
            mark();
            (void)co_await inbox.receive();
        }
    };
    Rig rig;
    auto& component = rig.add<Receives>();
    const auto list = asked(rig, component);
    EXPECT_EQ(kinds(list), (std::vector{What::input}));
    EXPECT_EQ(list.front().box, &component.inbox);
}

TEST(Awaited, ASendTellsItsOutbox) {
    struct Sends final : Asker {
        Task<> main() override {
            co_await outbox.send(1);
            mark();
            co_await outbox.send(2);
        }
    };
    Rig rig;
    auto& component = rig.add<Sends>();
    auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    link(component.outbox, full.inbox);
    const auto list = asked(rig, component);
    EXPECT_EQ(kinds(list), (std::vector{What::room}));
    EXPECT_EQ(list.front().box, &component.outbox);
}

TEST(Awaited, ASleepTellsUntilWhen) {
    struct Sleeps final : Asker {
        Task<> main() override {
            mark();
            co_await sleep_for(3s);
        }
    };
    Rig rig;
    const auto list = asked(rig, rig.add<Sleeps>());
    EXPECT_EQ(kinds(list), (std::vector{What::time}));
    EXPECT_EQ(list.front().until, rig.now() + 3s);
}

TEST(Awaited, APauseTellsOfAllBoxes) {
    struct Pauses final : Asker {
        Task<> main() override {
            mark();
            co_await pause();
        }
    };
    Rig rig;
    EXPECT_EQ(kinds(asked(rig, rig.add<Pauses>())), (std::vector{What::any_box}));
}

TEST(Awaited, WhoGaveWayWaitsForNothing) {
    struct Yields final : Asker {
        Task<> main() override {
            mark();
            co_await yield();
        }
    };
    Rig rig;
    auto& component = rig.add<Yields>();
    rig.step();
    std::vector<Awaited> list;
    ASSERT_NE(component.wait(), nullptr);
    component.wait()->describe(list);
    EXPECT_EQ(kinds(list), (std::vector{What::turn}));
    EXPECT_EQ(component.wait()->where.line(), component.line_before + 1);
}

TEST(Awaited, AParentTellsThatItWaitsForItsChildren) {
    struct Waits final : Asker {
        Task<> main() override {
            spawn<Idle<int>>();
            mark();
            co_await children_ended();
        }
    };
    Rig rig;
    EXPECT_EQ(kinds(asked(rig, rig.add<Waits>())), (std::vector{What::children}));
}

TEST(Awaited, WhoTakesControlTellsSo) {
    struct Listens final : Asker {
        Listens() : Asker{axon::handles_control} {}
        Task<> main() override {
            mark();
            (void)co_await control.receive();
        }
    };
    Rig rig;
    EXPECT_EQ(kinds(asked(rig, rig.add<Listens>())), (std::vector{What::control}));
}

TEST(Awaited, OneOfSeveralTellsAllAndTheLineOfTheWhole) {
    struct Chooses final : Asker {
        axon::Inbox<int> orders{*this, "orders"};
        Task<> main() override {
            mark();
            (void)co_await axon::first_of(inbox.receive(), orders.receive(), sleep_for(1s));
        }
    };
    Rig rig;
    auto& component = rig.add<Chooses>();
    const auto list = asked(rig, component);
    EXPECT_EQ(kinds(list), (std::vector{What::input, What::input, What::time}));
    EXPECT_EQ(list[1].box, &component.orders);
}

TEST(Awaited, ATimeLimitIsToldWithWhatItLimits) {
    struct Hurries final : Asker {
        Task<> main() override {
            mark();
            (void)co_await axon::within(2s, inbox.receive());
        }
    };
    Rig rig;
    const auto list = asked(rig, rig.add<Hurries>());
    EXPECT_EQ(kinds(list), (std::vector{What::input, What::time}));
    EXPECT_EQ(list.back().until, rig.now() + 2s);
}

TEST(Awaited, OffloadedWorkIsToldWhileItIsAway) {
    struct Offloads final : Asker {
        Task<> main() override {
            mark();
            co_await axon::offload(*this, [] {});
        }
    };
    Rig rig;
    auto& component = rig.add<Offloads>();
    rig.step();
    std::vector<Awaited> list;
    ASSERT_NE(component.wait(), nullptr);
    component.wait()->describe(list);
    EXPECT_EQ(kinds(list), (std::vector{What::work}));
    EXPECT_EQ(component.wait()->where.line(), component.line_before + 1);
}

TEST(Awaited, InATaskThatIsAwaitedItIsTheInnermostLine) {
    struct Delegates final : Asker {
        Task<int> read() {
            mark();
            auto number = co_await inbox.receive();
            co_return *number;
        }
        Task<> main() override { (void)co_await read(); }
    };
    Rig rig;
    EXPECT_EQ(kinds(asked(rig, rig.add<Delegates>())), (std::vector{What::input}));
}

TEST(Awaited, AnAwaitOfSomebodysOwnTellsItsName) {
    struct ForEver final : axon::Wait {
        explicit ForEver(axon::Component& self) : component{self} {}
        [[nodiscard]] bool ready() const noexcept override { return false; }
        [[nodiscard]] static bool await_ready() noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) {
            resume = waiting;
            component.suspend(*this);
        }
        static void await_resume() noexcept {}
        axon::Component& component;
    };
    struct Hangs final : Asker {
        Task<> main() override {
            mark();
            co_await ForEver{*this};
        }
    };
    Rig rig;
    const auto list = asked(rig, rig.add<Hangs>());
    EXPECT_EQ(kinds(list), (std::vector{What::other}));
    EXPECT_EQ(list.front().text, "ForEver");
}

TEST(TypeName, HasNoNamespacesButItsArguments) {
    EXPECT_EQ(axon::type_name(typeid(Echo)), "EchoOf");
    EXPECT_EQ(axon::type_name(typeid(Count)), "Count");
    EXPECT_EQ(axon::type_name(typeid(int)), "int");
}

} // namespace
