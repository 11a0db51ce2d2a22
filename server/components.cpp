#include "server/components.hpp"

#include "axon/bytes.hpp"
#include "kamaelia/file/read_file_adaptor.hpp"
#include "kamaelia/protocol/http/http_server.hpp"
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
        "Chooser", "moves through a list of texts on NEXT, PREV, FIRST, LAST, GOTO n");
    registry.add<kamaelia::Clock<Bytes>>("Clock", "sends a text each period");
    registry.add<kamaelia::ConsoleEchoer>("ConsoleEchoer",
                                          "writes what it hears to standard output, and passes it on");
    registry.add<kamaelia::Echo>("Echo", "sends back what it hears");
    registry.add<kamaelia::HTTPServer>("HTTPServer", "serves files over HTTP, and a page that lists them");
    registry.add<kamaelia::LineSplit>("LineSplit", "cuts bytes into lines");
    registry.add<kamaelia::MessageRateControl<Bytes>>("MessageRateControl",
                                                      "lets messages through one each period");
    registry.add<kamaelia::NullSink<Bytes>>("NullSink", "takes everything and does nothing with it");
    registry.add<kamaelia::OneShot<Bytes>>("OneShot", "sends one text and ends");
    registry.add<kamaelia::PassThrough>("PassThrough", "passes on what it hears");
    registry.add<kamaelia::RateControl>("RateControl", "lets bytes through at a bit rate");
    registry.add<kamaelia::ReadFileAdaptor>("ReadFileAdaptor",
                                            "sends a file, at a rate, in lines, chunks or whole");
    registry.add<kamaelia::Splitter<Bytes>>("Splitter", "hands each message to all of its outboxes");
}

} // namespace server
