// offload: work on other threads. Real threads, so these run under ThreadSanitizer, too.
#include "axon/offload.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <memory>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <utility>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::KeptLog;
using axon::testing::Rig;

struct Works final : axon::Component {
    Task<> main() override {
        sum = co_await axon::offload(*this, [text = std::make_unique<int>(20)] { return *text + 1; });
        try {
            co_await axon::offload(*this, [] { throw std::runtime_error{"bad disk"}; });
        } catch (const std::runtime_error& error) {
            what = error.what();
        }
        owned = co_await axon::offload(*this, [] { return std::make_unique<int>(5); });
        *done = true;
    }
    explicit Works(bool& flag) : done{&flag} {}
    int sum = 0;
    std::string what;
    std::unique_ptr<int> owned;
    bool* done;
};

TEST(Offload, GivesResultsAndExceptionsBackOnTheRigToo) {
    Rig rig;
    bool done = false;
    auto& works = rig.add<Works>(done);
    rig.run();
    EXPECT_TRUE(done);
    EXPECT_EQ(works.sum, 21);
    EXPECT_EQ(works.what, "bad disk");
    EXPECT_EQ(*works.owned, 5);
}

TEST(Offload, RunsOnAnotherThreadAndComesBackToItsOwn) {
    struct Home final : axon::Component {
        explicit Home(std::thread::id (&ids)[2]) : seen{ids} {}
        Task<> main() override {
            seen[0] = co_await axon::offload(*this, [] { return std::this_thread::get_id(); });
            seen[1] = std::this_thread::get_id();
        }
        std::thread::id (&seen)[2];
    };
    axon::System system;
    std::thread::id seen[2];
    system.spawn<Home>(seen);
    system.run();
    EXPECT_NE(seen[0], std::this_thread::get_id());
    EXPECT_NE(seen[0], std::thread::id{});
    EXPECT_EQ(seen[1], std::this_thread::get_id());
}

TEST(Offload, WhatTheFunctionOwnsIsFreedThere) {
    struct NotesWhoFreesIt {
        explicit NotesWhoFreesIt(std::thread::id& id) : freed_by{&id} {}
        NotesWhoFreesIt(NotesWhoFreesIt&& other) noexcept
            : freed_by{std::exchange(other.freed_by, nullptr)} {}
        ~NotesWhoFreesIt() {
            if (freed_by) *freed_by = std::this_thread::get_id();
        }
        std::thread::id* freed_by;
    };
    struct Owner final : axon::Component {
        explicit Owner(std::thread::id& id) : freed_by{id} {}
        Task<> main() override {
            co_await axon::offload(*this, [large = NotesWhoFreesIt{freed_by}] {});
        }
        std::thread::id& freed_by;
    };
    std::thread::id freed_by;
    axon::System system;
    system.spawn<Owner>(freed_by);
    system.run();
    EXPECT_NE(freed_by, std::thread::id{});
    EXPECT_NE(freed_by, std::this_thread::get_id());
}

TEST(Offload, AThousandComponentsShareTheFewThreads) {
    struct One final : axon::Component {
        explicit One(int& total) : sum{total} {}
        Task<> main() override {
            for (int i = 0; i < 5; ++i) sum += co_await axon::offload(*this, [] { return 1; });
        }
        int& sum;
    };
    axon::System system;
    int sum = 0;
    for (int i = 0; i < 1000; ++i) system.spawn<One>(sum);
    system.run();
    EXPECT_EQ(sum, 5000);
}

struct Gate {
    std::counting_semaphore<> begun{0};
    std::counting_semaphore<> open{0};
};

struct Hangs final : axon::Component {
    explicit Hangs(Gate& until) : gate{until} {}
    Task<> main() override {
        co_await axon::offload(*this, [&through = gate] {
            through.begun.release();
            through.open.acquire();
        });
    }
    Gate& gate;
};

struct Once final : axon::Component {
    Task<> main() override {
        co_await axon::offload(*this, [] {});
    }
};

TEST(Offload, NoWorkWaitsBehindWhatHangsWhileAThreadIsAllowed) {
    for (int round = 0; round < 20; ++round) {
        Gate hangs;
        Gate goes;
        axon::System system{{.offload_threads = 2}};
        system.spawn<Once>();
        system.run();
        for (int i = 0; i < 1000; ++i) std::this_thread::yield(); // its thread is idle now, almost surely
        goes.open.release();
        system.spawn<Hangs>(hangs);
        system.spawn<Hangs>(goes);
        system.scheduler().pass();
        const bool went = goes.begun.try_acquire_for(5s);
        hangs.open.release();
        system.run();
        ASSERT_TRUE(went) << "in round " << round;
    }
}

TEST(Offload, AComponentStoppedMeanwhileIsGoneAndTheResultIsThrownAway) {
    const auto frames = axon::detail::live_frames;
    Gate gate;
    axon::System system;
    const auto hangs = system.spawn<Hangs>(gate);
    system.scheduler().pass();
    gate.begun.acquire();
    system.stop(hangs);
    EXPECT_EQ(axon::detail::live_frames, frames);
    EXPECT_EQ(system.scheduler().live(), 0U);
    gate.open.release();
    bool done = false;
    system.spawn<Works>(done);
    system.run();
    EXPECT_TRUE(done);
}

TEST(Offload, ASystemMayEndWithWorkUnderWayAndWorkThatHasNotBegun) {
    const auto frames = axon::detail::live_frames;
    for (int round = 0; round < 20; ++round) {
        Gate gate;
        {
            axon::System system{{.offload_threads = 1}};
            for (int i = 0; i < 3; ++i) system.spawn<Hangs>(gate);
            system.scheduler().pass();
            gate.begun.acquire();
            gate.open.release(3); // the first may end, and so may the others, if they have time to begin
        }
    }
    EXPECT_EQ(axon::detail::live_frames, frames);
}

} // namespace
