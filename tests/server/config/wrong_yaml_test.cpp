// What is no YAML, or YAML that a configuration does not take, and what exactly is said about it.
#include "server/components.hpp"
#include "server/compose.hpp"
#include "tests/server/config/wrong.hpp"

#include <gtest/gtest.h>

namespace {

using namespace server::testing;

class WrongYaml : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongYaml, IsComplainedAboutExactly) {
    axon::Registry registry;
    server::add_components(registry);
    EXPECT_EQ(complaints_about(GetParam().text, registry, server::check_compositions), GetParam().complaints);
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Row, WrongYaml, ::testing::Values(
Wrong{"MistakesBeforeASecondDocument", "drain_timeout: soon\n---\nlog: {}\n",
      "kamaelia.yaml:1:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"soon\"\n"
      "kamaelia.yaml:2:1: a second document begins here; expected one document\n"},
Wrong{"MistakesBeforeWhatIsNoYaml", "drain_timeout: soon\nservers:\n  web: { listen: [\n",
      "kamaelia.yaml:1:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"soon\"\n"
      "kamaelia.yaml:3:19: expected a comma, or the end of the \"[\" at 3:18\n"},
Wrong{"MistakesAroundWhatIsNoYaml", "log: { levle: info }\nservers:\n  e: { listen: \"tcp://h:1\", protocol: later }\nmedia: [a\npipelines: { later: [Echo] }\n",
      "kamaelia.yaml:1:8: unknown key \"levle\" in log; did you mean \"level\"?\n"
      "kamaelia.yaml:5:10: expected a comma, or the end of the \"[\" at 4:8\n"},
Wrong{"NamesThatMayFollowWhatIsNoYaml", "servers:\n  e: { listen: \"tcp://h:1\", protocol: [later, Ecko] }\nworkers: [1\npipelines: { later: [Echo] }\n",
      "kamaelia.yaml:4:10: expected a comma, or the end of the \"[\" at 3:10\n"},
Wrong{"MergeKey", "servers:\n  a: &a { listen: \"http://h:1\" }\n  b:\n    <<: *a\n    listen: \"http://h:2\"\n",
      "kamaelia.yaml:4:5: merge key \"<<\"; expected each key written out (an alias may stand for a value)\n"},
Wrong{"NothingMoreOfAMergeKey", "servers:\n  a: &a { listen: \"http://h:1\" }\n  b:\n    <<: *a\n    protcol: [Echo]\ngraphs:\n  g:\n    components: { <<: { a: Echo }, b: Echo }\n    linkages: [ a.outbox -> b.inbox, b.outbox -> a.inbox ]\n",
      "kamaelia.yaml:4:5: merge key \"<<\"; expected each key written out (an alias may stand for a value)\n"
      "kamaelia.yaml:5:5: unknown key \"protcol\" in server \"b\"; did you mean \"protocol\"?\n"
      "kamaelia.yaml:8:19: merge key \"<<\"; expected each key written out (an alias may stand for a value)\n"},
Wrong{"StarOfAPattern", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: *.ogg }\n",
      "kamaelia.yaml:5:38: no \"&\" above has this name; a text that begins with \"*\" needs quotes\n"},
Wrong{"StarOfAPatternInABlock", "media: *\n",
      "kamaelia.yaml:1:9: a text that begins with \"*\" needs quotes\n"},
Wrong{"PercentAtTheBeginning", "media: %h/music\n",
      "kamaelia.yaml:1:8: a text that begins with \"%\" needs quotes\n"},
Wrong{"Backtick", "media: `pwd`\n",
      "kamaelia.yaml:1:8: a text that begins with \"`\" needs quotes\n"},
Wrong{"BackslashInQuotes", "media: \"C:\\music\"\n",
      "kamaelia.yaml:1:13: a \"\\\" that begins no escape; expected \"\\\\\", or single quotes around the text\n"},
Wrong{"UnclosedDoubleQuote", "media: \"music\nworkers: 1\n",
      "kamaelia.yaml:1:8: this text in quotes does not end\n"},
Wrong{"QuoteInsideQuotes", "media: 'it's music'\n",
      "kamaelia.yaml:1:12: unexpected \"s music'\" after a value; does the whole need quotes?\n"},
Wrong{"TextAfterQuotes", "media: \"music\" now\n",
      "kamaelia.yaml:1:16: unexpected \"now\" after a value; does the whole need quotes?\n"},
Wrong{"DashWithoutSpace", "servers:\n  e:\n    listen: tcp://h:1\n    protocol:\n      -Echo\n",
      "kamaelia.yaml:5:7: protocol: no space after the dash of \"-Echo\"; expected \"- \" before each component\n"},
Wrong{"DashAtTheWrongDepth", "servers:\n- web:\n    listen: http://h:1\n",
      "kamaelia.yaml:2:1: servers: expected a map of names, found a list\n"},
Wrong{"DashBesideAKey", "servers:\n  e:\n    listen: tcp://h:1\n    - Echo\n",
      "kamaelia.yaml:4:5: this line fits nothing above; is it indented like its neighbours, a key among keys or a dash among dashes?\n"},
Wrong{"KeyBesideADash", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Echo\n      loud: yes\n",
      "kamaelia.yaml:6:7: this line fits nothing above; is it indented like its neighbours, a key among keys or a dash among dashes?\n"},
Wrong{"KeyLessIndentedThanItsMap", "servers:\n    web:\n        listen: http://h:1\n      other: x\n",
      "kamaelia.yaml:4:7: this line fits nothing above; is it indented like its neighbours, a key among keys or a dash among dashes?\n"},
Wrong{"TabInTheMiddle", "servers:\n  web:\n  \tlisten: http://h:1\n",
      "kamaelia.yaml:3:3: a tab indents this line; expected spaces\n"},
Wrong{"TabBeforeADash", "servers:\n  e:\n    listen: tcp://h:1\n    protocol:\n\t- Echo\n",
      "kamaelia.yaml:5:1: a tab indents this line; expected spaces\n"},
Wrong{"ClosesNothing", "log: { level: info }}\n",
      "kamaelia.yaml:1:21: this bracket closes none that is open\n"},
Wrong{"WrongBracket", "servers: { web: { listen: [\"http://h:1\"} }\n",
      "kamaelia.yaml:1:40: this bracket closes none that is open\n"},
Wrong{"CommaMissing", "log: { level: info format: text }\n",
      "kamaelia.yaml:1:26: expected a comma, or the end of the \"{\" at 1:6\n"},
Wrong{"ColonMissing", "log\n  level: info\n",
      "kamaelia.yaml:2:8: unexpected \":\"; check the indentation, the space after each \":\", and whether a text needs quotes\n"},
Wrong{"EqualsForColon", "workers = 1\n",
      "kamaelia.yaml:1:1: the configuration: expected a map, found \"workers = 1\"\n"},
Wrong{"TwoColons", "log:: { level: info }\n",
      "kamaelia.yaml:1:1: unknown key \"log:\" in the configuration; did you mean \"log\"?\n"},
Wrong{"SpaceBeforeTheColon", "log : { levle: info }\n",
      "kamaelia.yaml:1:9: unknown key \"levle\" in log; did you mean \"level\"?\n"},
Wrong{"CrLfKeepsPlaces", "log:\r\n  levle: info\r\ndrain_timeout: 7x\r\n",
      "kamaelia.yaml:2:3: unknown key \"levle\" in log; did you mean \"level\"?\n"
      "kamaelia.yaml:3:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"7x\"\n"},
Wrong{"MarkOfByteOrderKeepsPlaces", "\xEF\xBB\xBFlog: { levle: info }\n",
      "kamaelia.yaml:1:8: unknown key \"levle\" in log; did you mean \"level\"?\n"},
Wrong{"Latin1", "# M\xFCnchen\ndrain_timeout: soon\n",
      "kamaelia.yaml:1:4: not UTF-8; expected text in UTF-8\n"},
Wrong{"Utf16", "\xFF\xFEl\n",
      "kamaelia.yaml:1:1: UTF-16; expected text in UTF-8\n"},
Wrong{"BellInAComment", "workers: 1 # \x07\n",
      "kamaelia.yaml:1:14: control character \"\\x07\"; expected text\n"},
Wrong{"Directive", "%YAML 2.0\n---\nworkers: 1\n",
      "kamaelia.yaml:1:1: not YAML: YAML major version too large\n"},
Wrong{"DocumentEndsEarly", "workers: 1\n...\nmedia: m\n",
      "kamaelia.yaml:3:1: this is not part of what stands above; is it indented like its neighbours?\n"},
Wrong{"NullKey", "~: 1\n",
      "kamaelia.yaml:1:1: key: expected text, found nothing\n"},
Wrong{"KeyTwiceInBrackets", "log: { level: info, level: debug }\n",
      "kamaelia.yaml:1:21: duplicate key \"level\"; the first is in line 1\n"},
Wrong{"KeyTwiceInParameters", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, filename: b.ogg }\n",
      "kamaelia.yaml:5:45: duplicate key \"filename\"; the first is in line 5\n"},
Wrong{"BlockTextForAWord", "drain_timeout: |\n  1\n",
      "kamaelia.yaml:1:16: drain_timeout: expected a duration such as 250ms, 2s or 5m, found \"1\\n\"\n"},
Wrong{"TagOfALanguage", "workers: !!python/object:os.system 1\n",
      "kamaelia.yaml:1:10: tag \"tag:yaml.org,2002:python/object:os.system\"; expected a value without a tag\n"},
Wrong{"VariableWithoutAName", "media: ${}\n",
      "kamaelia.yaml:1:8: \"${}\": expected ${NAME} or ${NAME:-default} ($${ stands for a plain ${)\n"},
Wrong{"VariableInAVariable", "media: ${A:-${SET}}\n",
      "kamaelia.yaml:1:8: \"${A:-${SET}\": expected ${NAME} or ${NAME:-default} ($${ stands for a plain ${)\n"},
Wrong{"VariableOfStrangeLetters", "media: ${MY-MUSIC}\n",
      "kamaelia.yaml:1:8: \"${MY-MUSIC}\": expected ${NAME} or ${NAME:-default} ($${ stands for a plain ${)\n"}), name_of);

// clang-format on

} // namespace
