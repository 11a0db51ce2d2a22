#include "server/components_command.hpp"

#include "axon/inbox.hpp"
#include "axon/outbox.hpp"
#include "server/exit_code.hpp"
#include "tests/server/config/sample_registry.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <sstream>

namespace {

using namespace server;

class Counter final : public server::testing::Idle {
public:
    axon::Inbox<int> inbox{*this, "inbox"};
    axon::Outbox<int> outbox{*this, "outbox"};
};

const ComponentInfo player{.name = "Player",
                           .summary = "plays | pauses",
                           .example = "components:\n  a: Player",
                           .boxes = {{BoxInfo::Direction::in, "inbox", "Bytes"},
                                     {BoxInfo::Direction::out, "played", "variant<A|B>"}},
                           .fields = {{"file", "media file", "", "", true, "what to play"},
                                      {"bitrate", "rate", "128k", "8k to 10M", false, "bits per second"}}};
const ComponentInfo idle{
    .name = "Idle", .summary = "does nothing", .example = "[ Idle ]", .boxes = {}, .fields = {}};

TEST(Describe, TakesBoxesFromASpecimenInTheirOrder) {
    axon::Registry registry;
    registry.add<Counter>("Counter", "counts", "[ Counter ]");
    EXPECT_EQ(describe(*registry.find("Counter")),
              (ComponentInfo{.name = "Counter",
                             .summary = "counts",
                             .example = "[ Counter ]",
                             .boxes = {{BoxInfo::Direction::in, "inbox", "int"},
                                       {BoxInfo::Direction::out, "outbox", "int"}},
                             .fields = {}}));
}

TEST(Describe, TakesParametersEvenOfAComponentThatRequiresSome) {
    const auto registry = server::testing::sample_registry();
    const auto info = describe(*registry.find("ReadFileAdaptor"));
    ASSERT_EQ(info.fields.size(), 4U);
    EXPECT_EQ(info.fields[0].name, "filename");
}

TEST(Render, WritesTextForPeople) {
    EXPECT_EQ(render(std::vector{player, idle}, ReferenceFormat::text),
              "Player: plays | pauses\n"
              "  inbox   inbox   Bytes\n"
              "  outbox  played  variant<A|B>\n"
              "  file     media file, required: what to play\n"
              "  bitrate  rate (8k to 10M), 128k by default: bits per second\n"
              "  protocol:\n"
              "    components:\n"
              "      a: Player\n"
              "\n"
              "Idle: does nothing\n"
              "  protocol: [ Idle ]\n");
}

TEST(Render, WritesMarkdownForTheReference) {
    EXPECT_EQ(render(std::vector{player, idle}, ReferenceFormat::markdown),
              "## Player\n\nplays | pauses\n\n"
              "| box | | messages |\n|---|---|---|\n"
              "| `inbox` | inbox | `Bytes` |\n"
              "| `played` | outbox | `variant<A\\|B>` |\n\n"
              "| parameter | type | default | limits | |\n|---|---|---|---|---|\n"
              "| `file` | media file | required |  | what to play |\n"
              "| `bitrate` | rate | `128k` | 8k to 10M | bits per second |\n\n"
              "```yaml\nprotocol:\n  components:\n    a: Player\n```\n\n"
              "## Idle\n\ndoes nothing\n\n```yaml\nprotocol: [ Idle ]\n```\n");
}

TEST(Render, WritesJsonForPrograms) {
    const auto expected = boost::json::parse(R"([
        {"name": "Player", "summary": "plays | pauses", "example": "components:\n  a: Player",
         "boxes": [{"direction": "in", "name": "inbox", "type": "Bytes"},
                   {"direction": "out", "name": "played", "type": "variant<A|B>"}],
         "parameters": [{"name": "file", "type": "media file", "required": true, "default": null, "limits": null,
                         "description": "what to play"},
                        {"name": "bitrate", "type": "rate", "required": false, "default": "128k",
                         "limits": "8k to 10M", "description": "bits per second"}]},
        {"name": "Idle", "summary": "does nothing", "example": "[ Idle ]", "boxes": [], "parameters": []}])");
    const auto text = render(std::vector{player, idle}, ReferenceFormat::json);
    EXPECT_TRUE(text.ends_with('\n'));
    EXPECT_EQ(boost::json::parse(text), expected);
    EXPECT_EQ(render({}, ReferenceFormat::json), "[]\n");
}

struct Listing {
    int code;
    std::string out;
    std::string error;
};

Listing list(const Options& options) {
    std::ostringstream out;
    std::ostringstream error;
    const auto code = list_components(options, server::testing::sample_registry(), out, error);
    return {code, out.str(), error.str()};
}

TEST(ListComponents, ListsAllByName) {
    const auto [code, out, error] = list({.command = Command::components});
    EXPECT_EQ(code, exit_code::stopped);
    EXPECT_TRUE(error.empty());
    EXPECT_TRUE(out.starts_with("Echo: sends back what it hears\n\nHTTPServer: speaks HTTP\n\nProcess: "));
    EXPECT_NE(out.find("\n\nReadFileAdaptor: reads a file\n"), std::string::npos);
}

TEST(ListComponents, ListsTheOneThatIsNamed) {
    EXPECT_EQ(list({.command = Command::components, .component = "Echo"}).out,
              "Echo: sends back what it hears\n");
    const auto json =
        list({.command = Command::components, .component = "Echo", .format = ReferenceFormat::json}).out;
    EXPECT_EQ(boost::json::parse(json).as_array().size(), 1U);
}

TEST(ListComponents, SuggestsTheOneThatWasMeant) {
    const auto [code, out, error] = list({.command = Command::components, .component = "Ehco"});
    EXPECT_EQ(code, exit_code::usage);
    EXPECT_TRUE(out.empty());
    EXPECT_EQ(error, "kamaeliad: unknown component \"Ehco\"; did you mean \"Echo\"?\n");
    EXPECT_EQ(list({.command = Command::components, .component = "Zebra"}).error,
              "kamaeliad: unknown component \"Zebra\"\n");
}

} // namespace
