// The visible list: each component in it has an example that composes.
#include "server/components.hpp"

#include "axon/testing/rig.hpp"
#include "server/compose.hpp"
#include "server/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Components : ::testing::Test {
    Components() { server::add_components(registry); }

    // `protocol` is on one line, or begins in the first column.
    server::Config read(std::string_view protocol) {
        std::string text = "servers:\n  s:\n    listen: tcp://127.0.0.1:0\n    protocol: ";
        if (protocol.find('\n') != std::string_view::npos) text += "\n      ";
        for (const char c : protocol) text.append(1, c).append(c == '\n' ? "      " : "");
        source.file = server::ConfigFile{"f.yaml", text + "\n"};
        return server::read_config(source, {}, registry, complaints);
    }
    std::unique_ptr<axon::Component> compose(std::string_view example) {
        const auto config = read(registry.find(example)->example());
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
        ASSERT_THAT(kind.example(), HasSubstr(kind.name()));
        complaints = {};
        const auto config = read(kind.example());
        server::check_compositions(config, complaints);
        EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty()) << kind.name();
    }
}

TEST_F(Components, AnOddPortForRTPIsAMistake) {
    (void)read("[ RTSPServer: { rtp_port: 6971 } ]");
    EXPECT_THAT(
        server::complaint_lines(complaints, source),
        ElementsAre("f.yaml:4:41: rtp_port: expected an even number between 0 and 65534, found \"6971\""));
    complaints = {};
    (void)read("[ RTSPServer: { rtp_port: 6972 } ]");
    EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty());
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
    const auto config = read(R"(components:
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
