// Stopping: at once, wherever a component waits, with nothing of it left behind.
#include "axon/bytes.hpp"
#include "axon/combine.hpp"
#include "axon/offload.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <exception>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

enum class At {
    receive,
    control,
    send,
    sleep,
    pause,
    yield,
    first_of,
    within_receive,
    within_send,
    within_sleep,
    within_offload,
    task,
    task_receive,
    task_within,
    task_within_task,
    offload,
    children,
    take_key,
};
constexpr At everywhere[]{
    At::receive,        At::control,  At::send,           At::sleep,       At::pause,
    At::yield,          At::first_of, At::within_receive, At::within_send, At::within_sleep,
    At::within_offload, At::task,     At::task_receive,   At::task_within, At::task_within_task,
    At::offload,        At::children, At::take_key};

// Waits in the way it is told to; says when the frames of it are gone.
struct Waiter final : axon::Filter<int, int> {
    Waiter(At where, bool& gone) : at{where}, frames_gone{gone} {}

    struct Farewell {
        bool& said;
        ~Farewell() { said = true; }
    };
    Task<> main() override {
        const Farewell farewell{frames_gone};
        switch (at) {
        case At::receive: (void)co_await inbox.receive(); break;
        case At::control: (void)co_await control.receive(); break;
        case At::send: co_await outbox.send(1); break;
        case At::sleep: co_await sleep_for(1h); break;
        case At::pause: co_await pause(); break;
        case At::first_of: (void)co_await axon::first_of(inbox.receive(), sleep_for(1h), pause()); break;
        case At::within_receive: (void)co_await axon::within(1h, inbox.receive()); break;
        case At::within_send: (void)co_await axon::within(1h, outbox.send(1)); break;
        case At::within_sleep: (void)co_await axon::within(1h, sleep_for(2h)); break;
        case At::within_offload:
            (void)co_await axon::within(1h, axon::offload(*this, [] { return 1; }));
            break;
        case At::task: co_await nested(3); break;
        case At::task_receive: (void)co_await hears(3); break;
        case At::task_within: (void)co_await axon::within(*this, 1h, nested(3)); break;
        case At::task_within_task: (void)co_await axon::within(*this, 2h, limited()); break;
        case At::offload: (void)co_await axon::offload(*this, [] { return 1; }); break;
        case At::children:
            spawn<Collect>();
            co_await children_ended();
            break;
        case At::take_key: (void)co_await cat().keys().take<int>(*this, "key"); break;
        case At::yield:
            while (true) co_await yield();
        }
        came_through = true;
    }
    Task<> nested(int depth) {
        if (depth > 0) {
            co_await nested(depth - 1);
        } else {
            co_await outbox.send(1);
        }
    }
    Task<int> hears(int depth) {
        if (depth > 0) co_return co_await hears(depth - 1);
        co_return (co_await inbox.receive()).value_or(0);
    }
    Task<> limited() { (void)co_await axon::within(*this, 1h, nested(3)); }
    At at;
    bool& frames_gone;
    bool came_through = false;
};

void stop_after(int turns, At at, const RigOptions& options) {
    Rig rig{options};
    const auto frames = axon::detail::live_frames;
    bool gone = false;
    auto& waiter = rig.add<Waiter>(at, gone);
    auto& idle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    rig.feed(idle.inbox, 7);
    link(waiter.outbox, idle.inbox);
    for (int i = 0; i < turns; ++i) rig.scheduler().pass();
    const bool offloads = at == At::offload || at == At::within_offload;
    if (offloads && turns > 1) return; // it is through by then
    rig.stop(waiter);
    EXPECT_TRUE(rig.ended(waiter) || at == At::children);
    EXPECT_EQ(gone, turns > 0) << "destructors run, if there was anything to destroy";
    rig.run();
    EXPECT_TRUE(rig.ended(waiter));
    EXPECT_FALSE(waiter.came_through);
    rig.stop(idle);
    EXPECT_EQ(axon::detail::live_frames, frames);
    rig.run();
    EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt) << "a timer is left";
    EXPECT_TRUE(rig.scheduler().idle());
    EXPECT_EQ(rig.scheduler().live(), 0U);
}

