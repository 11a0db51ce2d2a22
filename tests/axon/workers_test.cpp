// Several workers: each a thread with a scheduler, and what they share and do not share.
#include "axon/cat.hpp"
#include "axon/offload.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"
#include "axon/value.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Component;
using axon::System;
using axon::Task;

constexpr unsigned workers = 3;

// Calls a function in its first turn.
template <class F>
class Calls final : public Component {
public:
    explicit Calls(F function) : function_{std::move(function)} {}

private:
    Task<> main() override {
        function_(*this);
        co_return;
    }
    F function_;
};

template <class F>
void on_each(System& system, F function) {
    for (unsigned worker = 0; worker < system.workers(); ++worker)
        system.adopt_on(worker, std::make_unique<Calls<F>>(function));
}

TEST(Workers, EachRunsOnAThreadOfItsOwnAndAllAtOnce) {
    System system{{.workers = workers}};
    std::latch all_there{workers};
    std::vector<std::thread::id> threads(workers);
    on_each(system, [&](const Component& self) {
        threads[self.scheduler().worker()] = std::this_thread::get_id();
        all_there.arrive_and_wait();
    });
    system.run();
    EXPECT_EQ(threads.front(), std::this_thread::get_id());
    EXPECT_EQ(std::set(threads.begin(), threads.end()).size(), workers);
}

TEST(Workers, TheSystemRunsUntilTheLastHasEnded) {
    System system{{.workers = 2}};
    class Late final : public Component {
    public:
        explicit Late(std::atomic<bool>& done) : done_{done} {}

    private:
        Task<> main() override {
            co_await sleep_for(20ms);
            done_ = co_await axon::offload(*this, [] { return true; });
        }
        std::atomic<bool>& done_;
    };
    std::atomic<bool> done = false;
    system.spawn_on<Late>(1, done);
    system.run();
    EXPECT_TRUE(done);
}

TEST(Workers, WhatTheyCountAddsUp) {
    System system{{.workers = workers}};
    class Counts final : public Component {
        Task<> main() override {
            axon::Value<std::uint64_t> counted{cat(), {.name = "counted_total", .help = "Counts."}};
            for (int i = 0; i < 1000; ++i) {
                ++counted;
                co_await yield();
            }
            // While all of them are there, the first one may end and take the series with it.
            co_await sleep_for(1ms);
        }
    };
    axon::Value<std::uint64_t> total{system.cat(), {.name = "counted_total", .help = "Counts."}};
    for (unsigned worker = 0; worker < workers; ++worker) system.spawn_on<Counts>(worker);
    system.run();
    EXPECT_EQ(std::get<std::uint64_t>(system.cat().values().read("counted_total")), 1000U * workers);
}

TEST(Workers, OneDoesNotSeeTheServicesAndKeysOfAnother) {
    class Offers final : public Component {
    public:
        axon::Inbox<int> inbox{*this, "inbox"};

    private:
        Task<> main() override { co_await sleep_for(1ms); }
    };
    System system{{.workers = 2}};
    auto offers = system.spawn<Offers>();
    system.cat().offer("of the first", offers.get()->inbox);
    system.cat().keys().set("title", std::string{"Ode"});
    bool first = false;
    bool second = true;
    const auto sees = [](Component& self) {
        return self.scheduler().cat().find("of the first") &&
               self.scheduler().cat().keys().get<std::string>("title");
    };
    const auto look = [&](Component& self) {
        (self.scheduler().worker() == 0 ? first : second) = sees(self);
    };
    on_each(system, look);
    system.run();
    EXPECT_TRUE(first);
    EXPECT_FALSE(second);
}

TEST(Workers, EachHasRandomNumbersOfItsOwn) {
    System system{{.random_seed = 7, .workers = 2}};
    EXPECT_NE(system.scheduler(0).random()(), system.scheduler(1).random()());
}

TEST(Workers, WhatASchedulerThrowsEndsThemAllAndComesOut) {
    struct Broken final : axon::Poller {
        bool poll() override { throw std::runtime_error{"the poller is broken"}; }
        void wait(std::optional<axon::Duration>) override {}
        void wake() noexcept override {}
    };
    class Waits final : public Component {
        Task<> main() override { co_await sleep_for(1h); }
    };
    for (const unsigned broken : {0U, 1U, 2U}) {
        Broken poller;
        System system{{.workers = workers}};
        for (unsigned worker = 0; worker < workers; ++worker) system.spawn_on<Waits>(worker);
        system.scheduler(broken).set_poller(&poller);
        try {
            system.run();
            FAIL() << "nothing was thrown";
        } catch (const std::runtime_error& thrown) {
            EXPECT_STREQ(thrown.what(), "the poller is broken");
        }
        system.scheduler(broken).set_poller(nullptr);
    }
}

} // namespace
