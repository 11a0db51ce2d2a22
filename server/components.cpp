#include "server/components.hpp"

#include "kamaelia/file/read_file_adaptor.hpp"
#include "kamaelia/protocol/http/http_server.hpp"
#include "kamaelia/util/echo.hpp"
#include "kamaelia/util/pass_through.hpp"

namespace server {

void add_components(axon::Registry& registry) {
    registry.add<kamaelia::Echo>("Echo", "sends back what it hears");
    registry.add<kamaelia::HTTPServer>("HTTPServer", "serves files over HTTP, and a page that lists them");
    registry.add<kamaelia::PassThrough>("PassThrough", "passes on what it hears");
    registry.add<kamaelia::ReadFileAdaptor>("ReadFileAdaptor",
                                            "sends a file, at a rate, in lines, chunks or whole");
}

} // namespace server
