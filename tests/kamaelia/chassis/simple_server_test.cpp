// SimpleServer over real loopback sockets: echo, half-close, delivery before the close, bad clients.
#include "kamaelia/chassis/simple_server.hpp"

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/system.hpp"
#include "kamaelia/internet/selector.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace {

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

// A server system that takes its turns between what the test's clients do.
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
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > limit)
                return ::testing::AssertionFailure() << "not within 10 s";
            turn();
        }
        return ::testing::AssertionSuccess();
    }

    axon::System system;
    std::vector<axon::Handle<SimpleServer>> servers;
};

class Client {
public:
    explicit Client(const Address& address)
        : descriptor{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)} {
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
    // Takes what is there; true once the other side has closed.
    bool hear() {
        std::array<char, 65536> room;
        while (true) {
            const auto got = ::recv(descriptor.get(), room.data(), room.size(), 0);
            if (got > 0) {
                heard.append(room.data(), static_cast<std::size_t>(got));
                continue;
            }
            if (got < 0 && errno == ECONNRESET) reset = true;
            return got == 0 || reset;
        }
    }

    Descriptor descriptor;
    std::string heard;
    bool reset = false;
};

TEST(SimpleServer, EchoesAndEndsTheConnectionAfterAHalfClose) {
    Bench bench;
    const auto address = bench.serve<Echo>();
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.say("hello"); }));
    ASSERT_TRUE(bench.until([&] {
        client.hear();
        return client.heard == "hello";
    }));
    ASSERT_TRUE(client.say(" and bye"));
    client.finish();
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_EQ(client.heard, "hello and bye");
    EXPECT_FALSE(client.reset);
}

TEST(SimpleServer, DeliversEverythingBeforeItClosesThoughTheClientTalks) {
    Bench bench;
    const auto address = bench.serve<Blurt>(std::size_t{3'000'000});
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.say("I never stop"); }));
    for (int i = 0; i < 20; ++i) {
        bench.turn();
        client.say("talking");
    }
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_EQ(client.heard.size(), 3'000'000U);
    EXPECT_FALSE(client.reset);
}

TEST(SimpleServer, AClientThatNeverReadsCostsOnlyItself) {
    Bench bench;
    const auto address = bench.serve<Blurt>(std::size_t{50'000'000});
    Client stuck{address};
    Client reader{address};
    ASSERT_TRUE(bench.until([&] { return reader.hear(); }));
    EXPECT_EQ(reader.heard.size(), 50'000'000U);
}

TEST(SimpleServer, AClientThatVanishesIsForgotten) {
    Bench bench;
    const auto address = bench.serve<Blurt>(std::size_t{50'000'000});
    bench.turn();
    const auto before = bench.system.scheduler().live();
    Client client{address};
    ASSERT_TRUE(bench.until([&] {
        client.hear();
        return client.heard.size() > 100'000;
    }));
    EXPECT_GT(bench.system.scheduler().live(), before);
    client.vanish();
    EXPECT_TRUE(bench.until([&] { return bench.system.scheduler().live() == before; }));
}

TEST(SimpleServer, AFailureInOneConnectionLeavesTheOthers) {
    Bench bench;
    const auto address = bench.serve<Thrower>();
    Client good{address};
    Client bad{address};
    ASSERT_TRUE(bench.until([&] { return bad.say("boom"); }));
    ASSERT_TRUE(bench.until([&] { return bad.hear(); }));
    ASSERT_TRUE(good.say("still here"));
    EXPECT_TRUE(bench.until([&] {
        good.hear();
        return good.heard == "still here";
    }));
}

TEST(SimpleServer, AShutdownStopsAcceptingAndLetsConnectionsEnd) {
    Bench bench;
    const auto address = bench.serve<Echo>();
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.say("a"); }));
    ASSERT_TRUE(bench.until([&] {
        client.hear();
        return client.heard == "a";
    }));
    bench.servers.front().get()->control.deliver(axon::Shutdown{});
    bench.turn();
    Client late{address};
    bench.turn();
    std::array<char, 1> room;
    EXPECT_EQ(::recv(late.descriptor.get(), room.data(), 1, 0), -1);
    EXPECT_EQ(errno, ECONNREFUSED);
    ASSERT_TRUE(client.say("b"));
    ASSERT_TRUE(bench.until([&] {
        client.hear();
        return client.heard == "ab";
    }));
    client.finish();
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_TRUE(bench.until([&] { return bench.system.scheduler().live() == 0; }));
}

TEST(Selector, IsMadeByTheFirstServerAndFoundByTheOthers) {
    Bench bench;
    EXPECT_EQ(bench.system.scheduler().cat().find(kamaelia::Selector::service), nullptr);
    for (int i = 0; i < 4; ++i) bench.serve<Echo>();
    int selectors = 0;
    for (auto* child = bench.system.scheduler().root().first_child(); child; child = child->next_sibling()) {
        selectors += dynamic_cast<kamaelia::Selector*>(child) != nullptr ? 1 : 0;
    }
    EXPECT_EQ(selectors, 1);
}

TEST(Selector, EndsWithTheLastWhoNeedsItAndIsMadeAnew) {
    Bench bench;
    bench.serve<Echo>();
    bench.system.stop(bench.servers.back());
    EXPECT_TRUE(bench.until([&] { return bench.system.scheduler().live() == 0; }));
    EXPECT_EQ(bench.system.scheduler().cat().find(kamaelia::Selector::service), nullptr);
    const auto address = bench.serve<Echo>();
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.say("again"); }));
    EXPECT_TRUE(bench.until([&] {
        client.hear();
        return client.heard == "again";
    }));
}

} // namespace
