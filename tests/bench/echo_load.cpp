// What loads an echo server: each connection keeps messages under way and looks at every byte that comes
// back.
//
//     echo_load PORT PID CONNECTIONS SIZE IN_FLIGHT SECONDS
//
// PORT is on 127.0.0.1; PID is the server's, for its processor time. The measured SECONDS follow a warm-up.
// Prints one line of JSON; fails when a byte was wrong or missing.
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto warm_up = 300ms;
constexpr auto patience = 5s; // for what is still under way at the end
constexpr std::size_t most_connections = 19'000;
constexpr std::size_t room = 64UL * 1024;

struct Options {
    std::uint16_t port = 0;
    pid_t server = 0;
    std::size_t connections = 0;
    std::size_t size = 0;
    std::size_t in_flight = 0;
    double seconds = 0;
};

// What every connection sends, each from another place: no two alike within `period` bytes, which is prime so
// that no message looks like its neighbour.
class Pattern {
public:
    Pattern() : bytes_(period + room) {
        std::uint32_t state = 1;
        for (std::size_t i = 0; i < period; ++i)
            bytes_[i] = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
        for (std::size_t i = period; i < bytes_.size(); ++i) bytes_[i] = bytes_[i - period];
    }
    /// At least `room` bytes.
    [[nodiscard]] const char* at(std::uint64_t offset) const noexcept {
        return bytes_.data() + offset % period;
    }

private:
    static constexpr std::size_t period = 65'521;
    std::vector<char> bytes_;
};

struct Connection {
    int fd = -1;
    std::uint64_t first = 0; ///< where in the pattern it begins
    std::uint64_t due = 0;   ///< bytes that may be sent by now
    std::uint64_t sent = 0;
    std::uint64_t heard = 0;
    std::vector<Clock::time_point> begun; ///< when each message under way was due, a ring
};

class Load {
public:
    explicit Load(const Options& options) : options_{options}, poller_{::epoll_create1(0)} {}

    void connect();
    void run();
    /// False when bytes were wrong or missing.
    bool report();

private:
    void poll(int milliseconds);
    void hear(Connection& connection);
    void send(Connection& connection);
    void fail(Connection& connection) noexcept;
    [[nodiscard]] std::chrono::nanoseconds server_time() const;

    Options options_;
    int poller_;
    Pattern pattern_;
    std::vector<Connection> connections_;
    std::vector<char> scratch_ = std::vector<char>(room);
    std::vector<std::uint32_t> latencies_; ///< ns
    std::uint64_t under_way_ = 0;          ///< messages
    std::uint64_t errors_ = 0;
    bool measuring_ = false;
    bool finishing_ = false;
    std::chrono::duration<double> took_{};
    std::chrono::nanoseconds server_took_{};
};

