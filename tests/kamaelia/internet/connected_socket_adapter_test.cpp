// ConnectedSocketAdapter over real loopback sockets: how a connection comes to its end.
#include "kamaelia/internet/connected_socket_adapter.hpp"

#include "kamaelia/chassis/connection_ends.hpp"
#include "tests/kamaelia/chassis/server_bench.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace server_bench;
using kamaelia::ConnectedSocketAdapter;

constexpr std::size_t much = 1'000'000; // more than one window, less than the kernel's buffer

// Has neither inbox nor outbox, and nothing to do.
class Nothing final : public axon::Component {
    Task<> main() override { co_return; }
};

int option(const Descriptor& socket, int level, int name) {
    int value = -1;
    socklen_t size = sizeof value;
    ::getsockopt(socket.get(), level, name, &value, &size);
    return value;
}

// What was acknowledged; the portable build does not ask.
bool system_tells(const Client& client) {
    const int twin = ::dup(client.descriptor.get());
    return kamaelia::Socket{Descriptor{twin}}.unacknowledged().has_value();
}

TEST(ConnectedSocketAdapter, AClientThatTakesItsTimeAndTalksGetsEverything) {
    Bench bench;
    const auto address = bench.serve<Blurt>(much);
    Client client{address, 16'384};
    bench.turn();
    int seconds = 0;
    while (client.heard.size() < much && !client.reset) {
        ASSERT_LT(seconds, 1'000) << client.heard.size();
        client.say("are you there?");
        const auto before = client.heard.size();
        ASSERT_TRUE(bench.until([&] { return client.hear(40'000) || client.heard.size() > before; }));
        bench.advance(1s);
        ++seconds;
    }
    EXPECT_EQ(client.heard.size(), much);
    EXPECT_GT(seconds, 10); // many times longer than it may linger once everything was taken
    EXPECT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_FALSE(client.reset);
}

TEST(ConnectedSocketAdapter, AClientThatHasEverythingAndDoesNotCloseIsClosed) {
    Bench bench;
    const auto address = bench.serve<Blurt>(std::size_t{5});
    const auto before = bench.system.scheduler().live();
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_EQ(client.heard, "xxxxx");
    EXPECT_GT(bench.system.scheduler().live(), before);
    const int now = 1; // the kernel would wait some milliseconds, which do not pass here
    ::setsockopt(client.descriptor.get(), IPPROTO_TCP, TCP_QUICKACK, &now, sizeof now);
    const auto kept =
        system_tells(client) ? ConnectedSocketAdapter::linger : ConnectedSocketAdapter::patience;
    bench.advance(ConnectedSocketAdapter::linger / 8); // sees that everything was taken
    for (int i = 0; i < 7; ++i) bench.advance(kept / 8);
    EXPECT_GT(bench.system.scheduler().live(), before);
    EXPECT_TRUE(in_time(bench, kept / 8, [&] { return bench.system.scheduler().live() == before; }));
}

// Sends it all in one message and ends.
class AllAtOnce final : public axon::Source<Bytes> {
    Task<> main() override { co_await outbox.send(Bytes{std::string(8'000'000, 'x')}); }
};

TEST(ConnectedSocketAdapter, AClientThatNeverReadsIsGivenUpSomeTimeAfterTheProtocolsEnd) {
    Bench bench;
    const auto address = bench.serve<AllAtOnce>();
    const auto before = bench.system.scheduler().live();
    const Client client{address, 16'384};
    bench.turn();
    const auto minutes = std::chrono::floor<std::chrono::minutes>(ConnectedSocketAdapter::flush_patience);
    for (int i = 1; i < minutes.count(); ++i) bench.advance(1min);
    EXPECT_GT(bench.system.scheduler().live(), before);
    EXPECT_TRUE(in_time(bench, 1min, [&] { return bench.system.scheduler().live() == before; }));
}

// Once it is spoken to, it sends for ever, and says how much was taken of it.
class Limited final : public axon::Filter<Bytes, Bytes> {
public:
    explicit Limited(std::size_t& taken) : taken_{taken} {}

private:
    Task<> main() override {
        (void)co_await inbox.receive();
        kamaelia::limit_backlog(*this, {.bytes = 4'000, .messages = 1});
        const Bytes message{std::string(4'000, 'x')};
        while (true) {
            co_await outbox.send(message);
            taken_ += message.size();
        }
    }
    std::size_t& taken_;
};

TEST(ConnectedSocketAdapter, HoldsLittleForAClientThatIsSlowOnceItIsToldTo) {
    std::size_t taken = 0;
    Bench bench;
    const auto address = bench.serve<Limited>(std::ref(taken));
    Client client{address, 16'384};
    client.say("go on");
    ASSERT_TRUE(bench.until([&] { return taken > 0; }));
    for (int i = 0; i < 20; ++i) bench.turn();
    EXPECT_LT(taken, 80'000U) << "some of it the client's system has";
    client.hear();
    const auto before = taken;
    EXPECT_TRUE(bench.until([&] { return client.hear() || taken > before + 20'000; })) << "it goes on";
}

TEST(ConnectedSocketAdapter, AClientThatReadsALittleNowAndThenIsNotGivenUp) {
    Bench bench;
    const auto address = bench.serve<AllAtOnce>();
    Client client{address, 16'384};
    if (!system_tells(client)) GTEST_SKIP() << "what the kernel holds hides small steps from this build";
    for (int i = 0; i < 30; ++i) {
        const auto heard = client.heard.size();
        ASSERT_TRUE(
            bench.until([&] { return client.hear(100'000) || client.heard.size() > heard + 50'000; }));
        bench.advance(ConnectedSocketAdapter::flush_patience - 1min);
    }
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_EQ(client.heard.size(), 8'000'000U);
    EXPECT_FALSE(client.reset);
}

TEST(ConnectedSocketAdapter, AClientThatTakesNothingIsLeftToTheKernel) {
    Bench bench;
    const auto address = bench.serve<Blurt>(much);
    const auto before = bench.system.scheduler().live();
    Client client{address, 16'384};
    bench.turn();
    bench.advance(ConnectedSocketAdapter::patience / 2);
    EXPECT_GT(bench.system.scheduler().live(), before);
    ASSERT_TRUE(in_time(bench, 1s, [&] { return bench.system.scheduler().live() == before; }));
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_EQ(client.heard.size(), much);
    EXPECT_FALSE(client.reset);
}

TEST(ConnectedSocketAdapter, AProtocolThatEndsAtOnceEndsTheConnection) {
    Bench bench;
    const auto address = bench.serve<Nothing>();
    Client client{address};
    EXPECT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_FALSE(client.reset);
}

// Gives its descriptor away after the first message.
class Giver final : public axon::Composite {
public:
    explicit Giver(Descriptor connected) : adapter_{child<ConnectedSocketAdapter>(std::move(connected))} {
        link(adapter_.outbox, heard_);
    }
    std::string heard;
    Descriptor given;

private:
    Task<> main() override {
        auto first = co_await heard_.receive();
        heard = std::string{first->view()};
        given = adapter_.release();
        co_await children_ended();
    }
    ConnectedSocketAdapter& adapter_;
    axon::Inbox<Bytes> heard_{*this, "heard"};
};

TEST(ConnectedSocketAdapter, GivesItsDescriptorUpUnclosed) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
    const Descriptor client{ends[1]};
    ASSERT_EQ(::send(client.get(), "hello", 5, 0), 5);
    axon::testing::Rig rig;
    auto& giver = rig.add<Giver>(Descriptor{ends[0]});
    rig.run();
    EXPECT_EQ(giver.heard, "hello");
    EXPECT_TRUE(rig.ended(giver));
    ASSERT_EQ(giver.given.get(), ends[0]);
    ASSERT_EQ(::send(giver.given.get(), "still", 5, MSG_NOSIGNAL), 5);
    std::array<char, 16> room{};
    EXPECT_EQ(::recv(client.get(), room.data(), room.size(), 0), 5);
}

TEST(ConnectedSocketAdapter, AShutdownIsNotTakenForTheEndOfTheOtherSide) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
    Descriptor client{ends[1]};
    axon::testing::Rig rig;
    auto& adapter = rig.add<ConnectedSocketAdapter>(Descriptor{ends[0]});
    rig.run();
    rig.shut_down(adapter);
    rig.run();
    EXPECT_FALSE(rig.ended(adapter)) << "closing now may cost what was not fetched yet";
    client = Descriptor{};
    rig.run();
    EXPECT_TRUE(rig.ended(adapter));
}

// Wants to give it away when there is nothing left to give.
class LateGiver final : public axon::Composite {
public:
    explicit LateGiver(Descriptor connected)
        : adapter_{child<ConnectedSocketAdapter>(std::move(connected))} {}

private:
    Task<> main() override {
        co_await children_ended();
        (void)adapter_.release();
    }
    ConnectedSocketAdapter& adapter_;
};

TEST(ConnectedSocketAdapterDeathTest, HasNothingToGiveOnceItHasEnded) {
    const auto give_late = [](axon::testing::Rig& rig) -> const axon::Component& {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
        ::close(ends[1]); // the client has gone
        auto& giver = rig.add<LateGiver>(Descriptor{ends[0]});
        rig.shut_down(giver);
        rig.run();
        return giver;
    };
    axon::testing::Rig rig;
#ifdef AXON_DEV
    EXPECT_DEATH(give_late(rig), "over_");
#else
    EXPECT_TRUE(rig.ended(give_late(rig)));
    EXPECT_EQ(rig.scheduler().failures(), 1U);
#endif
}

TEST(Socket, ReadsNothingBeforeItIsOpen) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
    const Descriptor client{ends[1]};
    kamaelia::Socket socket{Descriptor{ends[0]}};
    ASSERT_EQ(::send(client.get(), "hello", 5, 0), 5);
    const auto data = socket.read();
    ASSERT_FALSE(data);
    EXPECT_EQ(data.error(), std::errc::not_connected);
}

TEST(ConnectedSocketAdapter, ItsConnectionFindsOutThatAClientHasVanished) {
    const ListeningSocket listening{*Address::ip("127.0.0.1", 0)};
    const Client client{listening.address()};
    const Descriptor accepted{::accept(listening.get(), nullptr, nullptr)};
    ASSERT_TRUE(accepted.valid());
    EXPECT_EQ(option(accepted, SOL_SOCKET, SO_KEEPALIVE), 1);
    const auto idle = option(accepted, IPPROTO_TCP, TCP_KEEPIDLE);
    const auto probing =
        option(accepted, IPPROTO_TCP, TCP_KEEPINTVL) * option(accepted, IPPROTO_TCP, TCP_KEEPCNT);
    EXPECT_LE(idle + probing, 120);
    EXPECT_EQ(option(accepted, IPPROTO_TCP, TCP_USER_TIMEOUT), 0); // a paused player may stay
    EXPECT_NE(option(accepted, IPPROTO_TCP, TCP_NODELAY), 0);
}

} // namespace
