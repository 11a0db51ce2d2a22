// Networks: the operating system's, and servers on the Rig in one of the test's own: no ports, no waiting,
// every order of turns, and hours that pass at once.
#include "kamaelia/internet/network.hpp"

#include "axon/filter.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/internet/connected_socket_adapter.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "kamaelia/util/echo.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <typeinfo>
#include <vector>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::Task;
using axon::testing::Rig;
using kamaelia::Address;
using kamaelia::Echo;
using kamaelia::Network;
using kamaelia::SimpleServer;
using kamaelia::testing::MemoryClient;
using kamaelia::testing::MemoryNetwork;

constexpr const char* host = "192.0.2.1"; // RFC 5737: it is nobody's

SimpleServer& serve_echo(Rig& rig, MemoryNetwork& network, std::uint16_t port) {
    return rig.add<SimpleServer>(kamaelia::testing::listening(network, host, port),
                                 [] { return std::make_unique<Echo>(); });
}

// Says all of it and hears the answer, as the Rig goes on.
std::string say_and_hear(Rig& rig, MemoryClient& client, std::string_view text) {
    std::string heard;
    const auto size = text.size();
    for (int steps = 0; steps < 1000 && heard.size() < size; ++steps) {
        text.remove_prefix(client.say(text));
        rig.run();
        heard += client.hear();
    }
    return heard;
}

TEST(Network, IsTheOperatingSystemsUnlessTheSystemWasMadeWithAnother) {
    Rig plain;
    EXPECT_EQ(&Network::of(plain.system()), &Network::kernel());
    MemoryNetwork network;
    Rig rig{{.network = &network}};
    EXPECT_EQ(&Network::of(rig.system()), &network);
    struct Other final : axon::Network {
    } other;
    Rig wrong{{.network = &other}};
    EXPECT_THROW((void)Network::of(wrong.system()), std::bad_cast);
}

TEST(Network, TheOperatingSystemsKnowsItsOwnNames) {
    auto& network = Network::kernel();
    EXPECT_EQ(network.resolve("127.0.0.2", 80).value().text(), "127.0.0.2:80");
    EXPECT_EQ(network.resolve("::1", 80).value().text(), "[::1]:80");
    EXPECT_EQ(network.resolve("127.3", 80).value().text(), "127.0.0.3:80") << "as only the system reads it";
    // Too long to be asked for: nothing goes out.
    const auto nobody = network.resolve(std::string(300, 'x'), 80);
    ASSERT_FALSE(nobody);
    EXPECT_FALSE(nobody.error().empty());
}

TEST(MemoryNetwork, EchoesToSeveralInEveryOrder) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        MemoryNetwork network;
        Rig rig{{.shuffle = seed, .quota = seed % 2 == 0 ? 1U : 64U, .network = &network}};
        serve_echo(rig, network, 80);
        rig.run();
        std::vector<MemoryClient> clients;
        clients.reserve(3);
        for (int i = 0; i < 3; ++i) clients.emplace_back(network, host, 80);
        for (auto& client : clients) {
            const std::string text(100'000, static_cast<char>('a' + (&client - clients.data())));
            EXPECT_EQ(say_and_hear(rig, client, text), text) << "with seed " << seed;
        }
        for (auto& client : clients) client.finish();
        rig.run();
        for (auto& client : clients) {
            EXPECT_EQ(client.hear(), "");
            EXPECT_TRUE(client.ended()) << "with seed " << seed;
        }
    }
}

// Sends so many bytes in one message and ends.
class Blurt final : public axon::Source<Bytes> {
public:
    explicit Blurt(std::size_t size) : size_{size} {}

private:
    Task<> main() override { co_await outbox.send(Bytes{std::string(size_, 'x')}); }
    std::size_t size_;
};

TEST(MemoryNetwork, AConnectionIsStoppedWhereverItWaitsForItsSocket) {
    const auto protocol_of = [](int phase) -> std::unique_ptr<axon::Component> {
        if (phase == 0) return std::make_unique<Echo>();            // it waits for input
        return std::make_unique<Blurt>(phase == 1 ? 1'000'000 : 5); // for room; for the client's close
    };
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        for (int phase = 0; phase < 3; ++phase) {
            SCOPED_TRACE("seed " + std::to_string(seed) + ", phase " + std::to_string(phase));
            MemoryNetwork network;
            Rig rig{{.shuffle = seed, .quota = seed % 2 == 0 ? 1U : 64U, .network = &network}};
            auto& server = rig.add<SimpleServer>(kamaelia::testing::listening(network, host, 80),
                                                 [&] { return protocol_of(phase); });
            rig.run();
            MemoryClient client{network, host, 80};
            rig.run();
            EXPECT_GT(rig.scheduler().live(), 4U) << "server, listener, selector, connection and its parts";
            rig.stop(server);
            rig.run();
            EXPECT_EQ(rig.scheduler().live(), 0U) << "the Selector has gone, too";
            EXPECT_EQ(rig.scheduler().next_timer(), std::nullopt);
            (void)client.hear();
            EXPECT_TRUE(client.ended());
        }
    }
}