[[noreturn]] void refuse(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

void Load::connect() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connections_.resize(options_.connections);
    for (auto& connection : connections_) {
        connection.first = static_cast<std::uint64_t>(&connection - connections_.data()) * 977;
        connection.begun.resize(options_.in_flight);
        connection.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connection.fd < 0) refuse("socket");
        const int on = 1;
        ::setsockopt(connection.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(connection.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            refuse("connect");
        epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
        if (::epoll_ctl(poller_, EPOLL_CTL_ADD, connection.fd, &event) != 0) refuse("epoll_ctl");
    }
}

// The server's processor time is taken here, not by who starts us: it then spans exactly what is measured.
std::chrono::nanoseconds Load::server_time() const {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(options_.server, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        refuse("the server's clock");
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

void Load::run() {
    for (auto& connection : connections_) {
        std::ranges::fill(connection.begun, Clock::now());
        connection.due = options_.size * options_.in_flight;
        under_way_ += options_.in_flight;
        send(connection);
    }
    const auto begin = Clock::now() + warm_up;
    while (Clock::now() < begin) poll(10);
    measuring_ = true;
    const auto server_began = server_time();
    const auto began = Clock::now();
    const auto end =
        began + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{options_.seconds});
    while (Clock::now() < end) poll(10);
    measuring_ = false;
    took_ = Clock::now() - began;
    server_took_ = server_time() - server_began;
    finishing_ = true;
    while (under_way_ > 0 && Clock::now() < end + patience) poll(10);
    errors_ += under_way_;
}

void Load::poll(int milliseconds) {
    std::array<epoll_event, 256> events;
    const auto count = ::epoll_wait(poller_, events.data(), static_cast<int>(events.size()), milliseconds);
    for (int i = 0; i < count; ++i)
        hear(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
}

void Load::hear(Connection& connection) {
    const auto got = ::recv(connection.fd, scratch_.data(), scratch_.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    const auto count = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    if (got <= 0 || connection.heard + count > connection.sent ||
        std::memcmp(scratch_.data(), pattern_.at(connection.first + connection.heard), count) != 0) {
        return fail(connection);
    }
    const auto now = Clock::now();
    const auto before = connection.heard / options_.size;
    connection.heard += count;
    for (auto message = before; message < connection.heard / options_.size; ++message) {
        auto& begun = connection.begun[message % options_.in_flight];
        if (measuring_) latencies_.push_back(static_cast<std::uint32_t>((now - begun).count()));
        begun = now;
        if (finishing_) {
            --under_way_;
        } else {
            connection.due += options_.size;
        }
    }
    send(connection);
}

// What the kernel does not take now goes when more has come back: something always will.
void Load::send(Connection& connection) {
    while (connection.sent < connection.due) {
        const auto count = std::min<std::uint64_t>(connection.due - connection.sent, room);
        const auto put = ::send(connection.fd, pattern_.at(connection.first + connection.sent), count,
                                MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0 && errno == EAGAIN) return;
        if (put < 0) return fail(connection);
        connection.sent += static_cast<std::uint64_t>(put);
    }
}

void Load::fail(Connection& connection) noexcept {
    ++errors_;
    ::close(connection.fd); // leaves the poller by that; its messages under way are missed at the end
}

bool Load::report() {
    const auto messages = latencies_.size();
    const auto percentile = [&](std::size_t percent) {
        if (messages == 0) return 0.0;
        const auto at = latencies_.begin() + static_cast<std::ptrdiff_t>(messages * percent / 100);
        std::ranges::nth_element(latencies_, at);
        return *at / 1e3;
    };
    const auto seconds = took_.count();
    const auto count = static_cast<double>(messages);
    std::printf("{\"round_trips_per_s\": %.0f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"server_us\": %.3f, "
                "\"server_share\": %.3f, \"megabytes_per_s\": %.1f, \"errors\": %llu}\n",
                count / seconds, percentile(50), percentile(99),
                static_cast<double>(server_took_.count()) / 1e3 / count,
                static_cast<double>(server_took_.count()) / 1e9 / seconds,
                count * static_cast<double>(options_.size) / 1e6 / seconds,
                static_cast<unsigned long long>(errors_));
    return errors_ == 0 && messages > 0;
}

template <class T>
bool number(const char* text, T& to) {
    const auto* const end = text + std::strlen(text);
    const auto [rest, error] = std::from_chars(text, end, to);
    return error == std::errc{} && rest == end && to > T{};
}

} // namespace

int main(int count, char** arguments) {
    Options options;
    if (count != 7 || !number(arguments[1], options.port) || !number(arguments[2], options.server) ||
        !number(arguments[3], options.connections) || options.connections > most_connections ||
        !number(arguments[4], options.size) || !number(arguments[5], options.in_flight) ||
        !number(arguments[6], options.seconds)) {
        std::fputs("usage: echo_load PORT PID CONNECTIONS SIZE IN_FLIGHT SECONDS\n", stderr);
        return 64;
    }
    try {
        Load load{options};
        load.connect();
        load.run();
        return load.report() ? 0 : 1;
    } catch (const std::system_error& error) {
        std::fprintf(stderr, "echo_load: %s\n", error.what());
        return 71;
    }
}
