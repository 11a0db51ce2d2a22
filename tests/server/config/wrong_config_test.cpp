// Wrong configurations and what exactly is said about them.
#include "tests/server/config/sample_registry.hpp"
#include "tests/server/config/wrong.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace server::testing;

std::string complaints_about(const std::string& text) {
    return server::testing::complaints_about(text, sample_registry());
}

class WrongConfig : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongConfig, IsComplainedAboutExactly) {
    EXPECT_EQ(complaints_about(GetParam().text), GetParam().complaints);
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Yaml, WrongConfig, ::testing::Values(
Wrong{"Tab", "log:\n\tlevel: info\n",
      "kamaelia.yaml:2:1: a tab indents this line; expected spaces\n"},
Wrong{"UnclosedList", "log: [a, b\n",
      "kamaelia.yaml:1:11: expected a comma, or the end of the \"[\" at 1:6\n"},
Wrong{"UnclosedMap", "log: { level: info\nworkers: 1\n",
      "kamaelia.yaml:2:8: expected a comma, or the end of the \"{\" at 1:6\n"},
Wrong{"UnclosedQuote", "media: 'music\nworkers: 1\n",
      "kamaelia.yaml:1:8: this text in quotes does not end\n"},
Wrong{"BadIndentation", "log:\n  level: info\n format: text\n",
      "kamaelia.yaml:3:2: this line fits nothing above; is it indented like its neighbours, a key among keys or a dash among dashes?\n"},
Wrong{"BadIndentationOfASection", "  log: {}\nworkers: 1\n",
      "kamaelia.yaml:2:1: this is not part of what stands above; is it indented like its neighbours?\n"},
Wrong{"ColonInText", "media: music: loud\n",
      "kamaelia.yaml:1:13: unexpected \":\"; check the indentation, the space after each \":\", and whether a text needs quotes\n"},
Wrong{"NoSpaceAfterColon", "workers:1\nmedia: m\n",
      "kamaelia.yaml:2:6: unexpected \":\"; check the indentation, the space after each \":\", and whether a text needs quotes\n"},
Wrong{"StrayBracket", "workers: 1\n]\n",
      "kamaelia.yaml:2:1: this bracket closes none that is open\n"},
Wrong{"ReservedCharacter", "media: @home\n",
      "kamaelia.yaml:1:8: a text that begins with \"@\" needs quotes\n"},
Wrong{"DuplicateKey", "workers: 1\nmedia: m\nworkers: auto\n",
      "kamaelia.yaml:3:1: duplicate key \"workers\"; the first is in line 1\n"},
Wrong{"DuplicateServer", "servers:\n  a: { listen: \"tcp://h:1\", protocol: [Echo] }\n  a: {}\n",
      "kamaelia.yaml:3:3: duplicate key \"a\"; the first is in line 2\n"},
Wrong{"KeyThatIsNoText", "[workers]: 1\n",
      "kamaelia.yaml:1:1: key: expected text, found a list\n"},
Wrong{"SecondDocument", "workers: 1\n---\nworkers: 1\n",
      "kamaelia.yaml:2:1: a second document begins here; expected one document\n"},
Wrong{"UnknownAlias", "media: *music\n",
      "kamaelia.yaml:1:8: no \"&\" above has this name; a text that begins with \"*\" needs quotes\n"},
Wrong{"AliasInItself", "servers: &s [*s]\n",
      "kamaelia.yaml:1:14: this alias refers to what it is part of\n"},
Wrong{"Tag", "media: !path m\n",
      "kamaelia.yaml:1:8: tag \"!path\"; expected a value without a tag\n"},
Wrong{"ControlCharacter", "media: \"a\x01\"\n",
      "kamaelia.yaml:1:10: control character \"\\x01\"; expected text\n"},
Wrong{"NotUtf8", "media: \xFFm\n",
      "kamaelia.yaml:1:8: not UTF-8; expected text in UTF-8\n"},
Wrong{"BadEscape", "media: \"a\\qb\"\n",
      "kamaelia.yaml:1:12: a \"\\\" that begins no escape; expected \"\\\\\", or single quotes around the text\n"},
Wrong{"UnsetVariable", "media: ${MUSIC}/new\n",
      "kamaelia.yaml:1:8: ${MUSIC}: the environment variable MUSIC is not set; ${MUSIC:-default} would give a default\n"},
Wrong{"VariableInBrackets", "log: { level: ${SET} }\n",
      "kamaelia.yaml:1:16: a text with \"{\" needs quotes inside brackets\n"},
Wrong{"UnclosedVariable", "media: ${SET\n",
      "kamaelia.yaml:1:8: \"${SET\" does not end; expected ${NAME} or ${NAME:-default} ($${ stands for a plain ${)\n"},
Wrong{"MalformedVariable", "media: ${SET-x}\n",
      "kamaelia.yaml:1:8: \"${SET-x}\": expected ${NAME} or ${NAME:-default} ($${ stands for a plain ${)\n"}), name_of);

