#include "kamaelia/internet/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <string_view>
#include <sys/uio.h>

namespace kamaelia {
namespace {

[[noreturn]] void refused(const Address& address) {
    throw std::system_error{errno, std::generic_category(), "cannot open UDP " + address.text()};
}

std::error_code last_error() noexcept {
    return {errno == EAGAIN ? EWOULDBLOCK : errno, std::generic_category()};
}

// What is only read, as the system's calls want it.
iovec as_part(std::string_view bytes) noexcept { return {const_cast<char*>(bytes.data()), bytes.size()}; }

} // namespace

UDPSocket::UDPSocket(const Address& address)
    : descriptor_{::socket(address.family(), SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)} {
    if (!descriptor_.valid()) refused(address);
    const int on = 1;
    if (address.family() == AF_INET6)
        ::setsockopt(descriptor_.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::bind(descriptor_.get(), address.data(), address.size()) != 0) refused(address);
}

DatagramSocket::Sent UDPSocket::send(std::span<const Datagram> datagrams) noexcept {
    std::size_t sent = 0;
    while (sent < datagrams.size()) {
        const auto rest = datagrams.subspan(sent);
        const auto some = send_some(rest.first(std::min(rest.size(), most_at_once)));
        sent += some.sent;
        if (some.error) return {sent, some.error};
    }
    return {sent, {}};
}

DatagramSocket::Sent UDPSocket::send_some(std::span<const Datagram> datagrams) noexcept {
    std::array<msghdr, most_at_once> messages;
    std::array<std::array<iovec, 2>, most_at_once> parts;
    for (std::size_t i = 0; i < datagrams.size(); ++i) {
        const auto& datagram = datagrams[i];
        parts[i] = {as_part(datagram.header.view()), as_part(datagram.data.view())};
        messages[i] = {};
        messages[i].msg_name = const_cast<sockaddr*>(datagram.peer.data());
        messages[i].msg_namelen = datagram.peer.size();
        messages[i].msg_iov = parts[i].data();
        messages[i].msg_iovlen = parts[i].size();
    }
    const int sent = transmit(std::span{messages}.first(datagrams.size()));
    if (sent < 0) return {0, last_error()};
    return {static_cast<std::size_t>(sent), {}};
}

std::expected<Datagram, std::error_code> UDPSocket::receive(std::span<char> room) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    ssize_t got = 0;
    do {
        got = ::recvfrom(descriptor_.get(), room.data(), room.size(), 0, reinterpret_cast<sockaddr*>(&from),
                         &size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return std::unexpected{last_error()};
    return Datagram{.peer = Address::of(reinterpret_cast<const sockaddr&>(from), size),
                    .header = {},
                    .data = axon::Bytes{std::string_view{room.data(), static_cast<std::size_t>(got)}}};
}

#if !defined(__linux__) || defined(KAMAELIA_PORTABLE)
int UDPSocket::transmit(std::span<msghdr> messages) noexcept {
    ssize_t put = 0;
    do {
        put = ::sendmsg(descriptor_.get(), &messages.front(), MSG_NOSIGNAL);
    } while (put < 0 && errno == EINTR);
    return put < 0 ? -1 : 1;
}
#endif

} // namespace kamaelia
