// What loads an HTTP server with downloads: each connection asks again and again, and drops what comes.
//
//     http_load PORT PID CONNECTIONS SECONDS TARGET
//     http_load PORT PID CONNECTIONS SECONDS TARGET FILES DIRECTORY
//
// PORT is on 127.0.0.1; PID is the server's, for its processor time. The measured SECONDS follow a warm-up.
// With FILES, a number below that is added to the target, by Zipf's law (s = 1), and the file of that name in
// DIRECTORY is dropped from the system's memory before it is asked for. Prints one line of JSON; fails when
// an answer was wrong or cut short.
#include "tests/bench/load.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <random>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;
using bench::Clock;

constexpr auto warm_up = 500ms;
constexpr std::size_t most_connections = 19'000;

// With that many, buffers that grow as they like have the kernel run out of what TCP may have (tcp_mem): it
// then drops what it has, whoever is the server, and retransmission time-outs are what is measured.
constexpr std::size_t many_connections = 256;
constexpr int buffer_of_many = 128 * 1024;

struct Options {
    std::uint16_t port = 0;
    pid_t server = 0;
    std::size_t connections = 0;
    double seconds = 0;
    std::string target;
    std::size_t files = 0;
    std::string directory;
};

// Numbers below `count`: the first twice as often as the second, three times as often as the third.
class Zipf {
public:
    explicit Zipf(std::size_t count) : sums_(count) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) sums_[i] = sum += 1.0 / static_cast<double>(i + 1);
    }
    std::size_t next() {
        const double place = std::uniform_real_distribution{0.0, sums_.back()}(random_);
        return static_cast<std::size_t>(std::ranges::upper_bound(sums_, place) - sums_.begin());
    }

private:
    std::vector<double> sums_;
    std::minstd_rand random_{1};
};

struct Connection {
    int fd = -1;
    std::string head;       ///< as far as it has come
    std::uint64_t left = 0; ///< of the body
    std::uint64_t heard = 0;
    Clock::time_point asked;
};

class Load {
public:
    explicit Load(const Options& options)
        : options_{options}, poller_{::epoll_create1(0)}, names_{std::max<std::size_t>(options.files, 1)} {}

    void run();
    bool report();

private:
    void connect();
    void poll(Clock::time_point end);
    void ask(Connection& connection);
    void hear(Connection& connection);
    void hear_head(Connection& connection);
    void answered(Connection& connection);
    void fail(Connection& connection) noexcept;

    Options options_;
    int poller_;
    Zipf names_;
    std::vector<Connection> connections_;
    std::vector<std::uint32_t> latencies_; ///< us
    std::uint64_t errors_ = 0;
    bool measuring_ = false;
    double took_ = 0; ///< s
    double server_ns_ = 0;
};

void Load::connect() {
    connections_.resize(options_.connections);
    for (auto& connection : connections_) {
        connection.fd =
            bench::connect(options_.port, options_.connections >= many_connections ? buffer_of_many : 0);
        epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
        if (::epoll_ctl(poller_, EPOLL_CTL_ADD, connection.fd, &event) != 0) bench::refuse("epoll_ctl");
    }
}

void Load::run() {
    connect();
    for (auto& connection : connections_) ask(connection);
    poll(Clock::now() + warm_up);
    for (auto& connection : connections_) connection.heard = 0;
    measuring_ = true;
    const auto server_began = bench::processor_time(options_.server);
    const auto began = Clock::now();
    poll(began +
         std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{options_.seconds}));
    took_ = std::chrono::duration<double>{Clock::now() - began}.count();
    server_ns_ = static_cast<double>((bench::processor_time(options_.server) - server_began).count());
}

