#include "kamaelia/internet/socket_writer.hpp"

namespace kamaelia {

axon::Task<> SocketWriter::main() {
    while (auto data = co_await inbox.receive()) {
        while (!data->empty()) {
            const auto written = socket_.write(data->view());
            if (written) {
                written_ += *written;
                *data = data->slice(*written);
                if (!data->empty()) co_await socket_.writable(*this); // the kernel is full
            } else if (written.error() == std::errc::operation_would_block) {
                co_await socket_.writable(*this);
            } else {
                error_ = written.error();
                co_return;
            }
        }
    }
}

} // namespace kamaelia
