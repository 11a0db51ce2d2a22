#include "kamaelia/internet/socket_reader.hpp"

namespace kamaelia {

axon::Task<> SocketReader::main() {
    while (true) {
        auto data = socket_.read();
        if (data) {
            at_end_ = data->empty();
            if (at_end_) co_return;
            co_await outbox.send(std::move(*data));
            co_await socket_.perhaps_readable(*this);
        } else if (data.error() == std::errc::operation_would_block) {
            co_await socket_.readable(*this);
        } else {
            error_ = data.error();
            co_return;
        }
    }
}

} // namespace kamaelia
