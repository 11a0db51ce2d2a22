#include "kamaelia/internet/udp_socket.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <algorithm>
#include <array>
#include <cerrno>

namespace kamaelia {

int UDPSocket::transmit(std::span<msghdr> messages) noexcept {
    std::array<mmsghdr, most_at_once> batch;
    std::ranges::transform(messages, batch.begin(),
                           [](const msghdr& message) { return mmsghdr{message, 0}; });
    int sent = 0;
    do {
        sent =
            ::sendmmsg(descriptor_.get(), batch.data(), static_cast<unsigned>(messages.size()), MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

} // namespace kamaelia

#endif
