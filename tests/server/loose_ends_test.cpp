// Outboxes that lead nowhere: named with their place, and never taken for a mistake.
#include "server/loose_ends.hpp"

#include "server/components.hpp"
#include "server/compose.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> warnings_of(const std::string& protocol, const std::string& more = "") {
    axon::Registry registry;
    server::add_components(registry);
    server::ConfigSource source;
    source.file = server::ConfigFile{
        "f.yaml", "servers:\n  s:\n    listen: tcp://127.0.0.1:0\n    protocol:\n" + protocol + more};
    axon::Complaints complaints;
    const auto config = server::read_config(source, {}, registry, complaints);
    server::check_compositions(config, complaints);
    EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty());
    axon::Complaints warnings;
    server::check_loose_ends(config, warnings);
    return server::complaint_lines(warnings, source);
}

const std::string nowhere = " leads nowhere, so what is sent there is discarded";

TEST(LooseEnds, ThereAreNoneWhereEverythingIsLinked) {
    EXPECT_THAT(warnings_of("      - LineSplit\n      - Echo\n"), IsEmpty());
    EXPECT_THAT(warnings_of("      - NullSink\n"), IsEmpty());
    EXPECT_THAT(warnings_of("      - Echo\n", "graphs:\n  g: [ OneShot: { message: x }, ConsoleEchoer ]\n"),
                IsEmpty());
    EXPECT_THAT(warnings_of("      components: { a: Echo }\n"
                            "      linkages: [ self.inbox -> a.inbox, a.outbox -> self.outbox ]\n"),
                IsEmpty());
}

TEST(LooseEnds, NameTheOutboxOfAGraphline) {
    EXPECT_THAT(warnings_of("      components:\n"
                            "        a: Echo\n"
                            "        fan: { Splitter: { outboxes: [ wait, wait ] } }\n"
                            "      linkages:\n"
                            "        - self.inbox -> fan.inbox\n"
                            "        - fan.outbox1 -> a.inbox\n"),
                ElementsAre("f.yaml:6:12: a.outbox" + nowhere, "f.yaml:7:16: fan.outbox2" + nowhere));
}

TEST(LooseEnds, NameTheOutboxesThatAPipelineDoesNotLink) {
    EXPECT_THAT(warnings_of("      - Echo\n      - Splitter: { outboxes: [ wait ] }\n"),
                ElementsAre("f.yaml:6:9: outbox1 of Splitter" + nowhere));
}

TEST(LooseEnds, AreFoundInsideEachOtherAndOnce) {
    EXPECT_THAT(warnings_of("      - both\n      - both\n",
                            "pipelines:\n"
                            "  both:\n"
                            "    components: { a: Echo, b: { Clock: { message: x } } }\n"
                            "    linkages: [ self.inbox -> a.inbox,\n"
                            "                a.outbox -> self.outbox ]\n"),
                ElementsAre("f.yaml:9:33: b.outbox" + nowhere));
}

TEST(LooseEnds, NothingTakesWhatAGraphSends) {
    EXPECT_THAT(warnings_of("      - Echo\n", "graphs:\n  g: [ OneShot: { message: x }, PassThrough ]\n"),
                ElementsAre("f.yaml:7:33: outbox of PassThrough" + nowhere));
}

TEST(LooseEnds, AProtocolHasOneOutbox) {
    EXPECT_THAT(warnings_of("      components: { a: Echo }\n"
                            "      linkages:\n"
                            "        - self.inbox -> a.inbox\n"
                            "        - a.outbox -> self.out\n"),
                ElementsAre("f.yaml:8:11: self.out" + nowhere + "; a protocol speaks on its outbox"));
}

} // namespace
