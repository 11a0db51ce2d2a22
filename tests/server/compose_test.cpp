// From configurations to components: what does not fit is named with its place, what fits runs.
#include "server/compose.hpp"

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/outbox.hpp"
#include "axon/testing/rig.hpp"
#include "server/components.hpp"
#include "server/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Numbers final : public axon::Filter<int, int> {
    axon::Task<> main() override { co_return; }
};

class Swallow final : public axon::Sink<Bytes> {
    axon::Task<> main() override { co_return; }
};

// Of its inboxes one has to be linked besides the usual, and one need not.
class Mixer final : public axon::Filter<Bytes, Bytes> {
public:
    axon::Inbox<Bytes> second{*this, "second", {.required = true}};
    axon::Inbox<Bytes> volume{*this, "volume"};

private:
    axon::Task<> main() override { co_return; }
};

struct Compose : ::testing::Test {
    Compose() {
        server::add_components(registry);
        registry.add<Numbers>("Numbers", "speaks no bytes");
        registry.add<Swallow>("Swallow", "has no outbox");
        registry.add<Mixer>("Mixer", "hears two at once");
    }

    server::Config read(const std::string& protocol) {
        source.file = server::ConfigFile{
            "f.yaml", "servers:\n  s:\n    listen: tcp://127.0.0.1:0\n    protocol:\n" + protocol};
        return server::read_config(source, {}, registry, complaints);
    }
    std::vector<std::string> complaints_of(const std::string& protocol) {
        server::check_compositions(read(protocol), complaints);
        return server::complaint_lines(complaints, source);
    }

    axon::Registry registry;
    axon::Complaints complaints;
    server::ConfigSource source;
};

TEST_F(Compose, APipelineOfWhatFitsRuns) {
    const auto config = read("      - Echo\n      - PassThrough\n");
    Rig rig;
    auto built = server::compose(config.servers.front().protocol, complaints);
    ASSERT_TRUE(built);
    auto& pipeline = rig.add(std::move(built));
    auto& inbox = dynamic_cast<axon::Inbox<Bytes>&>(*pipeline.find_box("inbox"));
    auto& outbox = dynamic_cast<axon::Outbox<Bytes>&>(*pipeline.find_box("outbox"));
    rig.feed(inbox, Bytes{"hello"});
    rig.run();
    EXPECT_THAT(rig.sent(outbox), ElementsAre(Bytes{"hello"}));
}

TEST_F(Compose, NamesNeighboursThatDoNotFitAndTheirPlace) {
    EXPECT_THAT(
        complaints_of("      - Echo\n      - Numbers\n      - NullSink\n"),
        ElementsAre(::testing::AllOf(HasSubstr("f.yaml:6:9: "), HasSubstr("Echo sends Bytes on outbox"),
                                     HasSubstr("Numbers takes int on inbox")),
                    HasSubstr("f.yaml:7:9: Numbers sends int on outbox, but NullSink takes")));
}

TEST_F(Compose, NothingFollowsAComponentWithoutAnOutbox) {
    EXPECT_THAT(complaints_of("      - Swallow\n      - Echo\n"),
                ElementsAre(HasSubstr("f.yaml:5:9: Swallow has no outbox")));
}

TEST_F(Compose, OnlyTheFirstMayBeWithoutAnInbox) {
    EXPECT_THAT(complaints_of("      - Echo\n      - ReadFileAdaptor: { filename: a.ogg }\n"),
                ElementsAre(HasSubstr("f.yaml:6:9: ReadFileAdaptor has no inbox")));
}

TEST_F(Compose, AProtocolSpeaksBytes) {
    const auto lines = complaints_of("      - Numbers\n");
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines.front(), HasSubstr("takes int on its inbox"));
}

TEST_F(Compose, ARegionOfAFileIsReadBeforeAComponentThatTakesBytes) {
    EXPECT_THAT(
        complaints_of("      - HTTPServer\n      - PassThrough\n"),
        ElementsAre(::testing::AllOf(
            HasSubstr("f.yaml:6:9: HTTPServer sends Bytes or regions of files on outbox, but PassThrough "
                      "takes Bytes on inbox"),
            HasSubstr("put ReadRegions between them"))));
}

TEST_F(Compose, WhatIsReadFitsLikeAnyBytes) {
    EXPECT_THAT(complaints_of("      - HTTPServer\n      - ReadRegions\n      - PassThrough\n"), IsEmpty());
}

TEST_F(Compose, TheNetworkTakesRegionsOfFiles) {
    EXPECT_THAT(complaints_of("      - HTTPServer\n"), IsEmpty());
}

TEST_F(Compose, AGraphlineLinksByName) {
    EXPECT_THAT(complaints_of("      components: { a: Echo, b: PassThrough }\n"
                              "      linkages:\n"
                              "        - self.inbox -> a.inbox\n"
                              "        - a.outbox -> b.inbox\n"
                              "        - b.outbox -> self.outbox\n"),
                IsEmpty());
}

