#include "server/components.hpp"

#include "axon/bytes.hpp"
#include "kamaelia/file/read_file_adaptor.hpp"
#include "kamaelia/file/read_regions.hpp"
#include "kamaelia/protocol/http/http_server.hpp"
#include "kamaelia/protocol/rtsp/rtsp_client.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "kamaelia/util/chooser.hpp"
#include "kamaelia/util/clock.hpp"
#include "kamaelia/util/console_echoer.hpp"
#include "kamaelia/util/echo.hpp"
#include "kamaelia/util/line_split.hpp"
#include "kamaelia/util/message_rate_control.hpp"
#include "kamaelia/util/null_sink.hpp"
#include "kamaelia/util/one_shot.hpp"
#include "kamaelia/util/pass_through.hpp"
#include "kamaelia/util/rate_control.hpp"
#include "kamaelia/util/splitter.hpp"

namespace server {

void add_components(axon::Registry& registry) {
    using axon::Bytes;
    registry.add<kamaelia::Chooser<Bytes>>(
        "Chooser", "moves through a list of texts on NEXT, PREV, FIRST, LAST, GOTO n", R"(components:
  lines:   LineSplit
  fortune: { Chooser: { items: [ "one\n", "two\n" ], at_end: loop } }
linkages:
  - self.inbox -> lines.inbox
  - lines.outbox -> fortune.inbox
  - fortune.outbox -> self.outbox)");
    registry.add<kamaelia::Clock<Bytes>>("Clock", "sends a text each period",
                                         R"([ Clock: { period: 2s, first: 0s, message: "tick\n" } ])");
    registry.add<kamaelia::ConsoleEchoer>("ConsoleEchoer",
                                          "writes what it hears to standard output, and passes it on",
                                          "[ ConsoleEchoer: { escape: yes }, Echo ]");
    registry.add<kamaelia::Echo>("Echo", "sends back what it hears", "[ Echo ]");
    registry.add<kamaelia::HTTPServer>("HTTPServer", "serves files over HTTP, and a page that lists them",
                                       "[ HTTPServer ]");
    registry.add<kamaelia::LineSplit>("LineSplit", "cuts bytes into lines",
                                      "[ LineSplit: { longest: 1KiB, keep_newline: yes }, Echo ]");
    registry.add<kamaelia::MessageRateControl<Bytes>>(
        "MessageRateControl", "lets messages through one each period",
        "[ MessageRateControl: { period: 500ms, burst: 5 }, Echo ]");
    registry.add<kamaelia::NullSink<Bytes>>("NullSink", "takes everything and does nothing with it",
                                            "[ NullSink ]");
    registry.add<kamaelia::OneShot<Bytes>>("OneShot", "sends one text and ends",
                                           R"([ OneShot: { message: "come back tomorrow\n" } ])");
    registry.add<kamaelia::PassThrough>("PassThrough", "passes on what it hears", "[ PassThrough ]");
    registry.add<kamaelia::RateControl>(
        "RateControl", "lets bytes through at a bit rate",
        "[ ReadFileAdaptor: { filename: notes.txt }, RateControl: { bitrate: 64k, burst: 2s } ]");
    registry.add<kamaelia::ReadFileAdaptor>(
        "ReadFileAdaptor", "sends a file, at a rate, in lines, chunks or whole",
        "[ ReadFileAdaptor: { filename: a.ogg, readmode: bitrate, bitrate: 400k } ]");
    registry.add<kamaelia::ReadRegions>("ReadRegions", "reads the files whose regions it hears of",
                                        "[ HTTPServer, ReadRegions, RateControl: { bitrate: 400k } ]");
    registry.add<kamaelia::RTSPClient>("RTSPClient", "hears a presentation over RTSP and RTP", R"(components:
  client: { RTSPClient: { url: "rtsp://localhost/media/a.ogg" } }
  server: RTSPServer
linkages:
  - client.outbox -> server.inbox
  - server.outbox -> client.inbox)");
    registry.add<kamaelia::RTSPServer>("RTSPServer", "plays Ogg files over RTSP and RTP",
                                       "[ RTSPServer: { rtp_port: 6970 } ]");
    registry.add<kamaelia::Splitter<Bytes>>("Splitter", "hands each message to all of its outboxes",
                                            R"(components:
  fan: { Splitter: { outboxes: [ wait, drop_oldest ] } }
  see: { ConsoleEchoer: {} }
linkages:
  - self.inbox -> fan.inbox
  - fan.outbox1 -> self.outbox
  - fan.outbox2 -> see.inbox)");
}

} // namespace server
