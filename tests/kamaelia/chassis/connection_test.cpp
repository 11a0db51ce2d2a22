// A connection's life: what is counted of it while it lasts, and the one line that is logged of it.
#include "kamaelia/chassis/connection.hpp"

#include "axon/combine.hpp"
#include "axon/pipeline.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "tests/kamaelia/chassis/server_bench.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace server_bench;
using kamaelia::EndReason;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

struct ConnectionLife : ::testing::Test {
    template <class T = std::uint64_t>
    T value(const std::string& name, axon::Labels labels = {}) {
        labels.emplace_back("server", "SimpleServer#1");
        return std::get<T>(bench.system.cat().values().read(name, labels));
    }
    std::int64_t open() { return value<std::int64_t>("kamaelia_connections"); }
    std::uint64_t disconnects(std::string_view reason) {
        return value("kamaelia_disconnects_total", {{"reason", std::string{reason}}});
    }
    // The line of the only connection, once it has ended.
    std::string line() {
        EXPECT_TRUE(bench.until([&] { return open() == 0 && !lines().empty(); }));
        const auto all = lines();
        return all.size() == 1 ? all.front() : "not one line";
    }
    std::vector<std::string> lines() {
        std::vector<std::string> all;
        for (const auto& each : bench.log.lines) {
            if (each.text.starts_with("connection ended")) all.push_back(each.text); // NOLINT(performance-*)
        }
        return all;
    }
    // Somebody who is served.
    Client connected(const Address& address) {
        Client client{address};
        EXPECT_TRUE(bench.until([&] { return open() == 1; }));
        return client;
    }

    Bench bench;
};

TEST_F(ConnectionLife, EachSeriesIsThereFromTheStart) {
    bench.serve<Echo>();
    EXPECT_EQ(open(), 0);
    for (const auto* name :
         {"kamaelia_connections_total", "kamaelia_received_bytes_total", "kamaelia_sent_bytes_total"})
        EXPECT_EQ(value(name), 0U) << name;
    for (const auto* reason : {"client_closed", "finished", "protocol_error", "unauthorized", "timeout",
                               "lost", "failed", "stopped"})
        EXPECT_EQ(disconnects(reason), 0U) << reason;
}

// Says who it speaks with, and where.
class SaysWho final : public axon::Source<Bytes> {
    Task<> main() override {
        const auto ends = kamaelia::ends_of(*this).value();
        co_await outbox.send(Bytes{ends.peer.text() + " at " + ends.local.text()});
    }
};

TEST_F(ConnectionLife, AProtocolKnowsBothEnds) {
    const auto address = bench.serve<SaysWho>();
    Client client{address};
    const auto own = Address::of_socket(client.descriptor.get()).text();
    EXPECT_TRUE(bench.until([&] { return client.hear(); }));
    EXPECT_EQ(client.heard, own + " at " + address.text());
}

