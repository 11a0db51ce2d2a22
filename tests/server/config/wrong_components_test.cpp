// Components with wrong names, parameters and linkages, and what exactly is said about them.
#include "server/components.hpp"
#include "server/compose.hpp"
#include "tests/server/config/wrong.hpp"

#include <gtest/gtest.h>

namespace {

using namespace server::testing;

class WrongComponents : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongComponents, IsComplainedAboutExactly) {
    axon::Registry registry;
    server::add_components(registry);
    EXPECT_EQ(complaints_about(GetParam().text, registry, server::check_compositions), GetParam().complaints);
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Row, WrongComponents, ::testing::Values(
Wrong{"SmallLetters", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - echo\n",
      "kamaelia.yaml:5:9: unknown component \"echo\"; did you mean \"Echo\"?\n"},
Wrong{"Hyphenated", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - read-file-adaptor: { filename: a.ogg }\n",
      "kamaelia.yaml:5:9: unknown component \"read-file-adaptor\"; did you mean \"ReadFileAdaptor\"?\n"},
Wrong{"OneOfEachName", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Ecoh\n      - PasThrough\n      - LineSplitt\n      - NulSink\n      - RateControll: { bitrate: 64k }\n",
      "kamaelia.yaml:5:9: unknown component \"Ecoh\"; did you mean \"Echo\"?\n"
      "kamaelia.yaml:6:9: unknown component \"PasThrough\"; did you mean \"PassThrough\"?\n"
      "kamaelia.yaml:7:9: unknown component \"LineSplitt\"; did you mean \"LineSplit\"?\n"
      "kamaelia.yaml:8:9: unknown component \"NulSink\"; did you mean \"NullSink\"?\n"
      "kamaelia.yaml:9:9: unknown component \"RateControll\"; did you mean \"RateControl\"?\n"},
Wrong{"FilenameMisspelt", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filname: a.ogg }\n",
      "kamaelia.yaml:5:28: unknown key \"filname\" in ReadFileAdaptor; did you mean \"filename\"?\n"},
Wrong{"AnotherWordForFilename", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { file: a.ogg }\n",
      "kamaelia.yaml:5:28: unknown key \"file\" in ReadFileAdaptor; did you mean \"filename\"?\n"},
Wrong{"EmptyFilename", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: \"\" }\n",
      "kamaelia.yaml:5:38: filename: expected a file name, found \"\"\n"},
Wrong{"FilenameLeftEmpty", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: }\n",
      "kamaelia.yaml:5:28: filename: expected a file name, found nothing\n"},
Wrong{"BitrateWithoutReadmode", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, bitrate: 400k }\n",
      "kamaelia.yaml:5:45: bitrate: has no effect with readmode: chunk, the default; expected readmode: bitrate\n"},
Wrong{"BitrateWithAnotherReadmode", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: line, bitrate: 400k }\n",
      "kamaelia.yaml:5:61: bitrate: has no effect with readmode: line; expected readmode: bitrate\n"},
Wrong{"ChunkOfTheWhole", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: whole, chunk: 4KiB }\n",
      "kamaelia.yaml:5:62: chunk: has no effect with readmode: whole; expected readmode: bitrate, line or chunk\n"},
Wrong{"Readmode", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: fast }\n",
      "kamaelia.yaml:5:55: readmode: expected bitrate, line, chunk or whole, found \"fast\"\n"},
Wrong{"ReadmodeMisspelt", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: bitrat, bitrate: 400k }\n",
      "kamaelia.yaml:5:55: readmode: expected bitrate, line, chunk or whole, found \"bitrat\"; did you mean \"bitrate\"?\n"},
Wrong{"RateWithAUnit", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: bitrate, bitrate: 400kbit }\n",
      "kamaelia.yaml:5:73: bitrate: expected a rate such as 128k between 1k and 1G, found \"400kbit\"\n"},
Wrong{"RateOfNothing", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: bitrate, bitrate: 0 }\n",
      "kamaelia.yaml:5:73: bitrate: expected a rate such as 128k between 1k and 1G, found \"0\"\n"},
