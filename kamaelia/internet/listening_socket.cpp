#include "kamaelia/internet/listening_socket.hpp"

#include <cerrno>
#include <netinet/in.h>
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

} // namespace

ListeningSocket::ListeningSocket(const Address& address)
    : descriptor_{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)} {
    if (!descriptor_.valid()) refused(address);
    const int on = 1;
    ::setsockopt(descriptor_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address.family() == AF_INET6) {
        ::setsockopt(descriptor_.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    }
    if (address.is_unix()) remove_stale(address.path());
    if (::bind(descriptor_.get(), address.data(), address.size()) != 0) refused(address);
    if (::listen(descriptor_.get(), 4096) != 0) refused(address);
}

void ListeningSocket::close() noexcept {
    if (!descriptor_.valid()) return;
    const auto path = address().path();
    if (!path.empty()) ::unlink(path.c_str());
    descriptor_.close();
}

} // namespace kamaelia