TEST_F(Compose, AGraphlineNamesTheBoxThatIsNotThere) {
    EXPECT_THAT(complaints_of("      components: { a: Echo }\n"
                              "      linkages:\n"
                              "        - self.inbox -> a.inbxo\n"),
                ElementsAre(::testing::AllOf(HasSubstr("f.yaml:7:"), HasSubstr("a has no inbox \"inbxo\""),
                                             HasSubstr("did you mean \"inbox\"?"))))
        << "and not that a.inbox is not linked";
}

TEST_F(Compose, ARequiredInboxIsLinkedWhateverItIsCalled) {
    EXPECT_THAT(complaints_of("      components: { m: Mixer }\n"
                              "      linkages: [ self.inbox -> m.inbox, m.outbox -> self.outbox ]\n"),
                ElementsAre("f.yaml:5:24: m.second is not linked, so nothing ever arrives there; expected a "
                            "linkage such as self.inbox -> m.second"));
}

TEST_F(Compose, APipelineCannotLinkASecondInbox) {
    EXPECT_THAT(complaints_of("      - Echo\n      - Mixer\n"),
                ElementsAre("f.yaml:6:9: Mixer has an inbox \"second\" that needs a linkage; expected a "
                            "graphline, which can link it"));
}

TEST_F(Compose, WhatAChassisHearsIsRequiredIfItsPartNeedsIt) {
    source.sets = {"pipelines={ mix: { components: { m: Mixer }, linkages: [ self.inbox -> m.inbox, "
                   "self.other -> m.second, self.volume -> m.volume, m.outbox -> self.outbox ] } }"};
    EXPECT_THAT(complaints_of("      components: { x: mix }\n"
                              "      linkages: [ self.inbox -> x.inbox, x.outbox -> self.outbox ]\n"),
                ElementsAre(HasSubstr("f.yaml:5:24: x.other is not linked")));
}

TEST_F(Compose, AComponentThatNobodySpeaksToIsAMistake) {
    EXPECT_THAT(complaints_of("      components: { a: Echo, b: Echo }\n"
                              "      linkages:\n"
                              "        - self.inbox -> a.inbox\n"
                              "        - a.outbox -> self.outbox\n"),
                ElementsAre(HasSubstr("b.inbox is not linked, so nothing ever arrives there")));
}

TEST_F(Compose, LooksAtTheEndsOfAPipelineThatIsWrong) {
    EXPECT_THAT(complaints_of("      - Numbers\n      - Ehco\n      - Numbers\n"),
                ElementsAre(HasSubstr("f.yaml:2:3: the protocol of \"s\" takes int on its inbox"),
                            HasSubstr("f.yaml:2:3: the protocol of \"s\" sends int on its outbox"),
                            HasSubstr("f.yaml:6:9: unknown component \"Ehco\"")));
}

TEST_F(Compose, LooksAtTheBoxesOfAPipelineThatIsWrongWhereItIsUsed) {
    source.sets = {"pipelines={ p: [ Echo, Ehco, Numbers ], g: { components: { n: Numbers, e: Ehco }, "
                   "linkages: [ self.inbox -> e.inbox, self.more -> n.inbox, n.outbox -> self.outbox ] } }"};
    EXPECT_THAT(complaints_of("      components: { a: p, b: Echo, c: g, d: Echo }\n"
                              "      linkages:\n"
                              "        - self.inbox -> a.inbox\n"
                              "        - a.outbox -> b.inbox\n"
                              "        - b.outbox -> c.inbox\n"
                              "        - c.outbox -> d.inbox\n"
                              "        - d.outbox -> self.outbox\n"),
                ElementsAre(HasSubstr("f.yaml:8:11: a sends int on outbox, but b takes"),
                            HasSubstr("f.yaml:10:11: c sends int on outbox, but d takes"),
                            HasSubstr("unknown component \"Ehco\""),
                            HasSubstr("unknown component \"Ehco\"")));
}

TEST_F(Compose, TellsWhatAGraphlineRefusesThoughAPartIsWrong) {
    const auto lines = complaints_of("      components: { a: Echo, n: Numbers, e: Ehco }\n"
                                     "      linkages: [ self.inbox -> a.inbox, self.other -> n.inbox,\n"
                                     "        a.outbox -> self.outbox, n.outbox -> self.outbox ]\n");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(lines[0], HasSubstr("f.yaml:5:7: "));
    EXPECT_THAT(lines[0], HasSubstr("n.outbox (int) does not fit"));
    EXPECT_THAT(lines[1], HasSubstr("unknown component \"Ehco\""));
    EXPECT_THAT(lines[2], HasSubstr("nothing ever arrives at self.other"));
}

TEST_F(Compose, AGraphThatWaitsForInputIsAMistake) {
    source.file = server::ConfigFile{"f.yaml", "graphs:\n  echo: [ Echo ]\n  file: [ HTTPServer ]\n"};
    server::check_compositions(server::read_config(source, {}, registry, complaints), complaints);
    EXPECT_THAT(
        server::complaint_lines(complaints, source),
        ElementsAre("f.yaml:2:3: graph \"echo\" begins with a component that has an inbox, and nothing "
                    "ever arrives there",
                    "f.yaml:3:3: graph \"file\" begins with a component that has an inbox, and nothing "
                    "ever arrives there"));
}

} // namespace
