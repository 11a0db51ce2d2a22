// bench_asio ROW: Boost.Asio's part in the message benchmark. A component is a coroutine, its inbox an
// experimental channel; one thread. Whoever sends or receives tries first and waits only if it must: that is
// up to three times faster than to wait each time.
#include "axon/bytes.hpp"
#include "tests/bench/measure.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <utility>

namespace bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using axon::Bytes;
using Error = boost::system::error_code;
using Executor = asio::io_context::executor_type; // any_io_executor would cost an indirect call each time
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
template <class T>
using Inbox = asio::experimental::channel<Executor, void(Error, T)>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
constexpr auto awaited = asio::experimental::as_tuple(asio::use_awaitable_t<Executor>{});

constexpr std::int64_t hops = 300'000;

// The channels belong to the context, which ends those who wait in them.
template <class T>
struct World {
    asio::io_context context{1};
    std::deque<Inbox<T>> inboxes;

    Inbox<T>& add() { return inboxes.emplace_back(context, capacity); }
};

// For try_receive(), which leaves a closed channel to async_receive().
auto into(auto& message) {
    return [&](Error, auto&& got) { message = std::forward<decltype(got)>(got); };
}

Awaitable<void> stage(Inbox<int>& in, Inbox<int>& out) {
    while (true) {
        int message = 0;
        if (!in.try_receive(into(message))) {
            auto [error, got] = co_await in.async_receive(awaited);
            if (error) co_return;
            message = std::move(got);
        }
        if (!out.try_send(Error{}, message)) co_await out.async_send(Error{}, message, awaited);
    }
}

Awaitable<void> source_and_sink(Inbox<int>& in, Inbox<int>& out, int in_flight, std::int64_t rounds,
                                Stopwatch& watch) {
    for (int i = 0; i < in_flight; ++i) out.try_send(Error{}, i); // there is room; they stay together
    for (auto i = -rounds / 10; i < rounds; ++i) {
        if (i == 0) watch.start();
        int message = 0;
        if (!in.try_receive(into(message))) {
            auto [error, got] = co_await in.async_receive(awaited);
            if (error) co_return;
            message = std::move(got);
        }
        if (!out.try_send(Error{}, message)) co_await out.async_send(Error{}, message, awaited);
    }
    watch.stop();
}

template <int Stages, int InFlight>
double pipe() {
    const auto rounds = hops / (Stages + 1);
    Stopwatch watch;
    World<int> world;
    auto& first = world.add();
    auto* last = &first;
    for (int i = 0; i < Stages; ++i) {
        auto& next = world.add();
        asio::co_spawn(world.context, stage(*last, next), asio::detached);
        last = &next;
    }
    asio::co_spawn(world.context, source_and_sink(*last, first, InFlight, rounds, watch),
                   [&world](const std::exception_ptr&) { world.context.stop(); });
    world.context.run();
    return watch.ns() / static_cast<double>(rounds * (Stages + 1));
}

Awaitable<void> listener(Inbox<Bytes>& in, Inbox<int>* heard) {
    while (true) {
        Bytes buffer;
        if (!in.try_receive(into(buffer))) {
            auto [error, got] = co_await in.async_receive(awaited);
            if (error) co_return;
            buffer = std::move(got);
        }
        if (!heard) continue;
        const auto size = static_cast<int>(buffer.size());
        if (!heard->try_send(Error{}, size)) co_await heard->async_send(Error{}, size, awaited);
    }
}

Awaitable<void> source(std::deque<Inbox<Bytes>>& to, Inbox<int>& heard, std::int64_t rounds,
                       Stopwatch& watch) {
    const Bytes buffer{std::string(buffer_size, 'x')};
    for (auto i = -rounds / 10; i < rounds; ++i) {
        if (i == 0) watch.start();
        for (auto& inbox : to) {
            if (!inbox.try_send(Error{}, buffer)) co_await inbox.async_send(Error{}, buffer, awaited);
        }
        int size = 0;
        if (!heard.try_receive(into(size))) {
            auto [error, got] = co_await heard.async_receive(awaited);
            if (error) co_return;
            size = std::move(got);
        }
    }
    watch.stop();
}

