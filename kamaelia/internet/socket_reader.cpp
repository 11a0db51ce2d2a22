#include "kamaelia/internet/socket_reader.hpp"

namespace kamaelia {

axon::Task<> SocketReader::main() {
    while (true) {
        co_await socket_.readable(*this);
        auto data = socket_.read();
        if (!data) {
            if (data.error() == std::errc::operation_would_block) continue;
            error_ = data.error();
            co_return;
        }
        if (data->empty()) co_return;
        co_await outbox.send(std::move(*data));
    }
}

} // namespace kamaelia