Wrong{"NegativeRate", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: bitrate, bitrate: -1k }\n",
      "kamaelia.yaml:5:73: bitrate: expected a rate such as 128k between 1k and 1G, found \"-1k\"\n"},
Wrong{"RateBeyondAllNumbers", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, readmode: bitrate, bitrate: 99999999999999999999k }\n",
      "kamaelia.yaml:5:73: bitrate: expected a rate such as 128k between 1k and 1G, found \"99999999999999999999k\"\n"},
Wrong{"ChunkTooLarge", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, chunk: 2MiB }\n",
      "kamaelia.yaml:5:52: chunk: expected a size such as 64KiB or 10MB between 1B and 1MiB, found \"2MiB\"\n"},
Wrong{"SizeForARate", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - RateControl: { bitrate: 64KiB }\n",
      "kamaelia.yaml:5:33: bitrate: expected a rate such as 128k between 1k and 10G, found \"64KiB\"\n"},
Wrong{"DurationWithoutUnit", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - RateControl: { burst: 2 }\n",
      "kamaelia.yaml:5:31: burst: expected a duration such as 250ms, 2s or 5m between 0 and 1h, found \"2\"\n"},
Wrong{"DurationInWords", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - RateControl: { burst: 2 seconds }\n",
      "kamaelia.yaml:5:31: burst: expected a duration such as 250ms, 2s or 5m between 0 and 1h, found \"2 seconds\"\n"},
Wrong{"DurationTooLong", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - RateControl: { burst: 2h }\n",
      "kamaelia.yaml:5:31: burst: expected a duration such as 250ms, 2s or 5m between 0 and 1h, found \"2h\"\n"},
Wrong{"LoopInWords", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: { filename: a.ogg, loop: forever }\n",
      "kamaelia.yaml:5:51: loop: expected yes or no, found \"forever\"\n"},
Wrong{"PeriodOfNothing", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Clock: { period: 0s, message: tick }\n",
      "kamaelia.yaml:5:26: period: expected a duration such as 250ms, 2s or 5m between 1ms and 24h, found \"0s\"\n"},
Wrong{"MessageMissing", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - OneShot\n",
      "kamaelia.yaml:5:9: OneShot needs \"message\": what it sends\n"},
Wrong{"MessageIsAMap", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - OneShot: { message: { text: hello } }\n",
      "kamaelia.yaml:5:29: message: expected text, found a map\n"},
Wrong{"ItemsAreText", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Chooser: { items: one }\n",
      "kamaelia.yaml:5:27: items: expected a list of text, found \"one\"\n"},
Wrong{"WordOfAChooser", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Chooser: { items: [one], at_end: repeat }\n",
      "kamaelia.yaml:5:42: at_end: expected stay, loop or end, found \"repeat\"\n"},
Wrong{"OutboxPolicy", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Splitter: { outboxes: [ wait, drop ] }\n",
      "kamaelia.yaml:5:39: outboxes 2: expected wait, drop_oldest, drop_newest or disconnect, found \"drop\"\n"},
Wrong{"CountInWords", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - MessageRateControl: { burst: five }\n",
      "kamaelia.yaml:5:38: burst: expected a whole number between 1 and 1000000, found \"five\"\n"},
Wrong{"CountWithAFraction", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - MessageRateControl: { burst: 1.5 }\n",
      "kamaelia.yaml:5:38: burst: expected a whole number between 1 and 1000000, found \"1.5\"\n"},
Wrong{"ParametersAsText", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - ReadFileAdaptor: a.ogg\n",
      "kamaelia.yaml:5:26: ReadFileAdaptor: expected a map, found \"a.ogg\"\n"},
Wrong{"ParametersOfAComponentWithoutAny", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Echo: { delay: 1s }\n",
      "kamaelia.yaml:5:17: unknown key \"delay\" in Echo, which takes none\n"},