double fan_out() {
    const auto rounds = hops / listeners;
    Stopwatch watch;
    World<Bytes> world;
    Inbox<int> heard{world.context, capacity};
    for (int i = 0; i < listeners; ++i) {
        asio::co_spawn(world.context, listener(world.add(), i == listeners - 1 ? &heard : nullptr),
                       asio::detached);
    }
    asio::co_spawn(world.context, source(world.inboxes, heard, rounds, watch),
                   [&world](const std::exception_ptr&) { world.context.stop(); });
    world.context.run();
    return watch.ns() / static_cast<double>(rounds * listeners);
}

Awaitable<void> brief(std::optional<Inbox<int>>& in) {
    in.emplace(co_await asio::this_coro::executor, capacity);
}

double spawn_and_end() {
    asio::io_context context{1};
    std::deque<std::optional<Inbox<int>>> inboxes(batch);
    int ended = 0;
    const auto one_batch = [&] {
        for (auto& inbox : inboxes) {
            asio::co_spawn(context, brief(inbox), [&](const std::exception_ptr&) { ++ended; });
        }
        context.restart();
        context.run();
        for (auto& inbox : inboxes) inbox.reset();
    };
    one_batch();
    Stopwatch watch;
    watch.start();
    for (ended = 0; ended < crowd;) one_batch();
    watch.stop();
    return watch.ns() / crowd;
}

void start_crowd(World<Bytes>& world) {
    for (int i = 0; i < crowd; ++i) {
        asio::co_spawn(world.context, listener(world.add(), nullptr), asio::detached);
    }
    world.context.poll();
}

double idle_bytes() {
    World<Bytes> world;
    const auto before = heap_in_use();
    start_crowd(world);
    return (heap_in_use() - before) / crowd;
}

double stop() {
    World<Bytes> world;
    start_crowd(world);
    Stopwatch watch;
    watch.start();
    for (auto& inbox : world.inboxes) inbox.close();
    world.context.restart();
    world.context.run();
    watch.stop();
    return watch.ns() / 1e6;
}

double timer_cancel() {
    asio::io_context context{1};
    std::minstd_rand random;
    std::uniform_int_distribution<std::int64_t> later{0, std::chrono::nanoseconds{1h}.count()};
    std::deque<Timer> pending;
    for (int i = 0; i < pending_timers; ++i) {
        pending.emplace_back(context, 1h + std::chrono::nanoseconds{later(random)}).async_wait([](Error) {});
    }
    constexpr int cancels = 100'000;
    int cancelled = 0;
    Timer timer{context};
    Stopwatch watch;
    watch.start();
    for (int i = 0; i < cancels; ++i) {
        timer.expires_after(5s);
        timer.async_wait([&](Error) { ++cancelled; });
        timer.cancel();
        if (i % batch == 0) context.poll();
    }
    context.poll();
    watch.stop();
    return cancelled == cancels ? watch.ns() / cancels : 0;
}

double timer_expire() {
    asio::io_context context{1};
    std::minstd_rand random;
    std::uniform_int_distribution<std::int64_t> later{std::chrono::nanoseconds{50ms}.count(),
                                                      std::chrono::nanoseconds{60ms}.count()};
    std::deque<Timer> timers;
    for (int i = 0; i < crowd; ++i) timers.emplace_back(context);
    int rung = 0;
    Stopwatch watch;
    watch.start();
    for (auto& timer : timers) {
        timer.expires_after(std::chrono::nanoseconds{later(random)});
        timer.async_wait([&](Error) { ++rung; });
    }
    context.run();
    watch.stop();
    return rung == crowd ? watch.ns() / crowd : 0;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return print(argc, argv,
                 {{"pipe2-1", pipe<2, 1>},
                  {"pipe2-64", pipe<2, capacity>},
                  {"pipe10-1", pipe<10, 1>},
                  {"pipe10-64", pipe<10, capacity>},
                  {"ring1000", pipe<999, 1>},
                  {"fan1000", fan_out},
                  {"spawn", spawn_and_end},
                  {"idle", idle_bytes},
                  {"stop", stop},
                  {"timer-cancel", timer_cancel},
                  {"timer-expire", timer_expire}});
}