TEST(MemoryNetwork, AClientThatNeverReadsIsGivenUpInTimeThatPassesAtOnce) {
    MemoryNetwork network;
    Rig rig{{.network = &network}};
    rig.add<SimpleServer>(kamaelia::testing::listening(network, host, 80),
                          [] { return std::make_unique<Blurt>(8'000'000); });
    rig.run();
    const auto before = rig.scheduler().live();
    MemoryClient client{network, host, 80};
    rig.advance(kamaelia::ConnectedSocketAdapter::flush_patience - 1min);
    EXPECT_GT(rig.scheduler().live(), before);
    rig.advance(2min);
    EXPECT_EQ(rig.scheduler().live(), before);
}

TEST(MemoryNetwork, AClientThatVanishesCostsOnlyItself) {
    MemoryNetwork network;
    Rig rig{{.network = &network}};
    serve_echo(rig, network, 80);
    rig.run();
    const auto before = rig.scheduler().live();
    MemoryClient gone{network, host, 80};
    MemoryClient there{network, host, 80};
    gone.say("hello");
    rig.run();
    gone.vanish();
    EXPECT_EQ(say_and_hear(rig, there, "still here"), "still here");
    there.finish();
    rig.run();
    EXPECT_EQ(there.hear(), "");
    rig.advance(kamaelia::ConnectedSocketAdapter::patience);
    EXPECT_EQ(rig.scheduler().live(), before);
}

TEST(MemoryNetwork, TheRigDoesNotRestBeforeWhatComesBehindTheEndsOfManyOthers) {
    MemoryNetwork network;
    Rig rig{{.network = &network}};
    auto& stopped = serve_echo(rig, network, 80);
    serve_echo(rig, network, 81);
    rig.run();
    std::vector<MemoryClient> idle;
    idle.reserve(50);
    for (int i = 0; i < 50; ++i) idle.emplace_back(network, host, 80);
    MemoryClient client{network, host, 81};
    rig.run();
    rig.stop(stopped);
    rig.step(); // frees them: each leaves an operation of the poller that wakes nobody
    client.say("hello");
    rig.run();
    EXPECT_EQ(client.hear(), "hello");
}

TEST(MemoryNetwork, HasAddressesLikeAnyOther) {
    MemoryNetwork network;
    const auto address = Address::ip(host, 80).value();
    EXPECT_EQ(network.connect(address).error(), std::errc::connection_refused) << "nobody listens";
    {
        const auto socket = network.listen(address);
        EXPECT_EQ(socket.address(), address);
        EXPECT_TRUE(network.connect(address));
        try {
            (void)network.listen(address);
            FAIL() << "two listen there";
        } catch (const std::system_error& error) {
            EXPECT_EQ(error.code(), std::errc::address_in_use);
            EXPECT_STREQ(error.what(), "cannot listen on 192.0.2.1:80: Address already in use");
        }
    }
    EXPECT_EQ(network.connect(address).error(), std::errc::connection_refused) << "it has closed";
    EXPECT_TRUE(network.listen(address).address() == address) << "and is free again";
    const auto any = network.listen(Address::ip("::1", 0).value());
    const auto other = network.listen(Address::ip("::1", 0).value());
    EXPECT_EQ(any.address().host(), "::1");
    EXPECT_NE(any.address().port(), 0);
    EXPECT_NE(any.address(), other.address());
}

// Stays whatever it is told.
class Stays final : public axon::Filter<Bytes, Bytes> {
public:
    Stays() : Filter{axon::handles_control} {}

private:
    Task<> main() override {
        while (true) (void)co_await control.receive();
    }
};

TEST(MemoryNetwork, AServerThatIsShutDownClosesAtOnceWhomItHasNotServed) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        MemoryNetwork network;
        Rig rig{{.shuffle = seed, .quota = seed % 2 == 0 ? 1U : 64U, .network = &network}};
        auto& server = rig.add<SimpleServer>(kamaelia::testing::listening(network, host, 80),
                                             [] { return std::make_unique<Stays>(); });
        rig.run();
        MemoryClient served{network, host, 80};
        rig.run();
        std::vector<MemoryClient> late;
        late.reserve(20);
        for (int i = 0; i < 20; ++i) late.emplace_back(network, host, 80);
        rig.shut_down(server);
        rig.run();
        for (auto& client : late) {
            EXPECT_EQ(client.hear(), "");
            EXPECT_TRUE(client.ended()) << "with seed " << seed;
        }
        EXPECT_EQ(served.hear(), "");
        EXPECT_FALSE(served.ended()) << "with seed " << seed;
    }
}

TEST(MemoryNetwork, KnowsTheNamesThatItWasGiven) {
    MemoryNetwork network;
    network.give_name("radio.example", host);
    EXPECT_EQ(network.resolve("radio.example", 80).value().text(), "192.0.2.1:80");
    EXPECT_EQ(network.resolve("::1", 80).value().text(), "[::1]:80");
    EXPECT_EQ(network.resolve("else.example", 80).error(), "nobody is called \"else.example\" here");
}

} // namespace