Wrong{"ParameterBesideTheAddress", "servers:\n  r:\n    listen: rtsp://127.0.0.1:8554\n    users: rtsp.users\n    media: /m\n  w:\n    listen: [ \"http://127.0.0.1:8000\" ]\n    media: /m\n    protocl: [ Echo ]\n",
      "kamaelia.yaml:4:5: unknown key \"users\" in server \"r\"; it is a parameter of RTSPServer: expected a tcp:// address and protocol: [ RTSPServer: { users: ... } ]\n"
      "kamaelia.yaml:5:5: unknown key \"media\" in server \"r\"; it is a parameter of RTSPServer: expected a tcp:// address and protocol: [ RTSPServer: { media: ... } ]\n"
      "kamaelia.yaml:8:5: unknown key \"media\" in server \"w\"; it is a parameter of HTTPServer: expected a tcp:// address and protocol: [ HTTPServer: { media: ... } ]\n"
      "kamaelia.yaml:9:5: unknown key \"protocl\" in server \"w\"; did you mean \"protocol\"?\n"},
Wrong{"TwoMistakesInOneComponent", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - RateControl: { bitrat: 64k, burst: 2 }\n",
      "kamaelia.yaml:5:24: unknown key \"bitrat\" in RateControl; did you mean \"bitrate\"?\n"
      "kamaelia.yaml:5:44: burst: expected a duration such as 250ms, 2s or 5m between 0 and 1h, found \"2\"\n"},
Wrong{"SourceInTheMiddle", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - Echo\n      - ReadFileAdaptor: { filename: a.ogg }\n      - Echo\n",
      "kamaelia.yaml:6:9: ReadFileAdaptor has no inbox, so it can only be the first in a pipeline\n"},
Wrong{"NothingFollowsASink", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - NullSink\n      - Echo\n",
      "kamaelia.yaml:5:9: NullSink has no outbox, so nothing can follow it in a pipeline\n"},
Wrong{"GraphlineWithoutLinkages", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo }\n",
      "kamaelia.yaml:5:24: a.inbox is not linked, so nothing ever arrives there; expected a linkage such as self.inbox -> a.inbox\n"},
Wrong{"UnlinkedInbox", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.outbox -> self.outbox\n",
      "kamaelia.yaml:5:33: b.inbox is not linked, so nothing ever arrives there; expected a linkage such as self.inbox -> b.inbox\n"},
Wrong{"UnknownInbox", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.in\n        - a.outbox -> b.inbox\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:7:11: a has no inbox \"in\"; expected control or inbox\n"},
Wrong{"UnknownOutbox", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.out -> b.inbox\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:8:11: a has no outbox \"out\"; did you mean \"outbox\"?\n"},
Wrong{"InboxForAnOutbox", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.inbox -> b.inbox\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:8:11: a has no outbox \"inbox\"; expected signal or outbox\n"},
Wrong{"OutboxForAnInbox", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.outbox -> b.outbox\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:8:11: b has no inbox \"outbox\"; expected control or inbox\n"},
Wrong{"ArrowTheOtherWay", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox <- a.outbox\n",
      "kamaelia.yaml:7:11: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"self.inbox <- a.outbox\"\n"},
Wrong{"ArrowOfAnEquals", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox => a.inbox\n",
      "kamaelia.yaml:7:11: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"self.inbox => a.inbox\"\n"},
Wrong{"TwoArrows", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox -> b.inbox\n",
      "kamaelia.yaml:7:11: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"self.inbox -> a.inbox -> b.inbox\"\n"},
Wrong{"BoxMissing", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self -> a\n",
      "kamaelia.yaml:7:11: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"self -> a\"\n"},
Wrong{"SelfToSelf", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.outbox -> b.inbox\n        - b.outbox -> self.outbox\n        - self.extra -> self.more\n",
      "kamaelia.yaml:10:11: self cannot be linked to itself; expected a component on one side\n"
      "kamaelia.yaml:10:11: nothing ever arrives at self.extra; expected self.inbox, where a protocol hears the network\n"},
Wrong{"SelfHasOtherBoxes", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.in -> a.inbox\n        - a.outbox -> b.inbox\n        - b.outbox -> self.out\n",
      "kamaelia.yaml:7:11: nothing ever arrives at self.in; expected self.inbox, where a protocol hears the network\n"},
