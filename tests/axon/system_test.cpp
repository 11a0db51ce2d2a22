// Systems: several worlds in one process, and how a world ends.
#include "axon/system.hpp"

#include "axon/pipeline.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <memory>
#include <thread>

namespace {

using namespace parts;
using namespace std::chrono_literals;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

TEST(System, SeveralLiveInOneThreadIndependentOfEachOther) {
    Rig one;
    Rig two;
    auto& first = one.add<Echo>();
    auto& second = two.add<Echo>();
    one.feed(first.inbox, 1);
    two.feed(second.inbox, 2);
    one.run();
    EXPECT_EQ(one.sent(first.outbox), (Ints{1}));
    EXPECT_TRUE(two.sent(second.outbox).empty());
    one.advance(5s);
    EXPECT_EQ(one.now() - two.now(), 5s);
    two.run();
    EXPECT_EQ(two.sent(second.outbox), (Ints{2}));
    auto& sink = one.add<Collect>();
    one.scheduler().cat().offer("sums", sink.inbox);
    EXPECT_EQ(two.scheduler().cat().find("sums"), nullptr);
}

TEST(System, TwoThatTakeTurnsInOneThreadDisturbEachOtherInNoOrder) {
    in_every_order([](const RigOptions& options) {
        Rig one{options};
        Rig two{{.shuffle = *options.shuffle + 1, .quota = options.quota}};
        Collect* ends[2];
        Rig* const rigs[]{&one, &two};
        for (int i = 0; i < 2; ++i) {
            auto& rig = *rigs[i];
            auto& from = rig.add<Count>(100 * i, 20);
            auto& echo = rig.add<Echo>();
            ends[i] = &rig.add<Collect>();
            from | echo;
            echo | *ends[i];
        }
        one.step();
        two.stop(two.add<CountForEver>());
        while (static_cast<int>(one.step()) + static_cast<int>(two.step()) > 0) {
        }
        for (int i = 0; i < 2; ++i) {
            EXPECT_EQ(ends[i]->heard, counting(100 * i, 20));
            EXPECT_TRUE(ends[i]->saw_the_end);
        }
    });
}

TEST(System, TwoMayRunInTwoThreads) {
    // Each passes numbers on through a crowd of its own, again and again, and one fails now and then.
    struct World {
        int heard = 0;
        std::uint64_t failures = 0;
        void run() {
            axon::testing::KeptLog log;
            for (int round = 0; round < 20; ++round) {
                axon::System system{{.log = &log, .offload_threads = 0}};
                std::vector<std::unique_ptr<axon::Component>> stages;
                stages.push_back(std::make_unique<Count>(0, 100));
                for (int i = 0; i < 10; ++i) stages.push_back(std::make_unique<Echo>());
                stages.push_back(axon::map<int>([this](int number) { return heard += 1, number; }));
                system.adopt(std::make_unique<axon::Pipeline>(std::move(stages)));
                system.spawn<Throws>();
                system.run();
                failures += system.scheduler().failures();
            }
        }
    };
    World worlds[2];
    {
        std::jthread one{[&] { worlds[0].run(); }};
        std::jthread two{[&] { worlds[1].run(); }};
    }
    for (const auto& world : worlds) {
        EXPECT_EQ(world.heard, 2000);
        EXPECT_EQ(world.failures, 20U);
    }
}

TEST(System, AComponentMayRunAWholeSystemInItsTurn) {
    struct Outer final : axon::Component {
        Task<> main() override {
            std::string out;
            axon::System inner;
            inner.spawn<Turns>('i', 3, out);
            inner.run();
            heard = out;
            running = axon::Scheduler::running_path();
            co_return;
        }
        std::string heard, running;
    };
    Rig rig;
    auto& outer = rig.add<Outer>();
    rig.run();
    EXPECT_EQ(outer.heard, "iii");
    EXPECT_EQ(outer.running, "/Outer");
}

TEST(System, MayEndInTheMiddleOfEverything) {
    struct Family final : axon::Composite {
        axon::Inbox<int> answers{*this, "answers"};
        Family() {
            auto& from = child<CountForEver>();
            auto& echo = child<Echo>();
            from | echo;
            link(echo.outbox, answers); // a child's box is closed when this one is being destroyed
        }
        Task<> main() override {
            while (auto number = co_await answers.receive()) {
                if (*number % 3 == 0) spawn<Collect>();
                if (*number % 4 == 0) co_await sleep_for(1ms);
            }
        }
    };
    for (int steps = 0; steps < 30; ++steps) {
        Rig rig{{.shuffle = static_cast<std::uint64_t>(steps)}};
        rig.add<Family>();
        rig.add<Family>();
        for (int i = 0; i < steps; ++i) rig.step();
    }
}

TEST(System, GivesTheSameRandomNumbersForTheSameSeed) {
    const auto first = [](std::uint64_t seed) {
        axon::System system{{.random_seed = seed}};
        return system.scheduler().random()();
    };
    EXPECT_EQ(first(7), first(7));
    EXPECT_NE(first(7), first(8));
}

} // namespace
