#include "kamaelia/util/console_echoer.hpp"

#include "tests/axon/parts.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::ConsoleEchoer;
using kamaelia::Descriptor;
using Params = ConsoleEchoer::Params;

// A console that we see: a pipe.
class Console {
public:
    Console() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
        seen_ = Descriptor{ends[0]};
        written_ = Descriptor{ends[1]};
        ::fcntl(seen_.get(), F_SETFL, O_NONBLOCK);
    }
    Descriptor descriptor() { return std::move(written_); }
    void close() { seen_.close(); }
    // What has been written since it was asked last.
    std::string text() {
        std::string text;
        std::array<char, 4096> part{};
        for (ssize_t got = 0; (got = ::read(seen_.get(), part.data(), part.size())) > 0;)
            text.append(part.data(), static_cast<std::size_t>(got));
        return text;
    }

private:
    Descriptor seen_;
    Descriptor written_;
};

TEST(ConsoleEchoer, WritesWhatItHearsAndPassesItOn) {
    Rig rig;
    Console console;
    auto& echoer = rig.add<ConsoleEchoer>(Params{}, console.descriptor());
    rig.feed(echoer.inbox, Bytes{"one\n"});
    rig.feed(echoer.inbox, Bytes{""});
    rig.feed(echoer.inbox, Bytes{std::string_view{"\x1b[2J\0\xff", 6}});
    rig.end(echoer.inbox);
    rig.run();
    EXPECT_EQ(console.text(), (std::string{"one\n\x1b[2J\0\xff", 10}));
    EXPECT_EQ(rig.sent(echoer.outbox).size(), 3U);
    EXPECT_TRUE(rig.ended(echoer));
}

TEST(ConsoleEchoer, EscapesWhatCouldCommandATerminalButPassesItOnUnchanged) {
    Rig rig;
    Console console;
    auto& echoer = rig.add<ConsoleEchoer>(Params{.escape = true}, console.descriptor());
    const Bytes data{"tab\t \x1b]0;me\x07 \xc2\x9b~\x7f\n"};
    rig.feed(echoer.inbox, data);
    rig.run();
    EXPECT_EQ(console.text(), "tab\t \\x1b]0;me\\x07 \\xc2\\x9b~\\x7f\n");
    EXPECT_EQ(rig.sent(echoer.outbox), std::vector{data});
}

// More than a pipe holds. With no thread to offload to, a write that blocks would hang this test.
const Bytes large{std::string(200'000, 'x')};

TEST(ConsoleEchoer, AConsoleThatTakesNothingHoldsUpThisPipelineAlone) {
    Rig rig;
    Console console;
    auto& echoer = rig.add<ConsoleEchoer>(Params{}, console.descriptor());
    auto& other = rig.add<parts::Count>(0, 100);
    rig.feed(echoer.inbox, large);
    rig.advance(1s);
    EXPECT_TRUE(rig.ended(other));
    EXPECT_TRUE(rig.sent(echoer.outbox).empty());
    std::size_t seen = 0;
    for (int i = 0; i < 10; ++i) {
        seen += console.text().size();
        rig.advance(ConsoleEchoer::pause_when_full);
    }
    EXPECT_EQ(seen, large.size());
    EXPECT_EQ(rig.sent(echoer.outbox).size(), 1U);
}

TEST(ConsoleEchoer, AConsoleThatIsGoneIsToldOnceAndEverythingIsPassedOn) {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    Rig rig;
    Console console;
    auto& echoer = rig.add<ConsoleEchoer>(Params{}, console.descriptor());
    auto& none = rig.add<ConsoleEchoer>(Params{}, Descriptor{});
    console.close();
    for (int i = 0; i < 3; ++i) rig.feed(echoer.inbox, Bytes{"x"});
    for (int i = 0; i < 3; ++i) rig.feed(none.inbox, Bytes{"x"});
    rig.run();
    std::signal(SIGPIPE, before);
    EXPECT_EQ(rig.sent(echoer.outbox).size(), 3U);
    EXPECT_EQ(rig.sent(none.outbox).size(), 3U);
    EXPECT_EQ(rig.log().size(), 2U);
}

TEST(ConsoleEchoer, AFullReaderHoldsItUp) {
    Rig rig;
    Console console;
    auto& echoer = rig.add<ConsoleEchoer>(Params{}, console.descriptor());
    auto& reader = rig.add<parts::Idle<Bytes>>(axon::InboxOptions{.capacity = 1});
    link(echoer.outbox, reader.inbox);
    for (int i = 0; i < 10; ++i) rig.feed(echoer.inbox, Bytes{"x"});
    rig.run();
    EXPECT_EQ(console.text(), "xx");
}

TEST(ConsoleEchoer, AShutdownComesAfterWhatWasThereAndAStopAtOnceWhereverItWaits) {
    Rig rig;
    Console console;
    Console full;
    Console idle;
    auto& asked = rig.add<ConsoleEchoer>(Params{}, console.descriptor());
    auto& writes = rig.add<ConsoleEchoer>(Params{}, full.descriptor());
    auto& listens = rig.add<ConsoleEchoer>(Params{}, idle.descriptor());
    rig.feed(asked.inbox, Bytes{"x"});
    rig.shut_down(asked);
    rig.feed(writes.inbox, large);
    rig.run();
    EXPECT_TRUE(rig.ended(asked));
    EXPECT_EQ(console.text(), "x");
    rig.stop(writes);
    rig.stop(listens);
    EXPECT_TRUE(rig.ended(writes));
    EXPECT_TRUE(rig.ended(listens));
}

} // namespace