Wrong{"SignalToData", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.outbox -> b.inbox\n        - b.outbox -> self.outbox\n        - a.signal -> b.inbox\n",
      "kamaelia.yaml:10:11: a.signal cannot lead to b.inbox; expected signal to control, and data boxes among themselves\n"},
Wrong{"DataToControl", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.outbox -> b.control\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:5:33: b.inbox is not linked, so nothing ever arrives there; expected a linkage such as self.inbox -> b.inbox\n"
      "kamaelia.yaml:8:11: a.outbox cannot lead to b.control; expected signal to control, and data boxes among themselves\n"},
Wrong{"UnknownComponentOfALinkage", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> aa.inbox\n        - a.outbox -> b.inbox\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:7:11: linkages: no component \"aa\" here; expected self, a or b\n"},
Wrong{"SameLinkageTwice", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - self.inbox -> a.inbox\n        - a.outbox -> b.inbox\n        - b.outbox -> self.outbox\n",
      "kamaelia.yaml:8:11: linkages: self.inbox is linked already, in line 7; expected one destination for each box\n"},
Wrong{"TwoTargetsOfSelf", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, b: LineSplit }\n      linkages:\n        - self.inbox -> a.inbox\n        - self.inbox -> b.inbox\n        - a.outbox -> self.outbox\n",
      "kamaelia.yaml:8:11: linkages: self.inbox is linked already, in line 7; expected one destination for each box\n"},
Wrong{"LinkagesLeftEmpty", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo }\n      linkages:\n",
      "kamaelia.yaml:6:7: linkages: expected a list of linkages such as a.outbox -> b.inbox, found nothing\n"},
Wrong{"LinkagesMisspelt", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo }\n      linkage: [ self.inbox -> a.inbox ]\n",
      "kamaelia.yaml:6:7: unknown key \"linkage\" in a graphline; did you mean \"linkages\"?\n"},
Wrong{"ComponentsLeftEmpty", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components:\n      linkages: []\n",
      "kamaelia.yaml:5:7: components: expected components by their ids, found nothing\n"},
Wrong{"ComponentTwice", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: Echo, a: LineSplit }\n      linkages: [ self.inbox -> a.inbox ]\n",
      "kamaelia.yaml:5:30: duplicate key \"a\"; the first is in line 5\n"},
Wrong{"GraphlineAmongKeys", "servers:\n  e: { listen: \"tcp://h:1\", components: { a: Echo } }\n",
      "kamaelia.yaml:2:3: server \"e\" needs \"protocol\": tcp://h:1 has none of its own\n"
      "kamaelia.yaml:2:29: unknown key \"components\" in server \"e\"; expected listen or protocol\n"},
Wrong{"ItselfAlone", "pipelines:\n  a: [ a ]\n",
      "kamaelia.yaml:2:8: pipeline \"a\" contains itself\n"},
Wrong{"RingOfThree", "pipelines:\n  a: [ b ]\n  b: [ c ]\n  c: [ a ]\n",
      "kamaelia.yaml:4:8: pipeline \"a\" contains itself\n"},
Wrong{"ItselfByName", "pipelines:\n  a: a\n",
      "kamaelia.yaml:2:6: pipeline \"a\" contains itself\n"},
Wrong{"RingThroughAGraphline", "pipelines:\n  a: { components: { x: b } }\n  b: [ a ]\n",
      "kamaelia.yaml:3:8: pipeline \"a\" contains itself\n"},
Wrong{"PipelineOfAReservedName", "pipelines:\n  Echo: [ LineSplit ]\n",
      "kamaelia.yaml:2:3: pipelines: \"Echo\" is the name of a component\n"},
Wrong{"PipelineOfABadName", "pipelines:\n  \"my pipe\": [ Echo ]\n",
      "kamaelia.yaml:2:3: pipelines: the name \"my pipe\"; expected up to 64 letters, digits, \".\", \"_\" or \"-\"\n"},