// Sends by datagrams, too.
class SendsBeside final : public axon::Source<Bytes> {
    Task<> main() override {
        kamaelia::count_sent(*this, 1'000);
        co_await outbox.send(Bytes{"hello"});
    }
};

TEST_F(ConnectionLife, WhatAProtocolSendsBesideItCounts) {
    const auto address = bench.serve<SendsBeside>();
    Client client{address};
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    client.finish();
    EXPECT_THAT(line(), HasSubstr(" sent=1005 "));
    EXPECT_EQ(value("kamaelia_sent_bytes_total"), 1'005U);
}

TEST(ConnectionEnds, AreNotThereWithoutAConnection) {
    axon::testing::Rig rig;
    EXPECT_FALSE(kamaelia::ends_of(rig.add<Echo>()));
}

TEST_F(ConnectionLife, IsOneLine) {
    const auto address = bench.serve<Echo>();
    auto client = connected(address);
    const auto own = Address::of_socket(client.descriptor.get()).text();
    ASSERT_TRUE(client.say("hello"));
    bench.advance(1500ms);
    EXPECT_EQ(value("kamaelia_connections_total"), 1U);
    client.finish();
    EXPECT_EQ(line(), "connection ended server=SimpleServer#1 peer=" + own +
                          " received=5 sent=5 seconds=1.500 reason=client_closed");
    const auto& logged = bench.log.lines.back();
    EXPECT_EQ(logged.level, axon::LogLevel::info);
    EXPECT_THAT(logged.path, HasSubstr("/Connection#"));
    EXPECT_EQ(disconnects("client_closed"), 1U);
    EXPECT_EQ(value("kamaelia_received_bytes_total"), 5U);
    EXPECT_EQ(value("kamaelia_sent_bytes_total"), 5U);
}

TEST_F(ConnectionLife, IsSeenWhileItLasts) {
    const auto address = bench.serve<Blurt>(std::size_t{50'000'000});
    auto client = connected(address);
    ASSERT_TRUE(client.say("hello"));
    ASSERT_TRUE(bench.until([&] { return value("kamaelia_sent_bytes_total") > 0; }));
    ASSERT_TRUE(bench.until([&] { return value("kamaelia_received_bytes_total") == 5; }));
    EXPECT_EQ(open(), 1);
    EXPECT_TRUE(lines().empty());
}

TEST_F(ConnectionLife, EndsWithItsProtocol) {
    const auto address = bench.serve<Blurt>(std::size_t{1000});
    auto client = connected(address);
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    client.finish();
    EXPECT_THAT(line(), HasSubstr(" received=0 sent=1000 seconds=0.000 reason=finished"));
    EXPECT_EQ(disconnects("finished"), 1U);
}

TEST_F(ConnectionLife, AClientThatClosesInTheMidstOfItAllWasDoneFirst) {
    const auto address = bench.serve<Blurt>(std::size_t{50'000'000});
    auto client = connected(address);
    client.vanish();
    EXPECT_THAT(line(),
                MatchesRegex(".* reason=client_closed error=\"(Broken pipe|Connection reset by peer)\""));
    EXPECT_EQ(disconnects("client_closed"), 1U);
}

// Sends for as long as somebody takes it.
class Impatient final : public axon::Source<Bytes> {
    Task<> main() override {
        const Bytes piece{std::string(65'536, 'x')};
        while (co_await axon::within(1s, outbox.send(Bytes{piece}))) {
        }
        kamaelia::drop_unsent(*this);
    }
};

TEST_F(ConnectionLife, AClientThatAProtocolHasGivenUpKeepsNothing) {
    auto client = connected(bench.serve<Impatient>());
    const auto began = bench.clock.now();
    EXPECT_TRUE(in_time(bench, 100ms, [&] { return open() == 0; }));
    EXPECT_LT(bench.clock.now() - began, 1min) << "though there is much that it has not taken";
    EXPECT_THAT(line(), HasSubstr("reason=timeout"));
}

TEST(EndReason, OfAnErrorIsTheClientsWhereItHasReset) {
    using kamaelia::reason_of;
    EXPECT_EQ(reason_of(std::make_error_code(std::errc::connection_reset)), EndReason::client_closed);
    EXPECT_EQ(reason_of(std::make_error_code(std::errc::broken_pipe)), EndReason::client_closed);
    EXPECT_EQ(reason_of(std::make_error_code(std::errc::timed_out)), EndReason::lost);
    EXPECT_EQ(reason_of(std::make_error_code(std::errc::host_unreachable)), EndReason::lost);
}

TEST_F(ConnectionLife, EndsWithAProtocolThatFails) {
    const auto address = bench.serve<Thrower>();
    auto client = connected(address);
    ASSERT_TRUE(client.say("boom"));
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    client.finish();
    EXPECT_THAT(line(), HasSubstr(" reason=failed"));
    EXPECT_EQ(disconnects("failed"), 1U);
}

TEST_F(ConnectionLife, EndsWithItsServer) {
    const auto address = bench.serve<Echo>();
    auto client = connected(address);
    bench.servers.front().get()->control.deliver(axon::Shutdown{}); // its values stay while it drains
    bench.turn();
    EXPECT_EQ(open(), 1);
    bench.system.stop_all();
    bench.turn();
    ASSERT_EQ(lines().size(), 1U);
    EXPECT_THAT(lines().front(), HasSubstr(" reason=stopped"));
}

// Takes nothing, and ends when it is asked to.
class Asked final : public axon::Filter<Bytes, Bytes> {
public:
    Asked() : Filter{axon::handles_control} {}

private:
    Task<> main() override {
        while (!std::holds_alternative<axon::Shutdown>(co_await control.receive())) {
        }
    }
};

TEST_F(ConnectionLife, EndsAtTheRequestOfItsServer) {
    const auto address = bench.serve<Asked>();
    auto client = connected(address);
    bench.servers.front().get()->control.deliver(axon::Shutdown{});
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    client.finish();
    ASSERT_TRUE(bench.until([&] { return !lines().empty(); }));
    EXPECT_THAT(lines().front(), HasSubstr(" reason=stopped"));
}

// Sends it all in one message and ends.
class AllAtOnce final : public axon::Source<Bytes> {
    Task<> main() override { co_await outbox.send(Bytes{std::string(8'000'000, 'x')}); }
};

TEST_F(ConnectionLife, EndsWhenNothingIsTakenForTooLong) {
    const auto address = bench.serve<AllAtOnce>();
    const Client client{address, 16'384};
    ASSERT_TRUE(bench.until([&] { return value("kamaelia_sent_bytes_total") > 0; }));
    ASSERT_TRUE(
        in_time(bench, kamaelia::ConnectedSocketAdapter::flush_patience / 20, [&] { return open() == 0; }));
    EXPECT_THAT(line(), HasSubstr(" reason=timeout"));
}

class Teller final : public axon::Filter<Bytes, Bytes> {
    Task<> main() override {
        co_await inbox.receive();
        kamaelia::tell_end_reason(*this, EndReason::protocol_error);
        kamaelia::tell_end_reason(*this, EndReason::timeout);
    }
};

struct TellerInAPipeline final : axon::Pipeline {
    TellerInAPipeline() : Pipeline{std::make_unique<Teller>(), std::make_unique<Echo>()} {}
};

TEST_F(ConnectionLife, EndsWithTheFirstReasonThatItsProtocolTells) {
    const auto address = bench.serve<TellerInAPipeline>();
    auto client = connected(address);
    ASSERT_TRUE(client.say("x"));
    ASSERT_TRUE(bench.until([&] { return client.hear(); }));
    client.finish();
    EXPECT_THAT(line(), HasSubstr(" reason=protocol_error"));
    EXPECT_EQ(disconnects("protocol_error"), 1U);
}

TEST_F(ConnectionLife, OfAClientWithoutAnAddressSaysWhatItCameBy) {
    kamaelia::testing::MemoryNetwork network;
    axon::testing::Rig rig{{.network = &network}};
    rig.add<SimpleServer>(kamaelia::testing::listening(network, "192.0.2.1", 80),
                          [] { return std::make_unique<Echo>(); })
        .set_label("web");
    rig.run();
    kamaelia::testing::MemoryClient client{network, "192.0.2.1", 80};
    client.finish();
    rig.run();
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_EQ(rig.log().front().text,
              "connection ended server=web peer=unix received=0 sent=0 seconds=0.000 reason=client_closed");
}

TEST_F(ConnectionLife, IsCountedAsEndedThoughItNeverBegan) {
    kamaelia::ServerValues values{bench.system.cat(), "SimpleServer#1"};
    const auto connection = bench.system.spawn<kamaelia::Connection>(
        kamaelia::Accepted{}, [] { return std::make_unique<Echo>(); }, values);
    EXPECT_EQ(open(), 1);
    bench.system.stop(connection);
    bench.turn();
    EXPECT_EQ(open(), 0);
    EXPECT_EQ(disconnects("stopped"), 1U);
}

TEST(EndReason, IsToldToNobodyOutsideOfAConnection) {
    axon::testing::Rig rig;
    auto& teller = rig.add<Teller>();
    rig.end(teller.inbox);
    rig.run();
    EXPECT_TRUE(rig.ended(teller));
}

} // namespace
