// What the programs that load a server share: connections, the server's processor time, percentiles.
#pragma once

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

[[noreturn]] inline void refuse(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

/// To a port on 127.0.0.1, from another address if there is one; blocking, without delay. `receive_buffer` in
/// bytes; 0 leaves the system's, which grows.
inline int connect(std::uint16_t port, int receive_buffer = 0, in_addr from = {INADDR_ANY}) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) refuse("socket");
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_buffer > 0) ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    if (from.s_addr != INADDR_ANY) {
        ::setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        sockaddr_in own{};
        own.sin_family = AF_INET;
        own.sin_addr = from;
        if (::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) refuse("bind");
    }
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) refuse("connect");
    return fd;
}

/// Of all threads of the process. Taken by who loads it, it spans exactly what is measured.
inline std::chrono::nanoseconds processor_time(pid_t process) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        refuse("the server's clock");
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

/// More than 0, and nothing behind it but `end`.
template <class T>
bool number(const char* text, T& to, char end = '\0') {
    const auto [rest, error] = std::from_chars(text, text + std::strlen(text), to);
    return error == std::errc{} && *rest == end && to > T{};
}

/// 0 without values, which it sorts.
template <class T>
T percentile(std::vector<T>& values, std::size_t percent) {
    if (values.empty()) return T{};
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, values.size() * percent / 100)];
}

} // namespace bench