Wrong{"PipelineIsAMap", "pipelines:\n  p: { Echo: {} }\n",
      "kamaelia.yaml:2:6: pipeline \"p\": \"Echo\" is a component; expected a list, in which a dash stands before it\n"},
Wrong{"ComponentInsteadOfAList", "pipelines:\n  p: Echo\n",
      "kamaelia.yaml:2:6: pipeline \"p\": \"Echo\" is a component; a pipeline of it alone is [Echo]\n"},
Wrong{"ListOfPairs", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - [ Echo, LineSplit ]\n",
      "kamaelia.yaml:5:9: protocol: expected a component, found a list\n"},
Wrong{"NumberForAComponent", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - 42\n",
      "kamaelia.yaml:5:9: unknown component \"42\"; expected one that \"kamaeliad components\" names, or a pipeline\n"},
Wrong{"BoxBesideAnUnknownComponent", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { x: Ehco, y: LineSplit }\n      linkages:\n        - self.inbox -> x.inbox\n        - x.outbox -> y.inbux\n        - y.outbox -> self.outbox\n",
      "kamaelia.yaml:5:24: unknown component \"Ehco\"; did you mean \"Echo\"?\n"
      "kamaelia.yaml:8:11: y has no inbox \"inbux\"; did you mean \"inbox\"?\n"},
Wrong{"NothingMoreOfAnUnknownComponent", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { x: Ehco, y: LineSplit }\n      linkages:\n        - self.inbox -> x.in\n        - x.out -> y.inbox\n",
      "kamaelia.yaml:5:24: unknown component \"Ehco\"; did you mean \"Echo\"?\n"},
Wrong{"UnlinkedInboxBesideAnUnknownComponent", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { x: Ehco, y: LineSplit }\n      linkages:\n        - self.inbox -> x.inbox\n        - y.outbox -> self.outbox\n",
      "kamaelia.yaml:5:24: unknown component \"Ehco\"; did you mean \"Echo\"?\n"
      "kamaelia.yaml:5:33: y.inbox is not linked, so nothing ever arrives there; expected a linkage such as self.inbox -> y.inbox\n"},
Wrong{"NeighboursBesideAWrongParameter", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - LineSplit: { longest: 0 }\n      - HTTPServer\n      - LineSplit\n",
      "kamaelia.yaml:5:31: longest: expected a size such as 64KiB or 10MB between 1B and 1MiB, found \"0\"\n"
      "kamaelia.yaml:7:9: HTTPServer sends Bytes or regions of files on outbox, but LineSplit takes Bytes on inbox; put ReadRegions between them\n"},
Wrong{"NeighboursOfWrongParameters", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      - HTTPServer: { max_age: 1 }\n      - LineSplit: { longest: 0 }\n      - NullSink: { quiet: yes }\n      - ReadFileAdaptor\n",
      "kamaelia.yaml:5:32: max_age: expected a duration such as 250ms, 2s or 5m between 0 and 8760h, found \"1\"\n"
      "kamaelia.yaml:6:9: HTTPServer sends Bytes or regions of files on outbox, but LineSplit takes Bytes on inbox; put ReadRegions between them\n"
      "kamaelia.yaml:6:31: longest: expected a size such as 64KiB or 10MB between 1B and 1MiB, found \"0\"\n"
      "kamaelia.yaml:7:9: NullSink has no outbox, so nothing can follow it in a pipeline\n"
      "kamaelia.yaml:7:21: unknown key \"quiet\" in NullSink, which takes none\n"
      "kamaelia.yaml:8:9: ReadFileAdaptor needs \"filename\": file to send, under media when relative\n"},
Wrong{"BoxesOfAWrongParameter", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { a: { LineSplit: { longest: 0 } } }\n      linkages:\n        - self.inbox -> a.inbox\n        - a.out -> self.outbox\n",
      "kamaelia.yaml:5:48: longest: expected a size such as 64KiB or 10MB between 1B and 1MiB, found \"0\"\n"
      "kamaelia.yaml:8:11: a has no outbox \"out\"; did you mean \"outbox\"?\n"},