INSTANTIATE_TEST_SUITE_P(Sections, WrongConfig, ::testing::Values(
Wrong{"NotAMap", "- log\n",
      "kamaelia.yaml:1:1: the configuration: expected a map, found a list\n"},
Wrong{"JustText", "log\n",
      "kamaelia.yaml:1:1: the configuration: expected a map, found \"log\"\n"},
Wrong{"UnknownSection", "sevrers: {}\n",
      "kamaelia.yaml:1:1: unknown key \"sevrers\" in the configuration; did you mean \"servers\"?\n"},
Wrong{"UnknownSectionFarFromAny", "x: {}\n",
      "kamaelia.yaml:1:1: unknown key \"x\" in the configuration; expected log, workers, media, drain_timeout, admin, servers, graphs or pipelines\n"},
Wrong{"Streams", "streams: { radio: {} }\n",
      "kamaelia.yaml:1:1: section \"streams\" is not in this version\n"},
Wrong{"StreamsMisspelt", "stream: { radio: {} }\n",
      "kamaelia.yaml:1:1: unknown key \"stream\" in the configuration; section \"streams\" is not in this version\n"},
Wrong{"SectionInCapitals", "SERVERS: {}\n",
      "kamaelia.yaml:1:1: unknown key \"SERVERS\" in the configuration; did you mean \"servers\"?\n"},
Wrong{"LogLevelInCapitals", "log: { level: DEBUG }\n",
      "kamaelia.yaml:1:15: level: expected debug, info, warning or error, found \"DEBUG\"; did you mean \"debug\"?\n"},
Wrong{"GraphsInAList", "graphs: [ Clock ]\n",
      "kamaelia.yaml:1:9: graphs: expected a map of names, found a list\n"},
Wrong{"GraphLeftEmpty", "graphs:\n  ticker:\n",
      "kamaelia.yaml:2:3: graph \"ticker\": expected a list of components, a graphline or the name of a pipeline, found nothing\n"},
Wrong{"RestartWord", "graphs:\n  ticker:\n    restart: on-failur\n    components: { a: Echo, b: Echo }\n    linkages: [ a.outbox -> b.inbox ]\n",
      "kamaelia.yaml:3:14: restart: expected never, on-failure or always, found \"on-failur\"; did you mean \"on-failure\"?\n"},
Wrong{"RestartKey", "graphs:\n  ticker:\n    restrat: never\n    components: { a: Echo, b: Echo }\n    linkages: [ a.outbox -> b.inbox ]\n",
      "kamaelia.yaml:3:5: unknown key \"restrat\" in a graphline; did you mean \"restart\"?\n"},
Wrong{"RestartOfAProtocol", "servers:\n  s:\n    listen: tcp://127.0.0.1:1\n    protocol:\n      restart: never\n      components: { a: Echo }\n      linkages: [ self.inbox -> a.inbox ]\n",
      "kamaelia.yaml:5:7: unknown key \"restart\" in a graphline; expected components or linkages\n"},
Wrong{"SelfInAGraph", "graphs:\n  ticker:\n    components: { a: Echo }\n    linkages: [ a.outbox -> self.outbox ]\n",
      "kamaelia.yaml:4:17: a graph has no boxes of its own; expected a component instead of self\n"},
Wrong{"AdminOfNoKind", "admin: 5\n",
      "kamaelia.yaml:1:8: admin: expected a map, found \"5\"\n"},
Wrong{"AdminKey", "admin: { lisen: \"http://127.0.0.1:8001\" }\n",
      "kamaelia.yaml:1:10: unknown key \"lisen\" in admin; did you mean \"listen\"?\n"},
Wrong{"AdminOverTcp", "admin: { listen: \"tcp://127.0.0.1:8001\" }\n",
      "kamaelia.yaml:1:18: listen: \"tcp://127.0.0.1:8001\"; admin speaks HTTP: expected http://HOST:PORT\n"},
Wrong{"AdminWhereAServerIs", "servers: { e: { listen: \"tcp://127.0.0.1:8001\", protocol: [ Echo ] } }\nadmin:\n",
      "kamaelia.yaml:2:1: listen: \"http://127.0.0.1:8001\" is listened on already, by \"tcp://127.0.0.1:8001\" in line 1; expected another port\n"},
Wrong{"ServerOfTheAdminsName", "admin:\nservers: { admin: { listen: \"tcp://127.0.0.1:0\", protocol: [ Echo ] } }\n",
      "kamaelia.yaml:2:12: server \"admin\" has the name of the admin listener\n"},
Wrong{"LogLevel", "log: { level: inf }\n",
      "kamaelia.yaml:1:15: level: expected debug, info, warning or error, found \"inf\"; did you mean \"info\"?\n"},
Wrong{"LogFormat", "log:\n  format: xml\n",
      "kamaelia.yaml:2:11: format: expected text or json, found \"xml\"\n"},
Wrong{"LogKey", "log: { levle: info }\n",
      "kamaelia.yaml:1:8: unknown key \"levle\" in log; did you mean \"level\"?\n"},
Wrong{"LogIsText", "log: debug\n",
      "kamaelia.yaml:1:6: log: expected a map, found \"debug\"\n"},
Wrong{"TooManyWorkers", "workers: 1025\n",
      "kamaelia.yaml:1:10: workers: expected auto, or a number from 1 to 256, found \"1025\"\n"},
Wrong{"NoWorkers", "workers: 0\n",
      "kamaelia.yaml:1:10: workers: expected auto, or a number from 1 to 256, found \"0\"\n"},
Wrong{"WorkersInWords", "workers: many\n",
      "kamaelia.yaml:1:10: workers: expected auto, or a number from 1 to 256, found \"many\"\n"},
Wrong{"WorkersLeftEmpty", "workers:\n",
      "kamaelia.yaml:1:1: workers: expected auto, or a number from 1 to 256, found nothing\n"},
Wrong{"MediaIsAList", "media: [a, b]\n",
      "kamaelia.yaml:1:8: media: expected a directory, found a list\n"},
Wrong{"MediaIsEmpty", "media: \"\"\n",
      "kamaelia.yaml:1:8: media: expected a directory, found \"\"\n"},
Wrong{"DrainTimeout", "drain_timeout: 10\n",
      "kamaelia.yaml:1:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"10\"\n"},
Wrong{"NegativeDrainTimeout", "drain_timeout: -1s\n",
      "kamaelia.yaml:1:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"-1s\"\n"},
Wrong{"ServersAreAList", "servers: [web]\n",
      "kamaelia.yaml:1:10: servers: expected a map of names, found a list\n"},
Wrong{"ServerName", "servers:\n  \"my server\": { listen: \"http://h:1\" }\n",
      "kamaelia.yaml:2:3: servers: the name \"my server\"; expected up to 64 letters, digits, \".\", \"_\" or \"-\"\n"},
Wrong{"PipelinesAreText", "pipelines: p\n",
      "kamaelia.yaml:1:12: pipelines: expected a map of names, found \"p\"\n"}), name_of);

