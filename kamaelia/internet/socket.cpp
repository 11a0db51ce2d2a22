#include "kamaelia/internet/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

namespace kamaelia {
namespace {

#if defined(MSG_MORE) && !defined(KAMAELIA_PORTABLE)
constexpr int more_follows = MSG_MORE;
constexpr int nothing_added = MSG_EOR;
#else
constexpr int more_follows = 0;
constexpr int nothing_added = 0;
#endif

#if defined(__linux__)
constexpr std::size_t multiplied = 2;           // SO_SNDBUF is, because it counts ...
constexpr std::size_t around_a_message = 1'024; // ... this too, in bytes
#else
constexpr std::size_t multiplied = 1;
constexpr std::size_t around_a_message = 0;
#endif
constexpr std::size_t most_backlog = std::size_t{16} * 1024 * 1024;

std::unexpected<std::error_code> failed() noexcept {
    const auto reason = errno == EAGAIN ? EWOULDBLOCK : errno;
    return std::unexpected{std::error_code{reason, std::generic_category()}};
}

} // namespace

axon::Task<> Socket::open(axon::Component& self) {
    watch_ = co_await watch(self, descriptor_.get());
    if (!watch_.valid())
        throw std::system_error{std::make_error_code(std::errc::bad_file_descriptor), "watch"};
}

std::expected<axon::Bytes, std::error_code> Socket::read() {
    const auto room = watch_.scratch();
    if (room.empty()) return std::unexpected{std::make_error_code(std::errc::not_connected)};
    ssize_t got = 0;
    do {
        got = ::recv(descriptor_.get(), room.data(), room.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return failed();
    received_ += static_cast<std::uint64_t>(got);
    if (traffic_) traffic_->received += static_cast<std::uint64_t>(got);
    return axon::Bytes{std::string_view{room.data(), static_cast<std::size_t>(got)}};
}

std::expected<std::size_t, std::error_code> Socket::write(std::string_view data, bool more) noexcept {
    const int flags = MSG_NOSIGNAL | (apart_ ? nothing_added : more ? more_follows : 0);
    ssize_t put = 0;
    do {
        put = ::send(descriptor_.get(), data.data(), data.size(), flags);
    } while (put < 0 && errno == EINTR);
    if (put < 0) return failed();
    count_sent(static_cast<std::uint64_t>(put));
    return static_cast<std::size_t>(put);
}

std::expected<std::size_t, std::error_code> Socket::copy_file(int file, std::uint64_t offset,
                                                              std::size_t count) noexcept {
    const auto room = watch_.scratch();
    if (room.empty()) return std::unexpected{std::make_error_code(std::errc::not_connected)};
    ssize_t got = 0;
    do {
        got = ::pread(file, room.data(), std::min(room.size(), count), static_cast<off_t>(offset));
    } while (got < 0 && errno == EINTR);
    if (got < 0) return failed();
    if (got == 0) return 0;
    return write({room.data(), static_cast<std::size_t>(got)});
}

void Socket::count_sent(std::uint64_t bytes) noexcept {
    sent_ += bytes;
    if (traffic_) traffic_->sent += bytes;
}

#if !defined(__linux__) || defined(KAMAELIA_PORTABLE)
std::expected<std::size_t, std::error_code> Socket::send_file(int file, std::uint64_t offset,
                                                              std::size_t count) noexcept {
    return copy_file(file, offset, count);
}

std::optional<std::size_t> Socket::unacknowledged() const noexcept { return std::nullopt; }
#endif

// Linux would go on adding to the last packet that has not left, up to 64 KiB, whatever the limit is.
void Socket::limit_backlog(const Backlog& most) noexcept {
    const auto all = std::min(most.bytes + most.messages * around_a_message, most_backlog);
    const auto limit = static_cast<int>(all / multiplied);
    (void)::setsockopt(descriptor_.get(), SOL_SOCKET, SO_SNDBUF, &limit, sizeof limit);
    apart_ = true;
}

void Socket::finish_writing() noexcept { ::shutdown(descriptor_.get(), SHUT_WR); }

Descriptor Socket::release() noexcept {
    watch_ = Watch{};
    return std::move(descriptor_);
}

} // namespace kamaelia
