// Numbered: on the Rig, and in a configuration.
#include "tests/examples/numbered.hpp"

#include "axon/testing/rig.hpp"
#include "server/components.hpp"
#include "server/compose.hpp"
#include "server/config/config.hpp"
#include "tests/examples/numbered_simply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using examples::Numbered;
using examples::NumberedSimply;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// [rig]
TEST(Numbered, CountsAndEndsWhenItsInputEnds) {
    Rig rig;
    auto& numbered = rig.add<NumberedSimply>();
    rig.feed(numbered.inbox, Bytes{"to be"});
    rig.feed(numbered.inbox, Bytes{"or not"});
    rig.end(numbered.inbox);
    rig.run();
    EXPECT_THAT(rig.sent(numbered.outbox), ElementsAre(Bytes{"1 to be"}, Bytes{"2 or not"}));
    EXPECT_TRUE(rig.ended(numbered));
}
// [/rig]

// [restart]
TEST(Numbered, BeginsAnewWhenItIsTold) {
    Rig rig;
    auto& numbered = rig.add<Numbered>(Numbered::Params{.first = 7});
    rig.feed(numbered.inbox, Bytes{"to be"});
    rig.run();
    rig.feed(numbered.restart, Bytes{"now"});
    rig.feed(numbered.inbox, Bytes{"or not"});
    rig.run();
    EXPECT_THAT(rig.sent(numbered.outbox), ElementsAre(Bytes{"7 to be"}, Bytes{"7 or not"}));
}
// [/restart]

// [shutdown]
TEST(Numbered, AnswersWhatCameBeforeAShutdown) {
    Rig rig{{.shuffle = 7, .quota = 1}}; // in another order, and a turn after each message
    auto& numbered = rig.add<NumberedSimply>();
    rig.feed(numbered.inbox, Bytes{"to be"});
    rig.feed(numbered.inbox, Bytes{"or not"});
    rig.shut_down(numbered);
    rig.run();
    EXPECT_EQ(rig.sent(numbered.outbox).size(), 2U);
    EXPECT_TRUE(rig.ended(numbered));
}
// [/shutdown]

TEST(Numbered, WaitsOnAfterWhoRestartsItHasEnded) {
    Rig rig;
    auto& numbered = rig.add<Numbered>();
    rig.feed(numbered.restart, Bytes{"now"});
    rig.end(numbered.restart);
    rig.run(); // throws when it turns on and on
    rig.feed(numbered.inbox, Bytes{"to be"});
    rig.end(numbered.inbox);
    rig.run();
    EXPECT_THAT(rig.sent(numbered.outbox), ElementsAre(Bytes{"1 to be"}));
    EXPECT_TRUE(rig.ended(numbered));
}

// What the network is linked to.
std::pair<axon::Inbox<Bytes>&, axon::Outbox<Bytes>&> ends_of(const axon::Component& protocol) {
    return {dynamic_cast<axon::Inbox<Bytes>&>(*protocol.find_box("inbox")),
            dynamic_cast<axon::Outbox<Bytes>&>(*protocol.find_box("outbox"))};
}

struct InAConfiguration : ::testing::Test {
    InAConfiguration() {
        server::add_components(registry);
        // [register]
        registry.add<Numbered>("Numbered", "puts a number before each line",
                               "[ LineSplit, Numbered: { first: 10 } ]");
        // [/register]
    }
    std::unique_ptr<axon::Component> compose(const std::string& yaml) {
        source.file = server::ConfigFile{"f.yaml", yaml};
        const auto config = server::read_config(source, {}, registry, complaints);
        return complaints.empty() ? server::compose(config.servers.front().protocol, complaints) : nullptr;
    }
    axon::Registry registry;
    axon::Complaints complaints;
    server::ConfigSource source;
};

TEST_F(InAConfiguration, ItIsNamedAndToldItsFirstNumber) {
    Rig rig;
    auto& protocol = rig.add(compose(
        // [yaml]
        R"(
servers:
  numbers:
    listen: tcp://127.0.0.1:1503
    protocol:
      - LineSplit: { keep_newline: true }
      - Numbered: { first: 10 }
)" // [/yaml]
        ));
    auto [inbox, outbox] = ends_of(protocol);
    rig.feed(inbox, Bytes{"to be\nor not\n"});
    rig.end(inbox);
    rig.run();
    EXPECT_THAT(rig.sent(outbox), ElementsAre(Bytes{"10 to be\n"}, Bytes{"11 or not\n"}));
    EXPECT_TRUE(rig.ended(protocol));
}

TEST_F(InAConfiguration, AClockMayRestartItAndEndsWithIt) {
    Rig rig;
    auto& protocol = rig.add(compose(
        // [graph]
        R"(
servers:
  numbers:
    listen: tcp://127.0.0.1:1503
    protocol:
      components:
        lines: { LineSplit: { keep_newline: true } }
        clock: { Clock: { period: 1m, message: again } }
        numbers: Numbered
      linkages:
        - self.inbox -> lines.inbox
        - lines.outbox -> numbers.inbox
        - clock.outbox -> numbers.restart
        - numbers.outbox -> self.outbox
)" // [/graph]
        ));
    auto [inbox, outbox] = ends_of(protocol);
    rig.feed(inbox, Bytes{"to be\nor not\n"});
    rig.advance(std::chrono::minutes{1});
    rig.feed(inbox, Bytes{"to be\n"});
    rig.end(inbox);
    rig.run();
    EXPECT_THAT(rig.sent(outbox), ElementsAre(Bytes{"1 to be\n"}, Bytes{"2 or not\n"}, Bytes{"1 to be\n"}));
    EXPECT_TRUE(rig.ended(protocol)) << "nobody hears the clock any more";
}

TEST_F(InAConfiguration, AMistakeIsToldWithItsPlace) {
    EXPECT_EQ(compose("servers:\n"
                      "  numbers:\n"
                      "    listen: tcp://127.0.0.1:1503\n"
                      "    protocol: [ Numbered: { fist: 10 } ]\n"),
              nullptr);
    EXPECT_THAT(server::complaint_lines(complaints, source),
                ElementsAre("f.yaml:4:29: unknown key \"fist\" in Numbered; did you mean \"first\"?"));
}

} // namespace
