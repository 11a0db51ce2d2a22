#include "server/options.hpp"

#include <gtest/gtest.h>

namespace {

using namespace server;

std::expected<Options, UsageError> parse(const std::vector<std::string>& arguments) {
    return parse_options(arguments);
}

std::string error_of(const std::vector<std::string>& arguments) {
    const auto options = parse(arguments);
    return options ? "no error" : options.error().text;
}

TEST(Options, RunIsWhatIsDoneByDefault) {
    EXPECT_EQ(parse({}), Options{});
    EXPECT_EQ(parse({"run"}), Options{});
    EXPECT_EQ(Options{}.command, Command::run);
}

TEST(Options, RunTakesAFileADirectoryAndSettings) {
    const Options expected{.config = "k.yaml", .media = "music", .sets = {"workers=1", "log.level=debug"}};
    EXPECT_EQ(
        parse({"--config", "k.yaml", "--media", "music", "--set", "workers=1", "--set", "log.level=debug"}),
        expected);
    EXPECT_EQ(parse({"run", "-c", "k.yaml", "--media=music", "--set=workers=1", "--set=log.level=debug"}),
              expected);
    EXPECT_EQ(
        parse({"-ck.yaml", "--set", "workers=1", "run", "--media", "music", "--set", "log.level=debug"}),
        expected);
}

TEST(Options, CheckTakesItsFileEitherWay) {
    const Options expected{.command = Command::check, .config = "k.yaml"};
    EXPECT_EQ(parse({"check", "k.yaml"}), expected);
    EXPECT_EQ(parse({"check", "--config", "k.yaml"}), expected);
    EXPECT_EQ(parse({"check", "-c", "k.yaml"}), expected);
    EXPECT_EQ(parse({"-c", "k.yaml", "check"}), expected);
    EXPECT_EQ(parse({"check"}), Options{.command = Command::check});
    EXPECT_EQ(error_of({"check", "a", "-c", "b"}), "check takes one FILE, with --config or without");
    EXPECT_EQ(error_of({"check", "a", "b"}), "unexpected \"b\"");
}

TEST(Options, CheckTakesSettingsToo) {
    EXPECT_EQ(parse({"check", "k.yaml", "--set", "a=b"}),
              (Options{.command = Command::check, .config = "k.yaml", .sets = {"a=b"}}));
}

TEST(Options, ComponentsTakesANameAndAFormat) {
    EXPECT_EQ(parse({"components"}), Options{.command = Command::components});
    EXPECT_EQ(
        parse({"components", "Echo", "--format", "json"}),
        (Options{.command = Command::components, .component = "Echo", .format = ReferenceFormat::json}));
    EXPECT_EQ(parse({"components", "--format=markdown"}),
              (Options{.command = Command::components, .format = ReferenceFormat::markdown}));
    EXPECT_EQ(error_of({"components", "--format", "jsno"}),
              "unknown format \"jsno\"; did you mean \"json\"?");
    EXPECT_EQ(error_of({"components", "--format", "xml"}),
              "unknown format \"xml\"; expected text, markdown or json");
}

TEST(Options, GraphTakesAFileEitherWaySettingsAndAFormatOfItsOwn) {
    EXPECT_EQ(parse({"graph"}), Options{.command = Command::graph});
    const Options expected{.command = Command::graph,
                           .config = "k.yaml",
                           .media = "music",
                           .sets = {"workers=1"},
                           .graph_format = GraphFormat::mermaid};
    EXPECT_EQ(parse({"graph", "k.yaml", "--media", "music", "--set", "workers=1", "--format", "mermaid"}),
              expected);
    EXPECT_EQ(parse({"-c", "k.yaml", "graph", "--media", "music", "--set", "workers=1", "--format=mermaid"}),
              expected);
    EXPECT_EQ(parse({"graph", "--format", "dot"})->graph_format, GraphFormat::dot);
    EXPECT_EQ(parse({"graph", "--format", "json"})->graph_format, GraphFormat::json);
    EXPECT_EQ(error_of({"graph", "--format", "text"}),
              "unknown format \"text\"; expected dot, mermaid or json");
    EXPECT_EQ(error_of({"graph", "a", "-c", "b"}), "graph takes one FILE, with --config or without");
    EXPECT_EQ(error_of({"graph", ""}), "graph needs the name of a file");
}

TEST(Options, HelpAndVersionWinOverTheCommand) {
    EXPECT_EQ(parse({"--help"})->command, Command::help);
    EXPECT_EQ(parse({"check", "--help"})->command, Command::help);
    EXPECT_EQ(parse({"--version"})->command, Command::version);
    EXPECT_EQ(parse({"--version", "--help"})->command, Command::help);
}

TEST(Options, RefuseCommandsThatAreNone) {
    EXPECT_EQ(error_of({"chekc"}), "unknown command \"chekc\"; did you mean \"check\"?");
    EXPECT_EQ(error_of({"music"}), "unknown command \"music\"; expected run, check, graph or components");
    EXPECT_EQ(error_of({"run", "music"}), "unexpected \"music\"");
}

TEST(Options, SayHowAConfigurationIsNamed) {
    EXPECT_EQ(error_of({"k.yaml"}), "unknown command \"k.yaml\"; did you mean --config \"k.yaml\"?");
    EXPECT_EQ(error_of({"a/k.yml"}), "unknown command \"a/k.yml\"; did you mean --config \"a/k.yml\"?");
    EXPECT_EQ(error_of({"run", "k.yaml"}), "unexpected \"k.yaml\"; did you mean --config \"k.yaml\"?");
    EXPECT_EQ(error_of({"check", "a.yaml", "b.yaml"}), "unexpected \"b.yaml\"");
}

TEST(Options, RefuseOptionsThatAreNone) {
    EXPECT_EQ(error_of({"--confg", "k.yaml"}), "unknown option \"--confg\"; did you mean \"--config\"?");
    EXPECT_EQ(error_of({"-x"}),
              "unknown option \"-x\"; expected --help, --version, --config, --media, --set or --format");
    EXPECT_EQ(error_of({"--conf", "k.yaml"}), "unknown option \"--conf\"; did you mean \"--config\"?");
}

TEST(Options, RefuseOptionsOfAnotherCommand) {
    EXPECT_EQ(error_of({"components", "--config", "k"}), "--config is an option of run, check and graph");
    EXPECT_EQ(error_of({"components", "--set", "a=b"}), "--set is an option of run, check and graph");
    EXPECT_EQ(error_of({"run", "--format", "json"}), "--format is an option of graph and components");
}

TEST(Options, RefuseIncompleteOptions) {
    EXPECT_EQ(error_of({"--config"}), "the required argument for option '--config' is missing");
    EXPECT_EQ(error_of({"--config", ""}), "--config needs the name of a file");
    EXPECT_EQ(error_of({"check", ""}), "check needs the name of a file");
    EXPECT_EQ(error_of({"--media", ""}), "--media needs the name of a directory");
    EXPECT_EQ(error_of({"--set", "workers"}), "--set needs KEY=VALUE, found \"workers\"");
    EXPECT_EQ(error_of({"--set", "=1"}), "--set needs KEY=VALUE, found \"=1\"");
    EXPECT_EQ(error_of({"-c", "a", "-c", "b"}), "option '--config' cannot be specified more than once");
}

TEST(HelpText, NamesEveryCommandAndOption) {
    const auto help = help_text();
    for (const auto* word : {"run", "check", "graph", "components", "--config", "-c", "--media", "--set",
                             "--format", "--version", "--help", "/etc/kamaelia/kamaelia.yaml"})
        EXPECT_NE(help.find(word), std::string::npos) << word;
}

} // namespace
