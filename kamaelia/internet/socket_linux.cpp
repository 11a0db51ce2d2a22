#include "kamaelia/internet/socket.hpp"

#if defined(__linux__) && !defined(KAMAELIA_PORTABLE)

#include <cerrno>
#include <csignal>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

namespace kamaelia {
namespace {

// For sendfile(), which has no MSG_NOSIGNAL: on this thread a connection that has gone is an error only.
bool block_sigpipe() noexcept {
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    return ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr) == 0;
}

} // namespace

std::expected<std::size_t, std::error_code> Socket::send_file(int file, std::uint64_t offset,
                                                              std::size_t count) noexcept {
    thread_local const bool blocked = block_sigpipe();
    (void)blocked;
    auto from = static_cast<off_t>(offset);
    ssize_t put = 0;
    do {
        put = ::sendfile(descriptor_.get(), file, &from, count);
    } while (put < 0 && errno == EINTR);
    if (put >= 0) {
        count_sent(static_cast<std::uint64_t>(put));
        return static_cast<std::size_t>(put);
    }
    if (errno == EINVAL || errno == ENOSYS)
        return copy_file(file, offset, count); // not from this file system
    return std::unexpected{std::error_code{errno == EAGAIN ? EWOULDBLOCK : errno, std::generic_category()}};
}

std::optional<std::size_t> Socket::unacknowledged() const noexcept {
    int bytes = 0;
    if (::ioctl(descriptor_.get(), SIOCOUTQ, &bytes) != 0) return std::nullopt;
    return static_cast<std::size_t>(bytes);
}

} // namespace kamaelia

#endif