TEST(Stop, EndsAComponentInEachKindOfAwaitAndLeavesNothingBehind) {
    for (const At at : everywhere) {
        for (int turns = 0; turns < 3; ++turns) {
            SCOPED_TRACE("await " + std::to_string(static_cast<int>(at)) +
                         " after turns: " + std::to_string(turns));
            in_every_order([=](const RigOptions& options) { stop_after(turns, at, options); });
        }
    }
}

// Stops its child in its own turn, when it has had so many, while others are busy.
struct Stops final : axon::Sink<int> {
    Stops(int turns, At where, bool& gone) : turns_before{turns}, at{where}, frames_gone{gone} {
        inbox.set_options({.capacity = 1});
    }
    Task<> main() override {
        const auto waiter = spawn<Waiter>(at, frames_gone);
        link(waiter.get()->outbox, inbox);
        for (int i = 0; i < turns_before; ++i) co_await yield();
        const bool had_begun = waiter.get()->state() != State::ready || waiter.get()->wait();
        stop(waiter);
        EXPECT_EQ(frames_gone, had_begun) << "at once, not when it has a turn again";
        EXPECT_EQ(waiter.get(), nullptr);
        co_await children_ended();
        came_through = true;
    }
    int turns_before;
    At at;
    bool& frames_gone;
    bool came_through = false;
};

TEST(Stop, ByAParentInItsTurnIsImmediateWhoeverElseIsReady) {
    for (const At at : everywhere) {
        if (at == At::offload || at == At::within_offload || at == At::send || at == At::within_send ||
            at == At::task || at == At::task_within || at == At::task_within_task || at == At::children)
            continue; // they come through here, or have children that end a turn later
        SCOPED_TRACE("await " + std::to_string(static_cast<int>(at)));
        in_every_order([=](const RigOptions& options) {
            for (int turns = 0; turns < 4; ++turns) {
                Rig rig{options};
                bool gone = false;
                std::string out;
                for (const char name : {'a', 'b', 'c', 'd'}) rig.add<Turns>(name, 10, out);
                auto& stops = rig.add<Stops>(turns, at, gone);
                for (const char name : {'e', 'f', 'g', 'h'}) rig.add<Turns>(name, 10, out);
                rig.run();
                EXPECT_TRUE(stops.came_through);
                EXPECT_EQ(out.size(), 80U);
                EXPECT_EQ(rig.scheduler().live(), 0U);
                EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
            }
        });
    }
}

// What would have woken it has come already, or comes while it is being stopped.
TEST(Stop, IsNotOutrunByWhatWouldHaveGoneOn) {
    in_every_order([](const RigOptions& options) {
        for (const At at : {At::receive, At::pause, At::first_of, At::within_receive, At::task_receive}) {
            Rig rig{options};
            bool gone = false;
            auto& waiter = rig.add<Waiter>(at, gone);
            rig.leave_unlinked(waiter.outbox);
            rig.run();
            rig.feed(waiter.inbox, 1);
            rig.end(waiter.inbox);
            rig.shut_down(waiter);
            EXPECT_EQ(waiter.state(), axon::Component::State::ready);
            rig.stop(waiter);
            EXPECT_TRUE(gone);
            rig.run();
            EXPECT_FALSE(waiter.came_through);
            EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
        }
    });
}

TEST(Stop, ABlockedSenderThatIsStoppedGivesUpItsPlaceInTheQueue) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        auto& full = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
        rig.feed(full.inbox, 0);
        std::vector<Count*> senders;
        for (int i = 1; i <= 3; ++i) {
            senders.push_back(&rig.add<Count>(i, 1));
            link(senders.back()->outbox, full.inbox);
            rig.run();
        }
        rig.stop(*senders[0]);
        rig.stop(*senders[2]);
        EXPECT_EQ(full.inbox.try_receive(), 0);
        EXPECT_EQ(full.inbox.try_receive(), 2);
        rig.end(full.inbox);
        rig.run();
        EXPECT_TRUE(full.inbox.ended());
    });
}

