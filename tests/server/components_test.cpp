// The visible list: each component in it has an example here that composes.
#include "server/components.hpp"

#include "axon/testing/rig.hpp"
#include "server/compose.hpp"
#include "server/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The protocol of a server.
const std::map<std::string_view, std::string> examples{
    {"Chooser", R"(
      components:
        lines:   LineSplit
        fortune: { Chooser: { items: [ "one\n", "two\n" ], at_end: loop } }
      linkages:
        - self.inbox -> lines.inbox
        - lines.outbox -> fortune.inbox
        - fortune.outbox -> self.outbox)"},
    {"Clock", R"([ Clock: { period: 2s, first: 0s, message: "tick\n" } ])"},
    {"ConsoleEchoer", "[ ConsoleEchoer: { escape: yes }, Echo ]"},
    {"Echo", "[ Echo ]"},
    {"HTTPServer", "[ HTTPServer ]"},
    {"LineSplit", "[ LineSplit: { longest: 1KiB, keep_newline: yes }, Echo ]"},
    {"MessageRateControl", "[ MessageRateControl: { period: 500ms, burst: 5 }, Echo ]"},
    {"NullSink", "[ NullSink ]"},
    {"OneShot", R"([ OneShot: { message: "come back tomorrow\n" } ])"},
    {"PassThrough", "[ PassThrough ]"},
    {"RateControl", "[ ReadFileAdaptor: { filename: notes.txt }, RateControl: { bitrate: 64k, burst: 2s } ]"},
    {"ReadFileAdaptor", "[ ReadFileAdaptor: { filename: a.ogg, readmode: bitrate, bitrate: 400k } ]"},
    {"Splitter", R"(
      components:
        fan: { Splitter: { outboxes: [ wait, drop_oldest ] } }
        see: { ConsoleEchoer: {} }
      linkages:
        - self.inbox -> fan.inbox
        - fan.outbox1 -> self.outbox
        - fan.outbox2 -> see.inbox)"},
};

struct Components : ::testing::Test {
    Components() { server::add_components(registry); }

    server::Config read(const std::string& protocol) {
        source.file = server::ConfigFile{
            "f.yaml", "servers:\n  s:\n    listen: tcp://127.0.0.1:0\n    protocol: " + protocol + "\n"};
        return server::read_config(source, {}, registry, complaints);
    }
    std::unique_ptr<axon::Component> compose(std::string_view example) {
        const auto config = read(examples.at(example));
        auto built = server::compose(config.servers.front().protocol, complaints);
        EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty());
        return built;
    }

    axon::Registry registry;
    axon::Complaints complaints;
    server::ConfigSource source;
};

TEST_F(Components, EachHasAnExampleThatComposes) {
    for (const auto& kind : registry.kinds()) {
        ASSERT_TRUE(examples.contains(kind.name())) << kind.name();
        complaints = {};
        const auto config = read(examples.at(kind.name()));
        server::check_compositions(config, complaints);
        EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty()) << kind.name();
    }
    EXPECT_EQ(registry.kinds().size(), examples.size()) << "an example of what is not there";
}

TEST_F(Components, AClientChoosesFromAList) {
    Rig rig;
    auto& protocol = rig.add(compose("Chooser"));
    auto& inbox = dynamic_cast<axon::Inbox<Bytes>&>(*protocol.find_box("inbox"));
    auto& outbox = dynamic_cast<axon::Outbox<Bytes>&>(*protocol.find_box("outbox"));
    rig.feed(inbox, Bytes{"NEXT\r\nNE"});
    rig.feed(inbox, Bytes{"XT\n"});
    rig.end(inbox);
    rig.run();
    EXPECT_THAT(rig.sent(outbox), ElementsAre(Bytes{"one\n"}, Bytes{"two\n"}, Bytes{"one\n"}));
    EXPECT_TRUE(rig.ended(protocol));
}

TEST_F(Components, ASplitterFansOutByName) {
    Rig rig;
    const auto config = read(R"(
      components:
        fan: { Splitter: { outboxes: [ wait, drop_newest, wait ] } }
        up:  PassThrough
      linkages:
        - self.inbox -> fan.inbox
        - fan.outbox1 -> self.first
        - fan.outbox2 -> up.inbox
        - up.outbox -> self.second)");
    auto& protocol = rig.add(server::compose(config.servers.front().protocol, complaints));
    auto& inbox = dynamic_cast<axon::Inbox<Bytes>&>(*protocol.find_box("inbox"));
    rig.feed(inbox, Bytes{"hello"});
    rig.run();
    for (const auto* name : {"first", "second"}) {
        auto& outbox = dynamic_cast<axon::Outbox<Bytes>&>(*protocol.find_box(name));
        EXPECT_THAT(rig.sent(outbox), ElementsAre(Bytes{"hello"}));
    }
}

} // namespace
