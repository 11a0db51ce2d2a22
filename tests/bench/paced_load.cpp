// What listens to a server that sends at a bit rate, and says how late what it hears is.
//
//     paced_load PORT CONNECTIONS SECONDS BYTES_PER_SECOND
//
// PORT is on 127.0.0.1. Late is what comes later than the bytes before it allow, beside the earliest of the
// same connection. Prints one line of JSON; fails when a connection ends.
#include "tests/bench/load.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sys/epoll.h>
#include <unistd.h>
#include <vector>

namespace {

using bench::Clock;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t most_connections = 19'000;

struct Options {
    std::uint16_t port = 0;
    std::size_t connections = 0;
    double seconds = 0;
    double rate = 0;
};

struct Connection {
    int fd = -1;
    double heard = 0; ///< bytes
    std::vector<double>
        behind; ///< s, of each message: when it came, less when those before it would all be due
};

class Load {
public:
    explicit Load(const Options& options) : options_{options}, poller_{::epoll_create1(0)} {}

    void run();
    bool report();

private:
    void hear(Connection& connection, Clock::time_point began);

    Options options_;
    int poller_;
    std::vector<Connection> connections_;
    std::size_t errors_ = 0;
};

void Load::run() {
    connections_.resize(options_.connections);
    for (auto& connection : connections_) {
        connection.behind.reserve(static_cast<std::size_t>(options_.seconds * 12));
        connection.fd = bench::connect(options_.port);
        epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
        if (::epoll_ctl(poller_, EPOLL_CTL_ADD, connection.fd, &event) != 0) bench::refuse("epoll_ctl");
    }
    const auto began = Clock::now();
    const auto end = began + std::chrono::duration_cast<Clock::duration>(Seconds{options_.seconds});
    std::array<epoll_event, 256> events;
    while (Clock::now() < end) {
        const auto count = ::epoll_wait(poller_, events.data(), static_cast<int>(events.size()), 10);
        for (int i = 0; i < count; ++i)
            hear(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr), began);
    }
}

void Load::hear(Connection& connection, Clock::time_point began) {
    std::array<char, 65536> room;
    const auto got = ::recv(connection.fd, room.data(), room.size(), MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        ++errors_;
        ::close(connection.fd); // leaves the poller by that
        return;
    }
    connection.behind.push_back(Seconds{Clock::now() - began}.count() - connection.heard / options_.rate);
    connection.heard += static_cast<double>(got);
}

bool Load::report() {
    std::vector<double> late;
    double last = 0; // how late the last message of the one that is worst off was: its pace at the end
    for (const auto& connection : connections_) {
        if (connection.behind.empty()) {
            ++errors_;
            continue;
        }
        const auto earliest = std::ranges::min(connection.behind);
        for (const auto each : connection.behind) late.push_back((each - earliest) * 1e3);
        last = std::max(last, late.back());
    }
    const auto middle = bench::percentile(late, 50);
    const auto tail = bench::percentile(late, 99);
    std::printf(
        "{\"late_p50_ms\": %.2f, \"late_p99_ms\": %.2f, \"late_most_ms\": %.2f, \"late_last_ms\": %.2f, "
        "\"messages\": %zu, \"errors\": %zu}\n",
        middle, tail, bench::percentile(late, 100), last, late.size(), errors_);
    return errors_ == 0 && !late.empty();
}

} // namespace

int main(int count, char** arguments) {
    Options options;
    if (count != 5 || !bench::number(arguments[1], options.port) ||
        !bench::number(arguments[2], options.connections) || options.connections > most_connections ||
        !bench::number(arguments[3], options.seconds) || !bench::number(arguments[4], options.rate)) {
        std::fputs("usage: paced_load PORT CONNECTIONS SECONDS BYTES_PER_SECOND\n", stderr);
        return 64;
    }
    try {
        Load load{options};
        load.run();
        return load.report() ? 0 : 1;
    } catch (const std::system_error& error) {
        std::fprintf(stderr, "paced_load: %s\n", error.what());
        return 71;
    }
}