void Load::poll(Clock::time_point end) {
    std::array<epoll_event, 256> events;
    while (Clock::now() < end) {
        const auto count = ::epoll_wait(poller_, events.data(), static_cast<int>(events.size()), 10);
        for (int i = 0; i < count; ++i)
            hear(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
    }
}

void Load::ask(Connection& connection) {
    auto name = options_.target;
    if (options_.files > 0) {
        const auto number = std::to_string(names_.next());
        name += number;
        const int file = ::open((options_.directory + "/" + number).c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) bench::refuse("a file");
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        ::close(file);
    }
    const auto request = "GET " + name + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    connection.asked = Clock::now();
    const auto put = ::send(connection.fd, request.data(), request.size(), MSG_NOSIGNAL);
    if (put != static_cast<ssize_t>(request.size())) fail(connection);
}

// The kernel copies nothing of a body.
void Load::hear(Connection& connection) {
    if (connection.left == 0) return hear_head(connection);
    char nowhere = 0;
    const auto got = ::recv(connection.fd, &nowhere, connection.left, MSG_DONTWAIT | MSG_TRUNC);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return fail(connection);
    connection.heard += static_cast<std::uint64_t>(got);
    connection.left -= static_cast<std::uint64_t>(got);
    if (connection.left == 0) answered(connection);
}

void Load::hear_head(Connection& connection) {
    std::array<char, 8192> room;
    const auto got = ::recv(connection.fd, room.data(), room.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return fail(connection);
    connection.head.append(room.data(), static_cast<std::size_t>(got));
    const auto end = connection.head.find("\r\n\r\n");
    if (end == std::string::npos) return;
    constexpr std::string_view field = "Content-Length: ";
    const auto place = connection.head.find(field);
    std::uint64_t length = 0;
    if (!connection.head.starts_with("HTTP/1.1 200 ") || place > end ||
        !bench::number(connection.head.c_str() + place + field.size(), length, '\r')) {
        return fail(connection);
    }
    const auto here = connection.head.size() - end - 4;
    connection.head.clear();
    if (here > length) return fail(connection);
    connection.heard += here;
    connection.left = length - here;
    if (connection.left == 0) answered(connection);
}

void Load::answered(Connection& connection) {
    if (measuring_) {
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - connection.asked);
        latencies_.push_back(static_cast<std::uint32_t>(took.count()));
    }
    ask(connection);
}

void Load::fail(Connection& connection) noexcept {
    ++errors_;
    ::close(connection.fd); // leaves the poller by that
}

bool Load::report() {
    std::vector<std::uint64_t> heard;
    heard.reserve(connections_.size());
    for (const auto& connection : connections_) heard.push_back(connection.heard);
    std::ranges::sort(heard);
    double megabytes = 0;
    for (const auto each : heard) megabytes += static_cast<double>(each) / 1e6;
    const auto middle = static_cast<double>(heard[heard.size() / 2]);
    const auto count = static_cast<double>(latencies_.size());
    std::printf("{\"requests_per_s\": %.1f, \"megabytes_per_s\": %.1f, \"us_per_request\": %.3f, "
                "\"us_per_megabyte\": %.3f, \"server_share\": %.3f, \"slowest\": %.3f, \"p50_us\": %u, "
                "\"p99_us\": %u, \"errors\": %llu}\n",
                count / took_, megabytes / took_, server_ns_ / 1e3 / std::max(count, 1.0),
                server_ns_ / 1e3 / megabytes, server_ns_ / 1e9 / took_,
                static_cast<double>(heard.front()) / std::max(middle, 1.0), bench::percentile(latencies_, 50),
                bench::percentile(latencies_, 99), static_cast<unsigned long long>(errors_));
    return errors_ == 0 && megabytes > 0;
}

} // namespace

int main(int count, char** arguments) {
    Options options;
    if ((count != 6 && count != 8) || !bench::number(arguments[1], options.port) ||
        !bench::number(arguments[2], options.server) || !bench::number(arguments[3], options.connections) ||
        options.connections > most_connections || !bench::number(arguments[4], options.seconds) ||
        (count == 8 && !bench::number(arguments[6], options.files))) {
        std::fputs("usage: http_load PORT PID CONNECTIONS SECONDS TARGET [FILES DIRECTORY]\n", stderr);
        return 64;
    }
    options.target = arguments[5];
    if (count == 8) options.directory = arguments[7];
    try {
        Load load{options};
        load.run();
        return load.report() ? 0 : 1;
    } catch (const std::system_error& error) {
        std::fprintf(stderr, "http_load: %s\n", error.what());
        return 71;
    }
}
