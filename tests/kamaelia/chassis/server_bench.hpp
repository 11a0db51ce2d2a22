// A server on real loopback sockets and its clients, all on the test's thread and in the test's time.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/system.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/chassis/simple_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <limits>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace server_bench {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::Task;
using kamaelia::Address;
using kamaelia::Descriptor;
using kamaelia::ListeningSocket;
using kamaelia::SimpleServer;

class Echo final : public axon::Filter<Bytes, Bytes> {
    Task<> main() override {
        while (auto data = co_await inbox.receive()) co_await outbox.send(std::move(*data));
    }
};

// Sends `size` bytes and ends, whatever the client says.
class Blurt final : public axon::Source<Bytes> {
public:
    explicit Blurt(std::size_t size) : left_{size} {}

private:
    Task<> main() override {
        while (left_ > 0) {
            const auto now = std::min<std::size_t>(left_, 32768);
            co_await outbox.send(Bytes{std::string(now, 'x')});
            left_ -= now;
        }
    }
    std::size_t left_;
};

class Thrower final : public axon::Filter<Bytes, Bytes> {
    Task<> main() override {
        while (auto data = co_await inbox.receive()) {
            if (data->view() == "boom") throw std::runtime_error{"boom"};
            co_await outbox.send(std::move(*data));
        }
    }
};

// A server system that takes its turns between what the test's clients do. Its time stands still.
class Bench {
public:
    template <class C, class... Args>
    Address serve(Args... args) {
        std::vector<ListeningSocket> sockets;
        sockets.emplace_back(*Address::ip("127.0.0.1", 0));
        const auto address = sockets.front().address();
        servers.push_back(
            system.spawn<SimpleServer>(std::move(sockets), [=]() -> std::unique_ptr<axon::Component> {
                return std::make_unique<C>(args...);
            }));
        turn();
        return address;
    }
    // Turns until nobody is ready and the kernel has no news.
    void turn() {
        for (int quiet = 0; quiet < 20; ++quiet) {
            system.scheduler().poll();
            while (system.scheduler().pass()) quiet = 0;
        }
    }
    template <class Condition>
    ::testing::AssertionResult until(Condition condition) {
        const auto limit = std::chrono::steady_clock::now() + 60s; // a busy machine must not reach it
        while (!condition()) {
            if (std::chrono::steady_clock::now() > limit)
                return ::testing::AssertionFailure() << "not within 60 s";
            turn();
        }
        return ::testing::AssertionSuccess();
    }

    // Time passes, in the system only.
    void advance(axon::Duration duration) {
        clock.set(clock.now() + duration);
        turn();
    }

    axon::testing::VirtualClock clock;
    axon::testing::KeptLog log;
    axon::System system{{.clock = &clock, .log = &log}};
    std::vector<axon::Handle<SimpleServer>> servers;
};

// Whether it comes as time passes in such steps. How many it takes is for the kernel to say: a busy one still
// moves what was sent while hours pass here.
template <class Condition>
::testing::AssertionResult in_time(Bench& bench, axon::Duration step, Condition condition) {
    return bench.until([&] {
        bench.advance(step);
        return condition();
    });
}

class Client {
public:
    // A small receive buffer, in bytes, makes it take what is sent in small steps.
    explicit Client(const Address& address, int receive_buffer = 0)
        : descriptor{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)} {
        if (receive_buffer > 0) {
            ::setsockopt(descriptor.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        }
        if (::connect(descriptor.get(), address.data(), address.size()) != 0 && errno != EINPROGRESS) {
            ADD_FAILURE() << "connect failed";
        }
    }
    bool say(std::string_view text) {
        const auto sent = ::send(descriptor.get(), text.data(), text.size(), MSG_NOSIGNAL);
        return sent == static_cast<ssize_t>(text.size());
    }
    void finish() { ::shutdown(descriptor.get(), SHUT_WR); }
    void vanish() {
        const linger now{1, 0};
        ::setsockopt(descriptor.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        descriptor.close();
    }
    // Takes what is there, or that much of it; true once the other side has closed.
    bool hear(std::size_t most = std::numeric_limits<std::size_t>::max()) {
        std::array<char, 65536> room;
        while (most > 0) {
            const auto got = ::recv(descriptor.get(), room.data(), std::min(room.size(), most), 0);
            if (got <= 0) {
                if (got < 0 && errno == ECONNRESET) reset = true;
                return got == 0 || reset;
            }
            heard.append(room.data(), static_cast<std::size_t>(got));
            most -= static_cast<std::size_t>(got);
        }
        return false;
    }

    Descriptor descriptor;
    std::string heard;
    bool reset = false;
};

} // namespace server_bench
