#include "kamaelia/internet/datagram_socket.hpp"

namespace kamaelia {

axon::Task<> DatagramSocket::open(axon::Component& self) {
    watch_ = co_await watch(self, descriptor());
    if (!watch_.valid())
        throw std::system_error{std::make_error_code(std::errc::bad_file_descriptor), "watch"};
}

std::expected<Datagram, std::error_code> DatagramSocket::receive() {
    const auto room = watch_.scratch();
    if (room.empty()) return std::unexpected{std::make_error_code(std::errc::not_connected)};
    return receive(room);
}

} // namespace kamaelia
