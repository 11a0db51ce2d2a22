// Supervisor: what is started again, when, and how it ends.
#include "kamaelia/chassis/supervisor.hpp"

#include "axon/cat.hpp"
#include "axon/graphline.hpp"
#include "axon/sleep.hpp"
#include "axon/testing/rig.hpp"
#include "axon/values.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Component;
using axon::Task;
using kamaelia::Restart;
using kamaelia::Supervisor;

// Ends or throws after a while.
class Runs final : public Component {
public:
    enum class How { ends, throws };
    Runs(How how, axon::Duration after) : how_{how}, after_{after} {}

private:
    Task<> main() override {
        co_await sleep_for(after_);
        if (how_ == How::throws) throw std::runtime_error{"out of order"};
    }
    How how_;
    axon::Duration after_;
};

// Goes on until it is asked to end, or for ever.
class Stays final : public Component {
public:
    explicit Stays(bool obeys, int& alive) : Component{axon::handles_control}, obeys_{obeys}, alive_{alive} {
        ++alive_;
    }
    ~Stays() override { --alive_; }

private:
    Task<> main() override {
        while (true) {
            const auto news = co_await control.receive();
            if (obeys_ && std::holds_alternative<axon::Shutdown>(news)) co_return;
        }
    }
    bool obeys_;
    int& alive_;
};

struct SupervisorTest : ::testing::Test {
    Supervisor& supervise(Supervisor::Factory make, Restart restart) {
        auto& supervisor = rig.add<Supervisor>(
            [this, make = std::move(make)] {
                starts.push_back(rig.now() - begun);
                return make();
            },
            restart);
        supervisor.set_label("ticker");
        return supervisor;
    }
    Supervisor& supervise(Runs::How how, axon::Duration after, Restart restart) {
        return supervise([how, after] { return std::make_unique<Runs>(how, after); }, restart);
    }
    std::string value(const std::string& name) {
        const auto reading = rig.system().cat().values().read(name, {{"graph", "ticker"}});
        return std::visit(
            [](const auto& number) -> std::string {
                if constexpr (std::is_arithmetic_v<std::decay_t<decltype(number)>>)
                    return std::to_string(number);
                else
                    return "no number";
            },
            reading);
    }

    int alive = 0; ///< counted down when the rig goes
    int tries = 0;
    axon::testing::Rig rig;
    axon::Time begun = rig.now();
    std::vector<axon::Duration> starts;
};

TEST_F(SupervisorTest, WhatHasFailedIsStartedAgainLaterEachTime) {
    supervise(Runs::How::throws, 1s, Restart::on_failure);
    rig.advance(8s);
    EXPECT_EQ(starts, (std::vector<axon::Duration>{0s, 1100ms, 2300ms, 3700ms, 5500ms}));
    EXPECT_EQ(value("kamaelia_graph_restarts_total"), "4");
    ASSERT_GE(rig.log().size(), 2U);
    EXPECT_EQ(rig.log()[1].path, "/ticker");
    EXPECT_EQ(rig.log()[1].text, "failed: /ticker/Runs#1: out of order; starts again in 100 ms");
}

TEST_F(SupervisorTest, TheDelayHasALimitAndIsForgottenBySteadiness) {
    auto& supervisor = supervise(Runs::How::throws, 0s, Restart::on_failure);
    rig.advance(5min);
    ASSERT_GE(starts.size(), 4U);
    EXPECT_EQ(starts.back() - starts[starts.size() - 2], Supervisor::longest_delay);
    rig.stop(supervisor);
    starts.clear();
    begun = rig.now();
    supervise(Runs::How::throws, Supervisor::steady_after, Restart::on_failure);
    rig.advance(5min);
    EXPECT_EQ(starts, (std::vector<axon::Duration>{0s, 60100ms, 120200ms, 180300ms, 240400ms}));
}