// Nine bytes are here, ten fit: the first in the queue wants five, the one behind it one.
struct Queue {
    Rig& rig;
    Idle<axon::Bytes>& idle = rig.add<Idle<axon::Bytes>>(axon::InboxOptions{.bytes = 10});
    EchoOf<axon::Bytes>& large = rig.add<EchoOf<axon::Bytes>>();
    EchoOf<axon::Bytes>& small = rig.add<EchoOf<axon::Bytes>>();
    explicit Queue(Rig& on) : rig{on} {
        rig.feed(idle.inbox, axon::Bytes{"9 bytes.."});
        rig.feed(large.inbox, axon::Bytes{"five."});
        link(large.outbox, idle.inbox);
        link(small.outbox, idle.inbox);
        rig.run();
        rig.feed(small.inbox, axon::Bytes{"."});
        rig.run();
    }
};

TEST(Stop, ASenderThatGivesUpLetsInWhoWaitedBehindItForLess) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        const Queue queue{rig};
        EXPECT_EQ(queue.idle.inbox.size(), 1U) << "first come, first served";
        rig.stop(queue.large);
        EXPECT_EQ(queue.idle.inbox.size(), 2U);
        EXPECT_EQ(queue.small.outbox.sent(), 1U);
        EXPECT_EQ(queue.large.outbox.sent(), 0U);
    });
}

TEST(Stop, NoHandlerRunsAndNothingCanSwallowIt) {
    in_every_order([](const RigOptions& options) {
        struct Stubborn final : axon::Component {
            Task<> main() override {
                while (true) {
                    try {
                        co_await sleep_for(1h);
                    } catch (const std::exception&) {
                        caught = true;
                    }
                }
            }
            bool caught = false;
        };
        Rig rig{options};
        auto& stubborn = rig.add<Stubborn>();
        rig.run();
        rig.stop(stubborn);
        EXPECT_TRUE(rig.ended(stubborn));
        EXPECT_FALSE(stubborn.caught);
    });
}

TEST(Stop, AComponentStoppedBeforeItsFirstTurnNeverRuns) {
    in_every_order([](const RigOptions& options) {
        Rig rig{options};
        bool gone = false;
        auto& waiter = rig.add<Waiter>(At::sleep, gone);
        auto& collect = rig.add<Collect>();
        link(waiter.outbox, collect.inbox);
        rig.stop(waiter);
        EXPECT_TRUE(rig.ended(waiter));
        rig.run();
        EXPECT_FALSE(gone);
        EXPECT_TRUE(collect.saw_the_end);
    });
}

// Says so by its signal in the midst of its turn, and goes on.
struct SaysStop final : axon::Component {
    SaysStop() : Component{axon::handles_control} {}
    Task<> main() override {
        signal.send(axon::Shutdown{});
        went_on = true;
        co_await sleep_for(1h);
        came_through = true;
    }
    bool went_on = false;
    bool came_through = false;
};

TEST(Stop, OneThatIsStoppedByWhatItDoesItselfEndsAtItsNextAwait) {
    struct Middle final : axon::Component {
        SaysStop& inner = child<SaysStop>();
        Task<> main() override { co_await children_ended(); }
    };
    struct Outer final : axon::Component {
        explicit Outer(bool around) : stops_middle{around} { link(middle.inner.signal, control); }
        Task<> main() override { co_await children_ended(); }
        void control_arrived(const axon::Signal& news) override {
            if (std::holds_alternative<axon::Shutdown>(news)) {
                if (stops_middle) {
                    stop(middle);
                } else {
                    system().stop_all();
                }
            }
        }
        Middle& middle = child<Middle>();
        bool stops_middle;
    };
    for (const bool middle : {true, false}) {
        in_every_order([=](const RigOptions& options) {
            Rig rig{options};
            const auto frames = axon::detail::live_frames;
            auto& outer = rig.add<Outer>(middle);
            rig.run();
            EXPECT_TRUE(rig.ended(outer));
            EXPECT_TRUE(outer.middle.inner.went_on);
            EXPECT_FALSE(outer.middle.inner.came_through);
            EXPECT_EQ(axon::detail::live_frames, frames);
            EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
        });
    }
}

