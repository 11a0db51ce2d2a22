// AsioContext: operations of Asio on the context that the worker's Selector runs.
#include "kamaelia/internet/asio_context.hpp"

#include "axon/asio.hpp"
#include "axon/sleep.hpp"
#include "axon/system.hpp"

#include <boost/asio/connect_pipe.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/writable_pipe.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using axon::Task;

// Writes to itself through a pipe, which the Selector alone can move on.
struct ThroughPipe final : axon::Component {
    explicit ThroughPipe(std::string& text) : heard{text} {}
    Task<> main() override {
        kamaelia::AsioContext worker{*this};
        asio::readable_pipe in{worker.get()};
        asio::writable_pipe out{worker.get()};
        asio::connect_pipe(in, out);
        const std::string sent(1'000'000, 'x'); // more than a pipe holds
        for (std::size_t at = 0; at < sent.size();) {
            const auto part = sent.substr(at, 50'000);
            const auto [failure, put] = co_await axon::asio(
                *this, worker.get(), out.async_write_some(asio::buffer(part), asio::deferred));
            std::string room(put, '\0');
            const auto [error, got] = co_await axon::asio(
                *this, worker.get(), asio::async_read(in, asio::buffer(room), asio::deferred));
            if (failure || error) co_return;
            at += put;
            heard.append(room, 0, got);
        }
    }
    std::string& heard;
};

// Waits for ever, with what it waits for in its frame or as a member.
struct Waits final : axon::Component {
    struct Pipe {
        explicit Pipe(axon::Component& self) : worker{self}, in{worker.get()}, out{worker.get()} {
            asio::connect_pipe(in, out);
        }
        kamaelia::AsioContext worker;
        asio::readable_pipe in;
        asio::writable_pipe out;
    };
    explicit Waits(bool as_a_member) : is_member{as_a_member} {}
    Task<> main() override {
        std::optional<Pipe> local;
        auto& pipe = is_member ? member : local;
        pipe.emplace(*this);
        std::string text;
        (void)co_await axon::asio(
            *this, pipe->worker.get(),
            asio::async_read_until(pipe->in, asio::dynamic_buffer(text), '\n', asio::deferred));
    }
    Task<> close() override { // the Selector may be gone before it
        if (is_member) co_await sleep_for(10ms);
    }
    bool is_member;
    std::optional<Pipe> member;
};

void to_rest(axon::System& system) {
    while (system.scheduler().pass() || system.scheduler().poll()) {
    }
}

TEST(AsioContext, IsRunByTheWorkerAndEndsWithThoseWhoUseIt) {
    axon::System system;
    std::string heard[3];
    for (auto& text : heard) system.spawn<ThroughPipe>(text);
    system.run(); // comes back: the Selector has ended, too
    for (const auto& text : heard) EXPECT_EQ(text, std::string(1'000'000, 'x'));
}

TEST(AsioContext, AComponentThatIsStoppedTakesItsOperationWithIt) {
    axon::System system;
    const auto waits = system.spawn<Waits>(false);
    to_rest(system);
    EXPECT_EQ(system.scheduler().live(), 2U) << "it and the Selector";
    system.stop(waits);
    system.run();
    EXPECT_EQ(system.scheduler().live(), 0U);
}

// Some are older than the Selector, some younger.
TEST(AsioContext, ASystemMayGoOrStopAllWhileOperationsAreUnderWay) {
    for (const bool is_member : {false, true}) {
        for (const bool stop : {false, true}) {
            axon::System system;
            for (int i = 0; i < 3; ++i) {
                system.spawn<Waits>(is_member);
                to_rest(system);
            }
            EXPECT_EQ(system.scheduler().live(), 4U);
            if (!stop) continue;
            system.stop_all();
            system.run();
            EXPECT_EQ(system.scheduler().live(), 0U);
        }
    }
}

} // namespace
