// SimpleServer over real loopback sockets: echo, half-close, delivery before the close, bad clients.
#include "kamaelia/chassis/simple_server.hpp"

#include "axon/pipeline.hpp"
#include "kamaelia/chassis/connection.hpp"
#include "kamaelia/internet/selector.hpp"
#include "tests/kamaelia/chassis/server_bench.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <memory>
#include <sys/socket.h>
#include <utility>
#include <variant>

namespace {

using namespace server_bench;

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

// Makes Echos; copying it fails when it is told to, as for want of memory.
struct CopiedWithPain {
    CopiedWithPain(const bool& failing) : fails{&failing} {}
    CopiedWithPain(const CopiedWithPain& other) : fails{other.fails} {
        if (*fails) throw std::runtime_error{"no room"};
    }
    CopiedWithPain& operator=(const CopiedWithPain&) = delete;
    CopiedWithPain(CopiedWithPain&&) = default;
    CopiedWithPain& operator=(CopiedWithPain&&) = delete;
    ~CopiedWithPain() = default;
    std::unique_ptr<axon::Component> operator()() const { return std::make_unique<Echo>(); }
    const bool* fails;
};

TEST(SimpleServer, AConnectionThatCannotBeMadeIsClosedAndTheServerGoesOn) {
    bool failing = false;
    Bench bench;
    std::vector<ListeningSocket> sockets;
    sockets.emplace_back(*Address::ip("127.0.0.1", 0));
    const auto address = sockets.front().address();
    bench.system.spawn<SimpleServer>(std::move(sockets), CopiedWithPain{failing});
    failing = true;
    Client refused{address};
    EXPECT_TRUE(bench.until([&] { return refused.hear(); }));
    ASSERT_EQ(bench.log.lines.size(), 1U);
    EXPECT_EQ(bench.log.lines[0].text, "cannot take a connection: no room");
    failing = false;
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.say("hello"); }));
    EXPECT_TRUE(bench.until([&] {
        client.hear();
        return client.heard == "hello";
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

// Ends when it is asked to, and not before.
class Asked final : public axon::Filter<Bytes, Bytes> {
public:
    Asked() : Filter{axon::handles_control} {}

private:
    Task<> main() override {
        while (!std::holds_alternative<axon::Shutdown>(co_await control.receive())) {
        }
    }
};

struct AskedInAPipeline final : axon::Pipeline {
    AskedInAPipeline() : Pipeline{std::make_unique<Echo>(), std::make_unique<Asked>()} {}
};

template <class Protocol>
void expect_that_it_is_asked(bool has_begun) {
    Bench bench;
    const ListeningSocket listening{*Address::ip("127.0.0.1", 0)};
    Client client{listening.address()};
    Descriptor accepted{::accept4(listening.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    ASSERT_TRUE(accepted.valid());
    kamaelia::ServerValues values{bench.system.cat(), "asked"};
    const auto connection = bench.system.spawn<kamaelia::Connection>(
        kamaelia::Accepted{.descriptor = std::move(accepted), .peer = {}},
        [] { return std::make_unique<Protocol>(); }, values);
    if (has_begun) bench.turn();
    connection.get()->control.deliver(axon::Shutdown{});
    EXPECT_TRUE(bench.until([&] {
        client.hear();
        bench.clock.set(bench.clock.now() + 1s); // who lingers is let go
        return bench.system.scheduler().live() == 0;
    }));
}

TEST(Connection, AShutdownReachesAProtocolThatTakesControlAlsoBeforeItHasBegun) {
    for (const bool has_begun : {false, true}) expect_that_it_is_asked<Asked>(has_begun);
}

TEST(Connection, AShutdownReachesWhoTakesControlInsideAProtocol) {
    for (const bool has_begun : {false, true}) expect_that_it_is_asked<AskedInAPipeline>(has_begun);
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
