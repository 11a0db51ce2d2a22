// What systemd hears, in what order, and that it hears nothing of a service that hangs.
#include "server/systemd_notifier.hpp"

#include "axon/outbox.hpp"
#include "axon/testing/rig.hpp"
#include "axon/value.hpp"
#include "tests/server/systemd_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Heartbeat;
using axon::testing::Rig;
using server::SystemdNotifier;
using server::testing::SystemdSocket;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

#ifndef KAMAELIA_PORTABLE

struct SystemdNotifying : ::testing::Test {
    SystemdNotifying() {
        rig.add<Heartbeat>(heartbeats, 0U);
        other.add<Heartbeat>(heartbeats, 1U);
        other.run();
    }
    SystemdNotifier& start() {
        auto& notifier = rig.add<SystemdNotifier>(heartbeats, " web=http://127.0.0.1:8000");
        rig.run();
        return notifier;
    }
    void pass(axon::Duration time) {
        other.advance(time);
        rig.advance(time);
    }

    SystemdSocket systemd;
    axon::Heartbeats heartbeats{2};
    Rig rig;
    Rig other; ///< another scheduler
};

TEST_F(SystemdNotifying, SaysThatItIsReadyAndNowAndThenWhatItServes) {
    start();
    EXPECT_THAT(systemd.heard(), ElementsAre("READY=1", "STATUS=Serving web=http://127.0.0.1:8000"));
    pass(SystemdNotifier::status_period - 1ms);
    EXPECT_THAT(systemd.heard(), IsEmpty());
    pass(1ms);
    EXPECT_THAT(systemd.heard(), ElementsAre("STATUS=Serving web=http://127.0.0.1:8000"));
}

TEST_F(SystemdNotifying, CountsTheConnectionsOfAllServers) {
    const auto count_of = [](std::string server) {
        return axon::ValueInfo{.name = "kamaelia_connections",
                               .help = "Connections that are open.",
                               .kind = axon::ValueKind::gauge,
                               .labels = {{"server", std::move(server)}}};
    };
    axon::Value<std::int64_t> web{rig.system().cat(), count_of("web")};
    axon::Value<std::int64_t> echo{rig.system().cat(), count_of("echo")};
    web.set(40);
    echo.set(2);
    start();
    EXPECT_THAT(systemd.heard(), ElementsAre("READY=1", "STATUS=42 connections; web=http://127.0.0.1:8000"));
}

TEST_F(SystemdNotifying, FeedsTheWatchdogTwiceAsOftenAsItWants) {
    systemd.want_watchdog(20s);
    start();
    EXPECT_THAT(systemd.heard(),
                ElementsAre("READY=1", "STATUS=Serving web=http://127.0.0.1:8000", "WATCHDOG=1"));
    pass(9s);
    EXPECT_THAT(systemd.heard(), IsEmpty());
    pass(1s);
    EXPECT_THAT(systemd.heard(), ElementsAre("WATCHDOG=1"));
    pass(10s);
    EXPECT_THAT(systemd.heard(), ElementsAre("WATCHDOG=1"));
}

TEST_F(SystemdNotifying, DoesNotFeedTheWatchdogWhileASchedulerHangs) {
    systemd.want_watchdog(20s);
    start();
    pass(9s);
    systemd.heard();
    rig.advance(11s); // and the other gives no turn
    EXPECT_THAT(systemd.heard(), ElementsAre("WATCHDOG=1")) << "it had given turns lately";
    rig.advance(20s);
    EXPECT_THAT(systemd.heard(), ElementsAre("STATUS=Serving web=http://127.0.0.1:8000"));
    other.advance(31s);
    rig.advance(10s);
    EXPECT_THAT(systemd.heard(), ElementsAre("WATCHDOG=1")) << "it gives turns again";
}

TEST_F(SystemdNotifying, AHeartbeatThatIsOnTimeSatisfiesAShortWatchdog) {
    systemd.want_watchdog(1s);
    start();
    systemd.heard();
    other.advance(1s - 1ns);
    rig.advance(1s - 1ns);
    EXPECT_THAT(systemd.heard(), ElementsAre("WATCHDOG=1"));
}

TEST_F(SystemdNotifying, AWatchdogOfAnotherProcessIsNotFed) {
    systemd.want_watchdog(20s, ::getpid() + 1);
    start();
    pass(20s);
    EXPECT_THAT(systemd.heard(), ElementsAre("READY=1", "STATUS=Serving web=http://127.0.0.1:8000"));
}

TEST_F(SystemdNotifying, SaysThatItStopsAndIsFedUntilTheEnd) {
    systemd.want_watchdog(200s);
    auto& notifier = start();
    systemd.heard();
    rig.feed(notifier.draining, axon::Duration{90s});
    rig.run();
    EXPECT_THAT(systemd.heard(), ElementsAre("STOPPING=1\n"
                                             "STATUS=Stopping: connections have 90 s to end\n"
                                             "EXTEND_TIMEOUT_USEC=100000000"));
    pass(100s);
    EXPECT_THAT(systemd.heard(), ElementsAre("WATCHDOG=1"));
    rig.end(notifier.draining);
    rig.run();
    EXPECT_TRUE(rig.ended(notifier));
}

#endif

TEST(SystemdNotifier, EndsWhereNobodyListens) {
    axon::Heartbeats heartbeats{1};
    Rig rig;
    auto& notifier = rig.add<SystemdNotifier>(heartbeats, "");
    rig.run();
    EXPECT_TRUE(rig.ended(notifier));
}

} // namespace