TEST_F(SupervisorTest, OnlyAlwaysStartsAgainWhatHasEndedByItself) {
    auto& once = supervise(Runs::How::ends, 1s, Restart::on_failure);
    rig.advance(10s);
    EXPECT_EQ(starts.size(), 1U);
    EXPECT_TRUE(rig.ended(once));
    EXPECT_EQ(rig.scheduler().failures(), 0U);
    starts.clear();
    begun = rig.now();
    supervise(Runs::How::ends, 1s, Restart::always);
    rig.advance(3s);
    EXPECT_EQ(starts, (std::vector<axon::Duration>{0s, 1100ms, 2300ms}));
    EXPECT_EQ(value("kamaelia_graph_up"), "1");
}

TEST_F(SupervisorTest, NeverLeavesItAndSaysSo) {
    auto& supervisor = supervise(Runs::How::throws, 1s, Restart::never);
    rig.advance(10s);
    EXPECT_EQ(starts.size(), 1U);
    EXPECT_TRUE(rig.ended(supervisor));
    EXPECT_EQ(rig.scheduler().failures(), 2U) << "it, and its supervisor";
    ASSERT_FALSE(rig.log().empty());
    EXPECT_EQ(rig.log().back().text, "failed, and is not started again: /ticker/Runs#1: out of order");
}

TEST_F(SupervisorTest, WhatCannotBeMadeIsTriedAgain) {
    supervise(
        [this]() -> std::unique_ptr<Component> {
            if (++tries < 3) throw std::runtime_error{"no such file"};
            return std::make_unique<Runs>(Runs::How::ends, 1h);
        },
        Restart::on_failure);
    rig.advance(2s);
    EXPECT_EQ(starts, (std::vector<axon::Duration>{0s, 100ms, 300ms}));
    EXPECT_EQ(rig.log().front().text, "failed: no such file; starts again in 100 ms");
}

TEST_F(SupervisorTest, TheRestOfWhatHasFailedIsShutDown) {
    supervise(
        [this] {
            auto graph = std::make_unique<axon::Graphline>();
            graph->add<Runs>("runs", Runs::How::throws, 1s);
            graph->add<Stays>("stays", true, alive);
            return graph;
        },
        Restart::on_failure);
    rig.advance(3s);
    EXPECT_EQ(starts, (std::vector<axon::Duration>{0s, 1100ms, 2300ms}));
    EXPECT_EQ(alive, 1) << "the one before has gone";
}

TEST_F(SupervisorTest, WhatDoesNotObeyIsStopped) {
    supervise(
        [this] {
            auto graph = std::make_unique<axon::Graphline>();
            graph->add<Runs>("runs", Runs::How::throws, 1s);
            graph->add<Stays>("stays", false, alive);
            return graph;
        },
        Restart::always);
    rig.advance(7s);
    EXPECT_EQ(starts, (std::vector<axon::Duration>{0s, 6100ms}));
    EXPECT_EQ(alive, 1);
}

// A composite that spawns does so at its own risk: what a Carousel plays may fail.
TEST_F(SupervisorTest, WhatWasSpawnedBelowIsItsParentsAffair) {
    struct Nest final : Component {
        Task<> main() override {
            (void)spawn<Runs>(Runs::How::throws, 1s);
            co_await sleep_for(1h);
        }
    };
    supervise([] { return std::make_unique<Nest>(); }, Restart::on_failure);
    rig.advance(1min);
    EXPECT_EQ(starts.size(), 1U);
}

TEST_F(SupervisorTest, AShutdownEndsWhatRunsAndWhatWouldComeAgain) {
    auto& running = supervise([this] { return std::make_unique<Stays>(true, alive); }, Restart::always);
    rig.run();
    EXPECT_EQ(alive, 1);
    rig.shut_down(running);
    rig.run();
    EXPECT_TRUE(rig.ended(running));
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(starts.size(), 1U);

    starts.clear();
    begun = rig.now();
    auto& waiting = supervise(Runs::How::throws, 0s, Restart::always);
    rig.advance(120ms);
    rig.shut_down(waiting);
    rig.run();
    EXPECT_TRUE(rig.ended(waiting));
    rig.advance(1min);
    EXPECT_EQ(starts.size(), 2U);
}

} // namespace