Wrong{"BoxesThatFollowAWrongParameter", "servers:\n  e:\n    listen: tcp://127.0.0.1:1500\n    protocol:\n      components: { fan: { Splitter: { outboxes: [ wait, wait, drop ] } }, h: HTTPServer }\n      linkages:\n        - self.inbox -> h.inbox\n        - h.outbox -> fan.inbox\n        - fan.outbox3 -> self.outbox\n",
      "kamaelia.yaml:5:64: outboxes 3: expected wait, drop_oldest, drop_newest or disconnect, found \"drop\"\n"
      "kamaelia.yaml:8:11: h sends Bytes or regions of files on outbox, but fan takes Bytes on inbox; put ReadRegions between them\n"},
Wrong{"BoxesBesideAnUnknownIdOfALinkage", "graphs:\n  g:\n    components: { a: Echo, b: Echo }\n    linkages:\n      - a.outbux -> b.inbox\n      - b.outbux -> x.inbox\n      - y.outbox -> a.inbux\n",
      "kamaelia.yaml:5:9: a has no outbox \"outbux\"; did you mean \"outbox\"?\n"
      "kamaelia.yaml:6:9: linkages: no component \"x\" here; expected self, a or b\n"
      "kamaelia.yaml:6:9: b has no outbox \"outbux\"; did you mean \"outbox\"?\n"
      "kamaelia.yaml:7:9: linkages: no component \"y\" here; expected self, a or b\n"
      "kamaelia.yaml:7:9: a has no inbox \"inbux\"; did you mean \"inbox\"?\n"},
Wrong{"BoxesBesideWhatIsNoLinkage", "graphs:\n  g:\n    components: { a: Echo, b: HTTPServer }\n    linkages: [ a -> b, b.outbox -> a.inbox ]\n",
      "kamaelia.yaml:4:17: linkages: expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found \"a -> b\"\n"
      "kamaelia.yaml:4:25: b sends Bytes or regions of files on outbox, but a takes Bytes on inbox; put ReadRegions between them\n"},
Wrong{"BoxesBesideAnUnknownKey", "graphs:\n  g:\n    restrat: never\n    components: { a: Echo, b: Echo }\n    linkages: [ a.outbux -> b.inbox, b.outbox -> a.inbox ]\n",
      "kamaelia.yaml:3:5: unknown key \"restrat\" in a graphline; did you mean \"restart\"?\n"
      "kamaelia.yaml:5:17: a has no outbox \"outbux\"; did you mean \"outbox\"?\n"},
Wrong{"ComponentCalledSelf", "graphs:\n  g:\n    components: { self: Echo, b: Echo }\n    linkages: [ self.outbox -> b.inbox, b.outbox -> self.inbox ]\n",
      "kamaelia.yaml:3:19: \"self\" is the graphline itself; expected another id\n"},
Wrong{"GraphThatBeginsWithAnInboxThoughAPartIsWrong", "graphs:\n  g: [ Echo, Ehco ]\n  h: [ Ehco, Echo ]\n",
      "kamaelia.yaml:2:3: graph \"g\" begins with a component that has an inbox, and nothing ever arrives there\n"
      "kamaelia.yaml:2:14: unknown component \"Ehco\"; did you mean \"Echo\"?\n"
      "kamaelia.yaml:3:8: unknown component \"Ehco\"; did you mean \"Echo\"?\n"},
Wrong{"MisfitsOfAPipelineThatIsWrongThoughUnused", "pipelines:\n  p: [ NullSink, Echo, Ehco ]\n",
      "kamaelia.yaml:2:8: NullSink has no outbox, so nothing can follow it in a pipeline\n"
      "kamaelia.yaml:2:24: unknown component \"Ehco\"; did you mean \"Echo\"?\n"},
Wrong{"DoesNotFitThoughUnused", "pipelines:\n  p: [ NullSink, Echo ]\n",
      "kamaelia.yaml:2:8: NullSink has no outbox, so nothing can follow it in a pipeline\n"}), name_of);

// clang-format on

} // namespace