INSTANTIATE_TEST_SUITE_P(Listen, WrongConfig, ::testing::Values(
Wrong{"Missing", "servers:\n  web: { protocol: [Echo] }\n",
      "kamaelia.yaml:2:3: server \"web\" needs \"listen\": a URL or a list of them\n"},
Wrong{"ServerLeftEmpty", "servers:\n  web:\n",
      "kamaelia.yaml:2:3: server \"web\" needs \"listen\": a URL or a list of them\n"},
Wrong{"ServerIsText", "servers:\n  web: http://h:1\n",
      "kamaelia.yaml:2:8: server \"web\": expected a map, found \"http://h:1\"\n"},
Wrong{"ServerKey", "servers:\n  web: { listen: \"http://h:1\", prtocol: [Echo] }\n",
      "kamaelia.yaml:2:32: unknown key \"prtocol\" in server \"web\"; did you mean \"protocol\"?\n"},
Wrong{"NoUrl", "servers:\n  web: { listen: 8000 }\n",
      "kamaelia.yaml:2:18: listen: \"8000\": expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"AMap", "servers:\n  web: { listen: { port: 8000 } }\n",
      "kamaelia.yaml:2:18: listen: expected a URL or a list of them, found a map\n"},
Wrong{"EmptyList", "servers:\n  web: { listen: [] }\n",
      "kamaelia.yaml:2:18: listen: expected at least one URL\n"},
Wrong{"TwoProtocols", "servers:\n  tv: { listen: [ \"http://0.0.0.0:8000\", \"rtsp://0.0.0.0:8554\" ] }\n",
      "kamaelia.yaml:2:42: listen: rtsp://0.0.0.0:8554 speaks another protocol than http://0.0.0.0:8000; expected a server for each\n"},
Wrong{"Systemd", "servers:\n  tv: { listen: \"tcp+systemd:echo\", protocol: [Echo] }\n",
      "kamaelia.yaml:2:17: listen: \"tcp+systemd:echo\": tcp+systemd: is not in this version; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"UnknownScheme", "servers:\n  web: { listen: \"htp://h:1\" }\n",
      "kamaelia.yaml:2:18: listen: \"htp://h:1\": unknown scheme \"htp\"; did you mean http://?\n"},
Wrong{"NoPort", "servers:\n  web: { listen: \"http://localhost\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://localhost\": no port; expected http://HOST:PORT\n"},
Wrong{"NoHost", "servers:\n  web: { listen: \"http://:8000\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://:8000\": no host; expected one, such as 127.0.0.1, or 0.0.0.0 for every address\n"},
Wrong{"PortTooLarge", "servers:\n  web: { listen: \"http://h:80000\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:80000\": port: expected a whole number between 0 and 65535, found \"80000\"\n"},
Wrong{"PathAfterPort", "servers:\n  web: { listen: \"http://h:8000/x\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:8000/x\": a path; expected only http://HOST:PORT\n"},
Wrong{"BareIpv6", "servers:\n  web: { listen: \"http://::1:8000\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://::1:8000\": an IPv6 address stands in brackets, as in [::1]:8000\n"},
Wrong{"BracketNotClosed", "servers:\n  web: { listen: \"http://[::1:8000\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://[::1:8000\": the \"[\" of the address has no \"]\"\n"},
Wrong{"RelativeSocketPath", "servers:\n  e: { listen: \"unix://run/e\", protocol: [Echo] }\n",
      "kamaelia.yaml:2:16: listen: \"unix://run/e\": expected unix:///PATH, an absolute path after three slashes\n"},
Wrong{"NoProtocol", "servers:\n  e: { listen: \"tcp://h:1\" }\n",
      "kamaelia.yaml:2:3: server \"e\" needs \"protocol\": tcp://h:1 has none of its own\n"},
Wrong{"NoProtocolForASocketPath", "servers:\n  e: { listen: \"unix:///run/e\" }\n",
      "kamaelia.yaml:2:3: server \"e\" needs \"protocol\": unix:///run/e has none of its own\n"},
Wrong{"ProtocolOfItsOwn", "servers:\n  web:\n    listen: http://h:1\n    protocol: [Echo]\n",
      "kamaelia.yaml:4:15: protocol: http://h:1 has its protocol already; expected none, or a tcp:// address\n"},
Wrong{"HostIsNone", "servers:\n  web: { listen: \"http://a b:1\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://a b:1\": \"a b\" is no host; expected a name, an IPv4 address, an IPv6 address in brackets, or 0.0.0.0 for every address\n"},
Wrong{"SocketPathTooLong", "servers:\n  e: { listen: \"unix:///123456789012345678901234567890123456789012345678901234567"
      "890123456789012345678901234567890123456789012345678\", protocol: [Echo] }\n",
      "kamaelia.yaml:2:16: listen: \"unix:///1234567890123456789012345678901234567890123456789012...\": a path longer than 107 bytes, the most that a socket can have\n"},
Wrong{"SameAddressTwice", "servers:\n  a: { listen: \"tcp://h:1\", protocol: [Echo] }\n  b: { listen: \"http://h:1\" }\n",
      "kamaelia.yaml:3:16: listen: \"http://h:1\" is listened on already, by \"tcp://h:1\" in line 2; expected another port\n"}), name_of);

INSTANTIATE_TEST_SUITE_P(Pipelines, WrongConfig, ::testing::Values(
Wrong{"UnknownComponent", "servers:\n  e:\n    listen: tcp://h:1\n    protocol:\n      - Ehco\n",
      "kamaelia.yaml:5:9: unknown component \"Ehco\"; did you mean \"Echo\"?\n"},
Wrong{"UnknownComponentFarFromAny", "pipelines:\n  p: [Zebra]\n",
      "kamaelia.yaml:2:7: unknown component \"Zebra\"; expected Echo, HTTPServer, Process, RTSPServer, ReadFileAdaptor or p\n"},
Wrong{"UnknownPipeline", "pipelines: { echoes: [Echo] }\nservers:\n  e: { listen: \"tcp://h:1\", protocol: ecohes }\n",
      "kamaelia.yaml:3:39: unknown pipeline \"ecohes\"; did you mean \"echoes\"?\n"},
Wrong{"ComponentWithoutAList", "servers:\n  e: { listen: \"tcp://h:1\", protocol: Echo }\n",
      "kamaelia.yaml:2:39: protocol: \"Echo\" is a component; a pipeline of it alone is [Echo]\n"},
Wrong{"Empty", "pipelines:\n  p: []\n",
      "kamaelia.yaml:2:6: pipeline \"p\": expected at least one component\n"},
Wrong{"Nothing", "pipelines:\n  p:\n",
      "kamaelia.yaml:2:3: pipeline \"p\": expected a list of components, a graphline or the name of a pipeline, found nothing\n"},
Wrong{"EmptyItem", "pipelines:\n  p:\n    - Echo\n    -\n    - Echo\n",
      "kamaelia.yaml:4:5: pipeline \"p\": expected a component, found nothing\n"},
Wrong{"ListInAList", "pipelines:\n  p: [[Echo]]\n",
      "kamaelia.yaml:2:7: pipeline \"p\": expected a component, found a list\n"},
Wrong{"ParametersNotIndented", "pipelines:\n  p:\n    - ReadFileAdaptor:\n      filename: a.ogg\n",
      "kamaelia.yaml:3:7: pipeline \"p\": expected one component, found \"ReadFileAdaptor\", \"filename\"; are its parameters indented further than its name?\n"},
Wrong{"NameOfAComponent", "pipelines:\n  Echo: [Process]\n",
      "kamaelia.yaml:2:3: pipelines: \"Echo\" is the name of a component\n"
      "kamaelia.yaml:2:10: Process needs \"command\": what to run\n"},
Wrong{"NameOfAComponentInIt", "pipelines:\n  Echo: [Echo, Ecko]\n",
      "kamaelia.yaml:2:3: pipelines: \"Echo\" is the name of a component\n"
      "kamaelia.yaml:2:16: unknown component \"Ecko\"; did you mean \"Echo\"?\n"},
Wrong{"InItself", "pipelines:\n  a: [Echo, b]\n  b: [a]\n",
      "kamaelia.yaml:3:7: pipeline \"a\" contains itself\n"},
Wrong{"ParametersForAPipeline", "pipelines:\n  a: [Echo]\n  b: [a: { loud: yes }]\n",
      "kamaelia.yaml:3:12: unknown key \"loud\" in pipeline \"a\", which takes none\n"},
Wrong{"ParameterOfNone", "pipelines:\n  p: [Echo: { loud: yes }]\n",
      "kamaelia.yaml:2:15: unknown key \"loud\" in Echo, which takes none\n"},
Wrong{"UnknownParameter", "pipelines:\n  p:\n    - ReadFileAdaptor: { filename: a.ogg, bitrat: 1 }\n",
      "kamaelia.yaml:3:43: unknown key \"bitrat\" in ReadFileAdaptor; did you mean \"bitrate\"?\n"},
Wrong{"MissingParameter", "pipelines:\n  p:\n    - ReadFileAdaptor: { bitrate: 400k }\n",
      "kamaelia.yaml:3:7: ReadFileAdaptor needs \"filename\": file to play\n"},
Wrong{"MissingParameters", "pipelines:\n  p: [ReadFileAdaptor]\n",
      "kamaelia.yaml:2:7: ReadFileAdaptor needs \"filename\": file to play\n"},
Wrong{"ParametersAreAList", "pipelines:\n  p: [Process: [ls]]\n",
      "kamaelia.yaml:2:16: Process: expected a map, found a list\n"},
Wrong{"RateInWords", "pipelines:\n  p:\n    - ReadFileAdaptor: { bitrate: fast, filename: a }\n",
      "kamaelia.yaml:3:35: bitrate: expected a rate such as 128k between 8k and 10M, found \"fast\"\n"},
Wrong{"RateOutOfRange", "pipelines:\n  p:\n    - ReadFileAdaptor: { bitrate: 7k, filename: a }\n",
      "kamaelia.yaml:3:35: bitrate: expected a rate such as 128k between 8k and 10M, found \"7k\"\n"},
Wrong{"WordOfAnEnumeration", "pipelines:\n  p:\n    - ReadFileAdaptor: { readmode: birtate, filename: a }\n",
      "kamaelia.yaml:3:36: readmode: expected bitrate or all, found \"birtate\"; did you mean \"bitrate\"?\n"},
Wrong{"Size", "pipelines:\n  p:\n    - ReadFileAdaptor: { chunk: 4 KB, filename: a }\n",
      "kamaelia.yaml:3:33: chunk: expected a size such as 64KiB or 10MB, found \"4 KB\"\n"},
Wrong{"FileNameIsAList", "pipelines:\n  p:\n    - ReadFileAdaptor: { filename: [a, b] }\n",
      "kamaelia.yaml:3:36: filename: expected a file name, found a list\n"},
Wrong{"CommandIsText", "pipelines:\n  p:\n    - Process: { command: ls -l }\n",
      "kamaelia.yaml:3:27: command: expected a list of text, found \"ls -l\"\n"},
Wrong{"ItemOfACommand", "pipelines:\n  p:\n    - Process: { command: [ls, [-l]] }\n",
      "kamaelia.yaml:3:32: command 2: expected text, found a list\n"},
Wrong{"YesOrNo", "pipelines:\n  p:\n    - Process: { command: [ls], restart: perhaps }\n",
      "kamaelia.yaml:3:42: restart: expected yes or no, found \"perhaps\"\n"},
Wrong{"WholeNumber", "pipelines:\n  p:\n    - Process: { command: [ls], niceness: 20 }\n",
      "kamaelia.yaml:3:43: niceness: expected a whole number between 0 and 19, found \"20\"\n"}), name_of);

INSTANTIATE_TEST_SUITE_P(Graphlines, WrongConfig, ::testing::Values(
Wrong{"WithoutComponents", "pipelines:\n  g: { linkages: [a.outbox -> b.inbox] }\n",
      "kamaelia.yaml:2:6: pipeline \"g\": a graphline needs \"components\"\n"},
Wrong{"UnknownKey", "pipelines:\n  g: { component: { e: Echo } }\n",
      "kamaelia.yaml:2:8: unknown key \"component\" in a graphline; did you mean \"components\"?\n"},
Wrong{"ComponentsAreAList", "pipelines:\n  g: { components: [Echo] }\n",
      "kamaelia.yaml:2:20: components: expected components by their ids, found a list\n"},
Wrong{"NoComponents", "pipelines:\n  g: { components: {} }\n",
      "kamaelia.yaml:2:20: components: expected at least one component\n"},
Wrong{"UnknownComponent", "pipelines:\n  g: { components: { e: Ecko } }\n",
      "kamaelia.yaml:2:25: unknown component \"Ecko\"; did you mean \"Echo\"?\n"},
Wrong{"ComponentCalledSelf", "pipelines:\n  g: { components: { self: Echo } }\n",
      "kamaelia.yaml:2:22: \"self\" is the graphline itself; expected another id\n"},
Wrong{"ComponentId", "pipelines:\n  g: { components: { a.b: Echo } }\n",
      "kamaelia.yaml:2:22: component id \"a.b\"; expected up to 64 letters, digits, \"_\" or \"-\"\n"},
Wrong{"EmptyComponent", "pipelines:\n  g: { components: { e: } }\n",
      "kamaelia.yaml:2:22: component \"e\": expected a component, found nothing\n"},
Wrong{"LinkagesAreText", "pipelines:\n  g:\n    components: { e: Echo }\n    linkages: e.outbox -> e.inbox\n",
      "kamaelia.yaml:4:15: linkages: expected a list of linkages such as a.outbox -> b.inbox, found \"e.outbox -> e.inbox\"\n"},
Wrong{"NoLinkage", "pipelines:\n  g:\n    components: { e: Echo }\n    linkages: [e -> e.inbox]\n",
      "kamaelia.yaml:4:16: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"e -> e.inbox\"\n"},
Wrong{"LinkageIsAMap", "pipelines:\n  g:\n    components: { e: Echo }\n    linkages: [{ e: e }]\n",
      "kamaelia.yaml:4:16: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found a map\n"},
Wrong{"Dangling", "pipelines:\n  g:\n    components: { echo: Echo }\n    linkages: [self.inbox -> ecko.inbox]\n",
      "kamaelia.yaml:4:16: linkages: no component \"ecko\" here; did you mean \"echo\"?\n"},
Wrong{"TwoDestinations", "pipelines:\n  g:\n    components: { a: Echo, b: Echo }\n    linkages:\n"
                         "      - a.outbox -> b.inbox\n      - a.outbox -> self.outbox\n",
      "kamaelia.yaml:6:9: linkages: a.outbox is linked already, in line 5; expected one destination for each box\n"}), name_of);

INSTANTIATE_TEST_SUITE_P(Several, WrongConfig, ::testing::Values(
Wrong{"AllAtOnceInTheOrderOfTheFile",
      "workers: 1025\n"
      "log: { level: loud }\n"
      "servers:\n"
      "  echo: { listen: \"tcp://127.0.0.1:1500\", protocol: [ Ehco ] }\n"
      "  jukebox:\n"
      "    listen: \"rtsp://127.0.0.1:1501\"\n"
      "    protocol:\n"
      "      - ReadFileAdaptor: { bitrate: fast }\n"
      "      - ReadFileAdaptor: { filename: \"${NOT_SET}\" }\n"
      "  web:\n"
      "    listen: [\"http://h\", \"http://h:1\"]\n"
      "    lisen: x\n"
      "    listen: twice\n"
      "streams: {}\n",
      "kamaelia.yaml:1:10: workers: expected auto, or a number from 1 to 256, found \"1025\"\n"
      "kamaelia.yaml:2:15: level: expected debug, info, warning or error, found \"loud\"\n"
      "kamaelia.yaml:4:55: unknown component \"Ehco\"; did you mean \"Echo\"?\n"
      "kamaelia.yaml:8:7: protocol: rtsp://127.0.0.1:1501 has its protocol already; expected none, or a tcp:// address\n"
      "kamaelia.yaml:8:9: ReadFileAdaptor needs \"filename\": file to play\n"
      "kamaelia.yaml:8:37: bitrate: expected a rate such as 128k between 8k and 10M, found \"fast\"\n"
      "kamaelia.yaml:9:38: ${NOT_SET}: the environment variable NOT_SET is not set; ${NOT_SET:-default} would give a default\n"
      "kamaelia.yaml:11:14: listen: \"http://h\": no port; expected http://HOST:PORT\n"
      "kamaelia.yaml:12:5: unknown key \"lisen\" in server \"web\"; did you mean \"listen\"?\n"
      "kamaelia.yaml:13:5: duplicate key \"listen\"; the first is in line 11\n"
      "kamaelia.yaml:14:1: section \"streams\" is not in this version\n"},
Wrong{"AnUnsetVariableIsNoFurtherMistake", "workers: ${A}\nmedia: ${B}\nlog: { level: \"${C}\" }\nservers:\n"
      "  e: { listen: \"${D}\", protocol: \"${E}\" }\n  f: ${F}\npipelines: { p: [\"${G}\"], q: \"${H}\" }\n",
      "kamaelia.yaml:1:10: ${A}: the environment variable A is not set; ${A:-default} would give a default\n"
      "kamaelia.yaml:2:8: ${B}: the environment variable B is not set; ${B:-default} would give a default\n"
      "kamaelia.yaml:3:15: ${C}: the environment variable C is not set; ${C:-default} would give a default\n"
      "kamaelia.yaml:5:16: ${D}: the environment variable D is not set; ${D:-default} would give a default\n"
      "kamaelia.yaml:5:34: ${E}: the environment variable E is not set; ${E:-default} would give a default\n"
      "kamaelia.yaml:6:6: ${F}: the environment variable F is not set; ${F:-default} would give a default\n"
      "kamaelia.yaml:7:18: ${G}: the environment variable G is not set; ${G:-default} would give a default\n"
      "kamaelia.yaml:7:30: ${H}: the environment variable H is not set; ${H:-default} would give a default\n"},
Wrong{"ADefinitionIsComplainedAboutOnce", "pipelines:\n  p: [Ehco]\nservers:\n  a: { listen: \"tcp://h:1\", protocol: p }\n"
      "  b: { listen: \"tcp://h:2\", protocol: [p] }\n",
      "kamaelia.yaml:2:7: unknown component \"Ehco\"; did you mean \"Echo\"?\n"},
Wrong{"AnAliasIsComplainedAboutOnce", "pipelines:\n  p: &p [Ehco]\n  q: *p\n",
      "kamaelia.yaml:2:10: unknown component \"Ehco\"; did you mean \"Echo\"?\n"}), name_of);

// clang-format on

TEST(WrongConfigs, AreNotBlownUpByPipelinesOfPipelines) {
    std::string bomb = "pipelines:\n  p0: [Echo]\n";
    for (int i = 1; i < 10; ++i) {
        const auto before = "p" + std::to_string(i - 1);
        bomb += "  p" + std::to_string(i) + ": [" + before;
        for (int k = 0; k < 9; ++k) bomb += ", " + before;
        bomb += "]\n";
    }
    EXPECT_EQ(complaints_about(bomb), "kamaelia.yaml:7:20: more than 50000 components in all\n");
}

TEST(WrongConfigs, LimitPipelinesWithinPipelines) {
    std::string downward = "pipelines:\n  p0: [Echo]\n";
    for (int i = 1; i <= 16; ++i)
        downward += "  p" + std::to_string(i) + ": [p" + std::to_string(i - 1) + "]\n";
    EXPECT_EQ(complaints_about(downward),
              "kamaelia.yaml:18:3: pipelines within pipelines, more than 16 deep\n");
    std::string upward = "pipelines:\n";
    for (int i = 0; i < 17; ++i) upward += "  p" + std::to_string(i) + ": [p" + std::to_string(i + 1) + "]\n";
    upward += "  p17: [Echo]\n";
    EXPECT_EQ(complaints_about(upward),
              "kamaelia.yaml:17:9: pipelines within pipelines, more than 16 deep\n");
}

} // namespace
