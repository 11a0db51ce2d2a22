#include "kamaelia/internet/listening_socket.hpp"

#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace kamaelia {
namespace {

[[noreturn]] void refused(const Address& address) {
    throw std::system_error{errno, std::generic_category(), "cannot listen on " + address.text()};
}

// A socket that a daemon left behind when it was killed; anything else at that path is not ours.
void remove_stale(const std::string& path) {
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
    const Descriptor probe{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const auto address = Address::unix_path(path);
    if (::connect(probe.get(), address->data(), address->size()) != 0 && errno == ECONNREFUSED) {
        ::unlink(path.c_str());
    }
}

void set(const Descriptor& socket, int level, int option, int value) noexcept {
    ::setsockopt(socket.get(), level, option, &value, sizeof value);
}

// What every connection inherits from the socket that takes it.
void set_for_connections(const Descriptor& socket) noexcept {
    set(socket, IPPROTO_TCP, TCP_NODELAY, 1); // no answer waits for the acknowledgement of the one before
    // A client that vanished without a word is found out two minutes after it was heard last; one that has
    // yet to acknowledge something by the kernel's retransmissions, which take a quarter of an hour. No
    // TCP_USER_TIMEOUT: it would also end a player that is paused, with its window closed.
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, 10);
    set(socket, IPPROTO_TCP, TCP_KEEPCNT, 6);
}

Descriptor open(const Address& address, bool shared) {
    Descriptor socket{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!socket.valid()) refused(address);
    set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    if (shared) set(socket, SOL_SOCKET, SO_REUSEPORT, 1);
    if (address.family() == AF_INET6) set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    if (!address.is_unix()) set_for_connections(socket);
    if (::bind(socket.get(), address.data(), address.size()) != 0) refused(address);
    if (::listen(socket.get(), 4096) != 0) refused(address);
    return socket;
}

} // namespace

ListeningSocket::ListeningSocket(const Address& address, const std::optional<Address>& shown)
    : shown_{shown} {
    if (address.is_unix()) remove_stale(address.path());
    descriptor_ = open(address, false);
    has_path_ = address.is_unix();
}

// The first one was bound without SO_REUSEPORT: what anybody else listens on is refused.
ListeningSocket ListeningSocket::twin() {
    const auto address = Address::of_socket(descriptor_.get());
    if (address.is_unix()) {
        Descriptor same{::fcntl(descriptor_.get(), F_DUPFD_CLOEXEC, 0)};
        if (!same.valid()) refused(address);
        return {std::move(same), shown_};
    }
    set(descriptor_, SOL_SOCKET, SO_REUSEPORT, 1);
    return {open(address, true), shown_};
}

void ListeningSocket::close() noexcept {
    if (!descriptor_.valid()) return;
    if (has_path_) ::unlink(Address::of_socket(descriptor_.get()).path().c_str());
    descriptor_.close();
}

} // namespace kamaelia