TEST(Stop, DestructorsInTheFramesMayLeadToAStopOfTheSame) {
    struct SaysSoAsItGoes final : axon::Component {
        explicit SaysSoAsItGoes() : Component{axon::handles_control} {}
        struct Says {
            axon::SignalOutbox& signal;
            ~Says() { signal.send(axon::Shutdown{}); }
        };
        Task<> main() override {
            const Says says{signal};
            while (true) co_await sleep_for(1s);
        }
    };
    struct Parent final : axon::Composite {
        axon::Handle<SaysSoAsItGoes> says;
        axon::EndedBox ended{*this};
        int ends = 0;
        Task<> main() override {
            says = spawn<SaysSoAsItGoes>();
            link(says.get()->signal, control);
            while (co_await ended.receive()) ++ends;
        }
        void control_arrived(const axon::Signal& news) override {
            if (std::holds_alternative<axon::Shutdown>(news)) stop(says);
        }
        void stop_it() { stop(says); }
    };
    in_every_order([](const RigOptions& options) {
        for (const bool ready : {false, true}) {
            Rig rig{options};
            auto& parent = rig.add<Parent>();
            rig.run();
            if (ready) parent.says.get()->notify(); // it is in the queue, not at rest
            parent.stop_it();
            rig.run();
            EXPECT_EQ(parent.ends, 1);
            EXPECT_EQ(rig.scheduler().live(), 1U);
        }
    });
}

TEST(Stop, DestructorsOfTheFreedMayEndOthers) {
    struct EndsAnother final : axon::Component {
        explicit EndsAnother(axon::Handle<Idle<int>> whom) : other{whom} {}
        EndsAnother(const EndsAnother&) = delete;
        EndsAnother& operator=(const EndsAnother&) = delete;
        ~EndsAnother() override { system().stop(other); }
        Task<> main() override { co_return; }
        axon::Handle<Idle<int>> other;
    };
    in_every_order([](const RigOptions& options) {
        axon::System system{
            {.offload_threads = 0, .scheduler = {.quota = *options.quota, .shuffle = options.shuffle}}};
        for (int i = 0; i < 20; ++i) system.spawn<EndsAnother>(system.spawn<Idle<int>>());
        system.run();
        EXPECT_EQ(system.scheduler().live(), 0U);
    });
}

TEST(Stop, DestructorsInTheFramesMayStopAChildAndCloseABox) {
    struct Owner final : axon::Filter<int, int> {
        struct Release {
            Owner& owner;
            axon::Handle<Collect> child;
            ~Release() {
                owner.stop(child);
                owner.loop.close();
            }
        };
        axon::Outbox<int> loop{*this, "loop"};
        explicit Owner(bool timed) : with_limit{timed} { link(loop, inbox); }
        Task<> hold() {
            const Release release{*this, spawn<Collect>()};
            co_await children_ended();
        }
        Task<> main() override {
            if (with_limit) {
                timed_out = !co_await axon::within(*this, 1s, hold());
                co_await sleep_for(1h);
            } else {
                co_await hold();
            }
        }
        bool with_limit;
        bool timed_out = false;
    };
    in_every_order([](const RigOptions& options) {
        for (const bool with_limit : {false, true}) {
            Rig rig{options};
            auto& owner = rig.add<Owner>(with_limit);
            rig.run();
            EXPECT_EQ(rig.scheduler().live(), 2U);
            rig.advance(2s);
            EXPECT_EQ(owner.timed_out, with_limit);
            rig.stop(owner);
            rig.run();
            EXPECT_TRUE(rig.ended(owner));
            EXPECT_EQ(rig.scheduler().live(), 0U);
        }
        Rig rig{options}; // and at the end of the world
        rig.add<Owner>(false);
        rig.run();
    });
}

} // namespace
